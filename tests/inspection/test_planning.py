"""An on-site check is planned, nobody checks the own unit, it is approved and announced, or called off."""

from __future__ import annotations

from datetime import date

import pytest
from tests.inspection.conftest import ITEMS, Plan, add_person, announce, fresh
from tests.work.tasks.conftest import on
from tests.world import World

from zhize.apps.audit.models import Entry
from zhize.apps.documents.models import Approval
from zhize.apps.inspection import services
from zhize.apps.inspection.mapping.notice import notice_text
from zhize.apps.inspection.models import GroupPerson, InspectedUnit, Inspection
from zhize.apps.inspection.selectors.inspections import groups_of, items_of, units_of
from zhize.apps.orgs.models import Notice
from zhize.core.kernel.errors import NoSuchStep
from zhize.core.workflow.inspection import TABLE
from zhize.kit.errors import BadInput, EditConflict, NotAllowed, StateConflict

pytestmark = pytest.mark.django_db


def seen(world: World, who: str) -> list[str]:
    return [one.title for one in Inspection.objects.visible_to(world.actor(who))]


def test_the_states_of_the_table_and_of_the_model_are_the_same_words() -> None:
    assert {s.value: s.label for s in TABLE.states} == {s.value: s.label for s in Inspection.State}


def test_only_the_office_plans_and_a_unit_hears_of_it_only_when_it_is_announced(
    world: World, ready: Plan
) -> None:
    inspection = ready()
    assert seen(world, "office") == seen(world, "leader") == [inspection.title]
    assert seen(world, "sibling") == seen(world, "clerk") == seen(world, "other") == []
    for who in ("liaison", "sibling", "child", "leader"):
        with pytest.raises(NotAllowed):
            services.inspection_cancel(
                inspection=inspection, reason="x", actor=world.actor(who), now=on(3, 6)
            )
    announce(world, inspection)
    assert seen(world, "sibling") == seen(world, "sibling2") == seen(world, "clerk") == [inspection.title]
    assert seen(world, "other") == seen(world, "child") == []
    told = Notice.objects.system("test").values_list("user__username", flat=True)
    assert {"clerk", "sibling", "sibling2"} <= set(told)
    approval = Approval.objects.system("test").get(ref_kind="inspection.inspection", ref_id=inspection.pk)
    assert (approval.by_name, approval.on) == ("演示主任", date(2012, 3, 5))


def test_nobody_checks_the_own_unit(world: World, planned: Plan) -> None:
    inspection = planned(("lz_gov", "zjj"))
    office, now = world.actor("office"), on(3, 5)
    units = [row.unit_id for row in units_of(inspection)]
    group = services.group_set(
        inspection=inspection, name="第一核查组", unit_ids=units, actor=office, now=now
    )
    for who, why in (("sibling", "在兰州市领导小组办公室任职"), ("liaison", "在省质监局任职")):
        with pytest.raises(BadInput) as refused:
            add_person(world, group, who)
        assert why in str(refused.value)
    for workplace in ("省质监局", "兰州市质监局"):
        with pytest.raises(BadInput):
            services.person_add(
                group=group, part="member", name="某某", workplace=workplace, actor=office, now=now
            )
    add_person(world, group, "other", "head")
    services.group_set(
        inspection=inspection, group=group, name=group.name, unit_ids=[world.unit["lz_gov"].pk], actor=office, now=now
    )  # fmt: skip
    add_person(world, group, "liaison")
    with pytest.raises(BadInput) as refused:
        services.group_set(
            inspection=inspection, group=group, name=group.name, unit_ids=units, actor=office, now=now
        )
    assert "不能核查省质监局" in str(refused.value)
    assert not InspectedUnit.objects.system("test").filter(unit=world.unit["zjj"], group=group).exists()


def test_what_is_missing_is_said_at_once_before_it_is_announced(world: World, planned: Plan) -> None:
    inspection = planned()
    with pytest.raises(BadInput) as refused:
        announce(world, inspection)
    said = [problem.what for problem in refused.value.problems]
    assert said == [
        "核查清单是空的",
        "没有核查组",
        "兰州市人民政府没有分给任何一组",
        "天水市人民政府没有分给任何一组",
    ]
    assert fresh(inspection).state == "draft"
    assert not Approval.objects.system("test").exists()


def test_an_announced_plan_stands_but_people_may_change(world: World, ready: Plan) -> None:
    inspection = announce(world, ready())
    office, now = world.actor("office"), on(3, 7)
    with pytest.raises(StateConflict):
        services.items_set(inspection=inspection, items=ITEMS, version=None, actor=office, now=now)
    with pytest.raises(NoSuchStep):
        announce(world, inspection)
    group = groups_of(inspection)[0]
    with pytest.raises(StateConflict):
        services.group_remove(group=group, actor=office, now=now)
    with pytest.raises(BadInput):
        add_person(world, group, "other", "head")
    person = add_person(world, group, "other")
    assert "other" in [p.user.username for p in group.people.system("test") if p.user]
    services.person_remove(person=person, actor=office, now=now)
    assert not GroupPerson.objects.system("test").filter(pk=person.pk).exists()
    services.inspection_cancel(inspection=inspection, reason="另行安排", actor=office, now=now)
    assert seen(world, "sibling") == []
    entries = Entry.objects.system("test").filter(
        thing_kind="inspection.inspection", type__startswith="inspection."
    )
    assert [one.removeprefix("inspection.") for one in entries.order_by("seq").values_list("type", flat=True)] == [
        "inspection.planned", "items.set", "group.set", "person.added", "person.added", "inspection.announced",
        "person.added", "person.removed", "inspection.cancelled",
    ]  # fmt: skip


def test_two_changes_of_one_plan_are_both_shown_and_dates_must_make_sense(
    world: World, planned: Plan
) -> None:
    inspection = planned()
    office, now = world.actor("office"), on(3, 6)
    units = [row.unit_id for row in units_of(inspection)]
    data = {name: getattr(inspection, name) for name in services.INSPECTION_FIELDS}
    services.inspection_update(
        inspection=inspection,
        data=data | {"title": "改名"},
        unit_ids=units[:1],
        version=1,
        actor=office,
        now=now,
    )
    with pytest.raises(EditConflict):
        services.inspection_update(
            inspection=inspection, data=data, unit_ids=units, version=1, actor=office, now=now
        )
    with pytest.raises(BadInput) as refused:
        services.inspection_update(
            inspection=inspection, data=data | {"ends_on": date(2012, 7, 1)}, unit_ids=units, version=2, actor=office, now=now
        )  # fmt: skip
    assert "核查开始2012-07-02晚于核查结束2012-07-01" in str(refused.value)
    assert (fresh(inspection).title, [row.unit_id for row in units_of(inspection)]) == ("改名", units[:1])


def test_the_notice_says_who_goes_where_and_what_is_looked_at(ready: Plan) -> None:
    inspection = ready()
    text = notice_text(inspection, groups_of(inspection), items_of(inspection))
    assert text.startswith("关于开展2012年度质量工作实地核查的通知\n\n根据甘政办发〔2012〕1号")
    assert (
        "第一核查组：组长经办人（演示）（省质监局），观察员观察员甲（演示）（某高校）；核查兰州市人民政府、天水市人民政府。"
        in text
    )
    assert "1．领导小组会议：半年召开一次，有纪要" in text and "五、请做好的准备\n会议记录和台账" in text
