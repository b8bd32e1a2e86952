"""The next version of a text: duties go on with all that hangs on them, end, or begin; nothing doubtful without a person."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.test import Client
from django.urls import reverse
from tests.world import World

from zhize.apps.audit.models import Entry
from zhize.apps.regulations import services
from zhize.apps.regulations.models import Duty, DutyClause, Obligation, Regulation, RegulationVersion
from zhize.apps.years.models import WorkYear
from zhize.kit.errors import BadInput, NotAllowed, StateConflict

FIRST = """质量工作制度
一、成员单位职责
（一）省质监局：每年组织开展全省产品质量监督抽查并公布抽查结果；建立企业质量档案。
（二）省工商局：每年开展流通领域商品质量检查。
"""
SECOND = """质量工作制度
一、成员单位职责
（一）省质监局：每年组织开展全省重点产品质量监督抽查并公布抽查结果；建立企业质量档案。
（二）省质监局：发布质量状况分析报告。
（三）省质监局：每年开展流通领域商品质量检查。
"""


@pytest.fixture
def regulation(world: World, now: datetime) -> Regulation:
    office = world.actor("office")
    regulation = services.regulation_create(
        jurisdiction=world.jurisdiction["gs"],
        data={
            "code": "main",
            "title": "质量工作制度",
            "issued_on": date(2011, 7, 12),
            "in_force_from": date(2011, 7, 12),
        },
        actor=office,
        now=now,
    )
    version = services.version_read(regulation=regulation, text=FIRST, actor=office, now=now)
    counted = {
        key: services.Correction(nature="counted", keep_flag=True) for key in ("1.1#1", "1.1#2", "1.2#1")
    }
    services.version_confirm(version=version, corrections=counted, actor=office, now=now)
    year = WorkYear.objects.create(
        jurisdiction=world.jurisdiction["gs"],
        label="2012年度",
        starts_on=date(2012, 1, 1),
        ends_on=date(2012, 12, 31),
        state="open",
    )
    services.obligations_make(year=year, actor=office, now=now)
    return regulation


def _next(world: World, regulation: Regulation, now: datetime, text: str = SECOND) -> RegulationVersion:
    return services.version_read(
        regulation=regulation, text=text, in_force_on=date(2012, 7, 1), actor=world.actor("office"), now=now
    )


def _duty(code: str) -> Duty:
    return Duty.objects.system("test").get(code=code)


def _carry(world: World, version: RegulationVersion, now: datetime, **decisions: str) -> services.Carried:
    return services.version_carry(
        version=version,
        decisions={"1.2#1": "1.3#1", **decisions},
        expected=None,
        actor=world.actor("office"),
        now=now,
    )


def test_a_duty_goes_on_under_the_new_text_with_its_obligations(
    world: World, regulation: Regulation, now: datetime
) -> None:
    before = _duty("1.1#1")
    owed = set(Obligation.objects.system("test").filter(duty=before).values_list("pk", flat=True))
    carried = _carry(world, _next(world, regulation, now), now)
    after = _duty("1.1#1")
    assert (carried.kept, carried.ended, carried.begun) == (3, 0, 1)
    assert after.pk == before.pk
    assert "重点产品" in after.text
    assert set(Obligation.objects.system("test").filter(duty=after).values_list("pk", flat=True)) == owed
    assert owed


def test_a_duty_whose_holder_changed_waits_for_a_person_and_then_changes_hands(
    world: World, regulation: Regulation, now: datetime
) -> None:
    duty = _duty("1.2#1")
    version = _next(world, regulation, now)
    with pytest.raises(BadInput) as refused:
        services.version_carry(
            version=version, decisions={}, expected=None, actor=world.actor("office"), now=now
        )
    assert "责任主体变了" in str(refused.value.problems[0])
    _carry(world, version, now)
    duty.refresh_from_db()
    assert duty.code == "1.3#1"
    assert [h.unit.name for h in duty.holders.select_related("unit") if h.unit] == ["省质监局"]


def test_a_duty_that_ends_keeps_its_history_and_is_counted_where_work_is_left(
    world: World, regulation: Regulation, now: datetime
) -> None:
    duty = _duty("1.2#1")
    carried = _carry(world, _next(world, regulation, now), now, **{"1.2#1": ""})
    duty.refresh_from_db()
    assert (duty.valid_to, duty.code) == (date(2012, 6, 30), "1.2#1@1")
    assert carried.open_ended == Obligation.objects.system("test").filter(duty=duty).count() > 0
    assert _duty("1.2#1").text.startswith("发布"), "the number now stands for another duty"


def test_a_duty_that_begins_is_owed_in_the_open_year(
    world: World, regulation: Regulation, now: datetime
) -> None:
    _carry(world, _next(world, regulation, now), now)
    begun = _duty("1.2#1")
    assert begun.valid_from == date(2012, 7, 1)
    assert Obligation.objects.system("test").filter(duty=begun).exists()


def test_the_earlier_version_is_repealed_and_the_log_tells_it(
    world: World, regulation: Regulation, now: datetime
) -> None:
    version = _next(world, regulation, now)
    _carry(world, version, now)
    states = dict(
        RegulationVersion.objects.system("test").filter(regulation=regulation).values_list("number", "state")
    )
    assert states == {1: "repealed", 2: "confirmed"}
    assert Entry.objects.system("test").filter(type="regulations.version.carried").count() == 1
    with pytest.raises(Exception, match="不能再次确认"):
        _carry(world, version, now)


def test_two_duties_cannot_go_on_as_one(world: World, regulation: Regulation, now: datetime) -> None:
    with pytest.raises(BadInput, match="不能承接"):
        _carry(world, _next(world, regulation, now), now, **{"1.1#2": "1.1#1"})


def test_the_first_version_carries_nothing_and_only_the_office_carries(
    world: World, regulation: Regulation, now: datetime
) -> None:
    first = RegulationVersion.objects.system("test").get(regulation=regulation)
    with pytest.raises(StateConflict, match="第一版"):
        _carry(world, first, now)
    with pytest.raises(NotAllowed):
        services.version_carry(
            version=_next(world, regulation, now),
            decisions={},
            expected=None,
            actor=world.actor("liaison"),
            now=now,
        )


@pytest.fixture
def office(world: World, client: Client) -> Client:
    client.force_login(world.user["office"], "django.contrib.auth.backends.ModelBackend")
    return client


def test_the_office_walks_from_an_amending_decision_to_the_new_register(
    world: World, office: Client, regulation: Regulation
) -> None:
    url = reverse("regulations:version_create", args=[regulation.pk])
    assert office.get(url).status_code == 200
    data = {
        "sort": "amending", "in_force_on": "2012-07-01",
        "text": "一、将一（二）修改为：“（二）省工商局：每年开展流通领域商品质量检查并公布结果。”",
    }  # fmt: skip
    shown = office.post(url, data).content.decode()
    assert "已改" in shown
    response = office.post(url, {**data, "keep": "1"})
    version = RegulationVersion.objects.system("test").get(regulation=regulation, number=2)
    assert response["Location"] == reverse("regulations:carry", args=[version.pk])
    compared = office.get(reverse("regulations:compare", args=[version.pk])).content.decode()
    assert "<ins>并公布结果</ins>" in compared
    page = office.get(response["Location"]).content.decode()
    assert "改文字后沿用" in page
    done = office.post(response["Location"], {"version": version.version})
    assert done["Location"] == reverse("regulations:detail", args=[regulation.pk])
    assert "并公布结果" in _duty("1.2#1").text


def test_what_an_amending_decision_could_not_do_is_shown_with_the_reason(
    office: Client, regulation: Regulation
) -> None:
    url = reverse("regulations:version_create", args=[regulation.pk])
    page = office.post(
        url, {"sort": "amending", "in_force_on": "2012-07-01", "text": "将第九条修改为：“甲。”"}
    )
    assert "没有找到“第九条”" in page.content.decode()
    page = office.post(url, {"sort": "amending", "in_force_on": "2012-07-01", "text": "请认真执行。"})
    assert "没有读到" in page.content.decode()


def test_a_carrying_that_is_not_decided_comes_back_with_the_duty_named(
    world: World, office: Client, regulation: Regulation, now: datetime
) -> None:
    version = _next(world, regulation, now)
    response = office.post(
        reverse("regulations:carry", args=[version.pk]), {"version": version.version, "to.1.2#1": "?"}
    )
    assert response.status_code == 400
    assert "还没有决定是否沿用" in response.content.decode()


def test_a_duty_on_two_clauses_of_the_text_keeps_both_and_nothing_begins_beside_it(
    world: World, regulation: Regulation, now: datetime
) -> None:
    """What was joined by a person stays joined; the other clause begins no second duty that says the same."""
    first, second = _duty("1.1#1"), _duty("1.1#2")
    Obligation.objects.system("test").filter(duty=second).delete()
    DutyClause.objects.filter(duty=second).update(duty=first)
    second.delete()
    version = _next(world, regulation, now)
    carried = _carry(world, version, now)
    assert (carried.kept, carried.begun) == (2, 1)
    bases = DutyClause.objects.filter(duty=first, clause__version=version).order_by("segment")
    assert [(base.clause.path, base.segment) for base in bases] == [("1.1", 1), ("1.1", 2)]
