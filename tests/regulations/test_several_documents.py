"""Several documents feed one register: a duty rests on clauses of each, and nothing is owed or counted twice."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.test import Client
from django.urls import reverse
from tests.regulations.checking import TEXT, read_text, row_at, rows
from tests.world import World

from zhize.apps.regulations import services
from zhize.apps.regulations.models import Duty, Obligation, RegulationVersion
from zhize.apps.years.models import WorkYear
from zhize.kit.errors import BadInput

pytestmark = pytest.mark.django_db
SECOND = """质量提升行动方案
一、重点任务
（一）省质监局：每年组织开展全省产品质量监督抽查并公布抽查结果；编制质量地图。
（二）省工商局：每年11月底前开展流通领域重点商品质量检查，不少于500批次。
"""


@pytest.fixture
def first(world: World, now: datetime) -> RegulationVersion:
    """The first document confirmed, and a year running."""
    by = {"actor": world.actor("office"), "now": now}
    version = read_text(world, now, TEXT.replace("（三）省粮食局：负责粮食质量监测。\n", ""))
    services.rows_accept(version=version, least=0, **by)
    services.version_confirm(version=version, **by)
    year = WorkYear.objects.create(
        jurisdiction=world.jurisdiction["gs"], label="2012年度", starts_on=date(2012, 1, 1),
        ends_on=date(2012, 12, 31), state="open",
    )  # fmt: skip
    services.obligations_make(year=year, **by)
    return version


@pytest.fixture
def second(world: World, now: datetime, first: RegulationVersion) -> RegulationVersion:
    return read_text(world, now, SECOND, code="second")


def _relate(client: Client, version: RegulationVersion, key: str, words: str) -> int:
    row = row_at(version, key)
    url = reverse("regulations:row", kwargs={"pk": row.pk})
    return client.post(url, {"version": row.version, "relate": words}).status_code


def _duty(code: str) -> Duty:
    return Duty.objects.system("test").get(code=code)


def test_an_overlap_is_suggested_and_bulk_leaves_it_to_a_person(
    client: Client, world: World, now: datetime, second: RegulationVersion
) -> None:
    client.force_login(world.user["office"], "django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("regulations:confirm", kwargs={"pk": second.pk})).content.decode()
    assert page.count("可能与现有职责重复") == 2 and "同一责任主体：省质监局" in page
    done = services.rows_accept(version=second, least=0, actor=world.actor("office"), now=now)
    assert (done.accepted, done.left) == (1, 2)
    assert {row.state for row in rows(second) if row.key != "1.1#2"} == {"open"}


def test_the_same_duty_rests_on_both_clauses_and_is_owed_once(
    client: Client, world: World, now: datetime, second: RegulationVersion
) -> None:
    client.force_login(world.user["office"], "django.contrib.auth.backends.ModelBackend")
    owed = Obligation.objects.system("test").filter(duty__code="1.1#1").count()
    services.rows_accept(version=second, least=0, actor=world.actor("office"), now=now)
    assert _relate(client, second, "1.1#1", f"same:{_duty('1.1#1').pk}") == 302
    assert _relate(client, second, "1.2#1", "other") == 302
    made = services.version_confirm(version=second, actor=world.actor("office"), now=now)
    assert [duty.code for duty in made] == ["second/1.1#2", "second/1.2#1"]
    duty = _duty("1.1#1")
    assert duty.bases.count() == 2
    assert Obligation.objects.system("test").filter(duty=duty).count() == owed == 1
    assert (
        Obligation.objects.system("test").filter(duty__code="second/1.2#1").count() == 1
    )  # the running year owes it
    basis = duty.bases.exclude(clause__version__regulation__code="main").get()
    page = client.get(reverse("regulations:duty", kwargs={"pk": duty.pk})).content.decode()
    assert page.count("《质量工作制度》") == 2
    clause = client.get(reverse("regulations:clause", kwargs={"pk": basis.clause_id})).content.decode()
    assert "同时依据" in clause and duty.title in clause


def test_more_precise_words_are_taken_over_and_a_running_year_keeps_its_period(
    client: Client, world: World, now: datetime, second: RegulationVersion
) -> None:
    client.force_login(world.user["office"], "django.contrib.auth.backends.ModelBackend")
    duty = _duty("1.2#1")
    owed = Obligation.objects.system("test").filter(duty=duty).count()
    assert owed == 4  # each quarter
    _relate(client, second, "1.2#1", f"finer:{duty.pk}")
    _relate(client, second, "1.1#1", "other")
    services.rows_accept(version=second, least=0, actor=world.actor("office"), now=now)
    services.version_confirm(version=second, actor=world.actor("office"), now=now)
    duty.refresh_from_db()
    assert "500批次" in duty.text and duty.recurrence["every"] == "quarter" and "另定为“每年" in duty.flag
    assert Obligation.objects.system("test").filter(duty=duty).count() == owed


def test_a_duty_another_text_bears_does_not_end_with_one_of_them(
    client: Client, world: World, now: datetime, first: RegulationVersion, second: RegulationVersion
) -> None:
    client.force_login(world.user["office"], "django.contrib.auth.backends.ModelBackend")
    by = {"actor": world.actor("office"), "now": now}
    _relate(client, second, "1.1#1", f"same:{_duty('1.1#1').pk}")
    _relate(client, second, "1.2#1", "other")
    services.rows_accept(version=second, least=0, **by)
    services.version_confirm(version=second, **by)
    third = services.version_read(
        regulation=second.regulation, text="质量提升行动方案\n一、重点任务\n（一）省质监局：编制质量地图。\n",
        in_force_on=date(2012, 7, 1), **by,
    )  # fmt: skip
    services.version_carry(version=third, decisions={"1.1#1": "", "second/1.2#1": ""}, expected=None, **by)
    assert _duty("1.1#1").valid_to is None
    assert Duty.objects.system("test").get(code__startswith="second/1.2#1@").valid_to == date(2012, 6, 30)


def test_a_duty_that_ended_meanwhile_is_refused(
    client: Client, world: World, now: datetime, second: RegulationVersion
) -> None:
    client.force_login(world.user["office"], "django.contrib.auth.backends.ModelBackend")
    _relate(client, second, "1.1#1", f"same:{_duty('1.1#1').pk}")
    _relate(client, second, "1.2#1", "other")
    services.rows_accept(version=second, least=0, actor=world.actor("office"), now=now)
    Duty.objects.system("test").filter(code="1.1#1").update(valid_to=date(2012, 1, 31))
    with pytest.raises(BadInput, match="已经终止"):
        services.version_confirm(version=second, actor=world.actor("office"), now=now)


def test_the_next_version_keeps_what_people_made_of_a_clause_that_stands(world: World, now: datetime) -> None:
    by = {"actor": world.actor("office"), "now": now}
    version = read_text(world, now)
    row = row_at(version, "1.1#1")
    services.row_split(row=row, points=[row.text.index("公布")], version=1, **by)
    services.row_drop(row=row_at(version, "1.3#1"), version=None, **by)
    services.rows_accept(version=version, least=0, **by)
    services.version_confirm(version=version, **by)
    text = TEXT.replace("每季度开展", "每季度组织开展")
    second = services.version_read(
        regulation=version.regulation, text=text, in_force_on=date(2012, 7, 1), **by
    )
    carried = services.version_carry(version=second, decisions={}, expected=None, **by)
    assert (carried.kept, carried.ended, carried.begun) == (4, 0, 0)
