"""Problems: from signed records to tasks of the unit to the second look; who sees what; counts; closing."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from tests.inspection.conftest import Plan, fresh
from tests.inspection.test_draws import unit_of
from tests.inspection.test_places import DAY, add, again, finished, sign
from tests.work.tasks.conftest import on
from tests.world import World

from zhize.apps.audit.models import Entry
from zhize.apps.inspection import services
from zhize.apps.inspection.models import Finding, InspectedUnit
from zhize.apps.inspection.selectors.findings import JOINS, tallies
from zhize.apps.orgs.models import Todo
from zhize.apps.work.models import Task
from zhize.core.kernel.errors import NoSuchStep
from zhize.core.workflow.finding import TABLE
from zhize.kit.errors import BadInput, NotAllowed, StateConflict

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
DUE = date(2012, 8, 31)


def signed(world: World, ready: Plan) -> InspectedUnit:
    """兰州市's one place, its first item failing, signed by both."""
    checked = unit_of(world, ready)
    place = finished(world, add(world, checked))
    sign(world, place, "group", "clerk")
    sign(world, place, "unit", "sibling")
    assert again(place).state == "signed"
    return checked


def one() -> Finding:
    return Finding.objects.system("test").select_related(*JOINS).get()


def seen(world: World, *who: str) -> list[int]:
    return [Finding.objects.visible_to(world.actor(name)).count() for name in who]


def test_the_states_of_the_table_and_of_the_model_are_the_same_words() -> None:
    assert {s.value: s.label for s in TABLE.states} == {s.value: s.label for s in Finding.State}


def test_a_signed_record_that_does_not_meet_becomes_a_task_of_the_unit(world: World, ready: Plan) -> None:
    checked = signed(world, ready)
    services.findings_draw_up(checked=checked, actor=world.actor("clerk"), now=DAY)
    row = one()
    assert (row.words, row.item_name, row.demand) == (
        "市质监局：没有纪要",
        "领导小组会议",
        "达到：半年召开一次，有纪要",
    )
    assert seen(world, "clerk", "office", "sibling", "sibling2", "liaison") == [1, 1, 0, 0, 0]
    with pytest.raises(StateConflict, match="还未列入"):
        services.findings_draw_up(checked=checked, actor=world.actor("clerk"), now=DAY)
    with pytest.raises(NotAllowed):
        services.findings_send(checked=checked, due_on=DUE, actor=world.actor("clerk"), now=DAY)
    services.findings_send(checked=checked, due_on=DUE, actor=world.actor("office"), now=DAY)
    task = Task.objects.system("test").get()
    assert (task.source, task.source_kind, task.source_id) == ("finding", "inspection.finding", row.pk)
    assert (task.lead_unit_id, task.due_on, one().task_id) == (world.unit["lz_gov"].pk, DUE, task.pk)
    assert seen(world, "clerk", "sibling", "sibling2", "liaison") == [1, 1, 0, 0]
    assert Todo.objects.system("test").filter(ref_kind="work.task", ref_id=task.pk, done_at=None).count() == 1
    types = Entry.objects.system("test").filter(type__startswith="inspection.findings.").order_by("seq")
    assert list(types.values_list("type", flat=True)) == [
        "inspection.findings.listed",
        "inspection.findings.sent",
    ]


def test_what_was_corrected_to_meet_is_no_problem(world: World, ready: Plan) -> None:
    checked = signed(world, ready)
    clerk = world.actor("clerk")
    place = checked.places.system("test").get()
    item = place.entries.system("test").select_related("item").filter(verdict="fails").get().item
    services.entry_correct(
        place=place, item=item, verdict="meets", words="", reason="补交", actor=clerk, now=DAY
    )
    with pytest.raises(StateConflict):
        services.findings_draw_up(checked=checked, actor=clerk, now=DAY)


def test_the_second_look_decides_and_what_is_not_put_right_goes_out_again(world: World, ready: Plan) -> None:
    checked, clerk, office = unit_of(world, ready), world.actor("clerk"), world.actor("office")
    row = services.finding_add(checked=checked, data={"words": "台账不全"}, actor=clerk, now=DAY)
    with pytest.raises(NoSuchStep):
        services.finding_look(
            finding=row, fixed=True, words="已改", on=date(2012, 7, 4), actor=clerk, now=DAY
        )
    with pytest.raises(BadInput, match="已过"):
        services.findings_send(checked=checked, due_on=date(2012, 7, 1), actor=office, now=DAY)
    services.findings_send(checked=checked, due_on=DUE, actor=office, now=DAY)
    with pytest.raises(StateConflict, match="不能再改"):
        services.finding_change(finding=row, data={"words": "改"}, actor=clerk, now=DAY)
    with pytest.raises(NotAllowed):
        services.finding_look(
            finding=row, fixed=True, words="已改", on=DUE, actor=world.actor("sibling"), now=on(9, 3)
        )
    for day in (date(2012, 7, 1), date(2012, 9, 9)):
        with pytest.raises(BadInput, match="回头看日期"):
            services.finding_look(finding=row, fixed=True, words="已改", on=day, actor=clerk, now=on(9, 3))
    with pytest.raises(StateConflict, match="1个问题没有整改到位"):
        services.inspection_close(inspection=checked.inspection, actor=office, now=on(9, 3))
    look = date(2012, 9, 3)
    services.finding_look(finding=row, fixed=False, words="仍缺两月", on=look, actor=clerk, now=on(9, 3))
    services.findings_send(checked=checked, due_on=date(2012, 9, 30), actor=office, now=on(9, 4))
    titles = Task.objects.system("test").order_by("pk").values_list("title", "due_on")
    assert list(titles) == [("整改：台账不全", DUE), ("再次整改：台账不全", date(2012, 9, 30))]
    services.finding_look(
        finding=row, fixed=True, words="已补齐", on=date(2012, 9, 5), actor=clerk, now=on(9, 5)
    )
    assert (one().state, one().look) == ("fixed", "已补齐")
    services.inspection_close(inspection=checked.inspection, actor=office, now=on(9, 6))
    assert fresh(checked.inspection).state == "closed"
    with pytest.raises(StateConflict):
        services.finding_add(checked=checked, data={"words": "又一个"}, actor=clerk, now=on(9, 7))


def test_one_left_out_needs_its_reason_and_is_not_counted(world: World, ready: Plan) -> None:
    checked, clerk = unit_of(world, ready), world.actor("clerk")
    data = {"words": "台账不全", "item_name": "领导小组会议"}
    row = services.finding_add(checked=checked, data=data, actor=clerk, now=DAY)
    services.finding_add(checked=checked, data={"words": "无公示"}, actor=clerk, now=DAY)
    counted = tallies(clerk, checked.inspection)
    assert {key: (t.total, t.open) for key, t in counted.items()} == {
        ("兰州市", "领导小组会议"): (1, 1), ("兰州市", ""): (1, 1),
    }  # fmt: skip
    with pytest.raises(BadInput):
        services.finding_withdraw(finding=row, reason="", actor=clerk, now=DAY)
    services.finding_withdraw(finding=row, reason="当场改正", actor=clerk, now=DAY)
    assert list(tallies(clerk, checked.inspection)) == [("兰州市", "")]


def test_pages_from_the_list_to_the_second_look(world: World, ready: Plan, sign_in: SignIn) -> None:
    checked = signed(world, ready)
    clerk, office, unit = sign_in("clerk"), sign_in("office"), sign_in("sibling")
    page = reverse("inspection:inspection", args=[checked.inspection_id])
    assert clerk.post(reverse("inspection:findings_draw_up", args=[checked.pk])).status_code == 302
    add_to = reverse("inspection:finding_add", args=[checked.pk])
    assert clerk.post(add_to, {"words": ""}).status_code == 400
    assert clerk.post(add_to, {"words": "无公示"}).status_code == 302
    row = Finding.objects.system("test").order_by("pk").first()
    assert row
    at = reverse("inspection:finding", args=[row.pk])
    given = {"words": "没有会议纪要", "item_name": "领导小组会议", "version": 1}
    assert clerk.post(f"{at}change/", given).status_code == 302
    send = reverse("inspection:findings_send", args=[checked.pk])
    assert office.post(send, {"due_on": ""}).status_code == 400
    assert office.post(send, {"due_on": "2012-12-31"}).status_code == 302
    task = Task.objects.system("test").get(source_id=row.pk)
    assert at in unit.get(reverse("work:task", args=[task.pk])).content.decode()
    assert task.code in unit.get(at).content.decode() and task.code in office.get(page).content.decode()
    sent = Finding.objects.system("test").get(pk=row.pk)
    day = sent.sent_on.isoformat() if sent.sent_on else ""
    seen_at = {"version": sent.version, "result": "fixed", "on": day, "words": "有纪要了"}
    assert unit.post(f"{at}look/", seen_at).status_code == 403
    assert clerk.post(f"{at}look/", seen_at).status_code == 302
    assert "已整改到位" in unit.get(at).content.decode()
    counts = office.get(reverse("inspection:statistics", args=[checked.inspection_id])).content.decode()
    assert "领导小组会议" in counts and "清单以外" in counts
    links = re.findall(r'href="([^"]*item_name[^"]*)">(\d+)', counts)
    assert links
    for address, number in links:
        assert f"共 {number} 条" in office.get(unescape(address)).content.decode()
    listed = reverse("inspection:findings")
    assert (
        "没有会议纪要"
        in office.get(listed, {"inspection": checked.inspection_id, "state": "fixed"}).content.decode()
    )
    file = office.get(listed, {"export": "csv", "all": "1"})
    assert "无公示" in b"".join(file.streaming_content).decode()  # type: ignore[attr-defined]
