"""The register out to Excel and back in: unchanged it changes nothing; what a person changed is shown first, refused by row."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client
from tests.kit.importing import fresh, problems
from tests.regulations.test_duty_papers import _duty
from tests.world import World

from zhize.apps.audit.models import Entry
from zhize.apps.regulations.models import Duty, DutyHolder, Obligation
from zhize.apps.regulations.specs import REGISTER
from zhize.apps.years.models import WorkYear
from zhize.kit.actor import Actor
from zhize.kit.errors import NotAllowed
from zhize.kit.imports.publish import import_publish
from zhize.kit.imports.services import import_upload
from zhize.kit.models import ImportRow, ImportRun

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(world: World) -> Actor:
    return world.actor("office")


@pytest.fixture
def duties(world: World) -> tuple[Duty, Duty]:
    first = _duty(world, "1#1", "开展执法检查", ("zjj", "lead"), ("gsj", "joint"))
    second = _duty(world, "2#1", "制定方案", ("gsj", "joint"))
    DutyHolder.objects.create(
        duty=second, collective="other", printed="教育、科技等部门", role="support", order=1
    )
    return first, second


def exported(world: World) -> list[list[Any]]:
    client = Client()
    client.force_login(world.user["office"], backend="django.contrib.auth.backends.ModelBackend")
    response = client.get("/duties/", {"export": "xlsx", "all": "1"})
    book = openpyxl.load_workbook(BytesIO(b"".join(response)))  # type: ignore[arg-type]
    return [list(line) for line in book.active.iter_rows(values_only=True)]


def taken_in(rows: list[list[Any]], actor: Actor, now: datetime) -> ImportRun:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    raw = out.getvalue()
    run = import_upload(
        spec=REGISTER, upload=BytesIO(raw), name="责任清单.xlsx", size=len(raw), actor=actor, now=now
    )
    return fresh(run)


def cell(rows: list[list[Any]], code: str, head: str, value: str) -> None:
    at = rows[0].index("职责编号")
    line = next(row for row in rows if row[at] == code)
    line[rows[0].index(head)] = value


def test_out_and_in_again_changes_nothing(world: World, duties: Any, office: Actor, now: datetime) -> None:
    run = taken_in(exported(world), office, now)
    assert (problems(run), run.counts["same"], run.counts["change"]) == ([], 2, 0)


def test_what_a_person_changed_is_shown_and_taken_in(
    world: World, duties: tuple[Duty, Duty], office: Actor, now: datetime
) -> None:
    rows = exported(world)
    cell(rows, "1#1", "职责", "开展质量执法检查")
    cell(rows, "2#1", "责任主体", f"{world.unit['zjj'].name}（牵头）；教育、科技等部门（配合）")
    run = taken_in(rows, office, now)
    assert problems(run) == []
    change = ImportRow.objects.filter(run=run, effect="change").order_by("line").last()
    assert change is not None
    assert change.before["holders"] == f"{world.unit['gsj'].name}；教育、科技等部门（配合）"
    import_publish(run=run, spec=REGISTER, only_good=False, actor=office, now=now)
    first, second = (Duty.objects.system("test").get(pk=duty.pk) for duty in duties)
    assert first.title == "开展质量执法检查" and first.text == "开展执法检查"
    held = [(h.unit_id, h.role, h.collective) for h in second.holders.all()]
    assert held == [(world.unit["zjj"].pk, "lead", ""), (None, "support", "other")]
    entries = Entry.objects.system("test").filter(type="regulations.duty.changed")
    assert {entry.thing_id for entry in entries} >= {duty.pk for duty in duties}


def test_a_new_holder_owes_the_running_year(
    world: World, duties: tuple[Duty, Duty], office: Actor, now: datetime
) -> None:
    year = WorkYear.objects.create(
        jurisdiction=world.jurisdiction["gs"], starts_on=date(2012, 1, 1), ends_on=date(2012, 12, 31), label="2012年", state="open"
    )  # fmt: skip
    Duty.objects.system("test").update(
        recurrence={"every": "year", "due": {"fixed": {"month": 12, "day": 31}}}, nature="periodic"
    )
    rows = exported(world)
    cell(rows, "1#1", "责任主体", world.unit["gsj"].name)
    cell(rows, "2#1", "责任主体", world.unit["zjj"].name)
    run = taken_in(rows, office, now)
    import_publish(run=run, spec=REGISTER, only_good=False, actor=office, now=now)
    owed = Obligation.objects.system("test").filter(duty=duties[1], unit=world.unit["zjj"], year=year)
    assert owed.count() == 1


@pytest.mark.parametrize(
    ("head", "value", "words"),
    [
        ("职责编号", "9#9", "责任清单中没有编号“9#9”"),
        ("责任主体", "省火星局", "单位名录中没有“省火星局”"),
        ("性质", "随时", "不在可选范围内"),
    ],
)
def test_what_cannot_be_is_refused_by_row(
    world: World, duties: Any, office: Actor, now: datetime, head: str, value: str, words: str
) -> None:
    rows = exported(world)
    cell(rows, "2#1", head, value)
    (found,) = problems(taken_in(rows, office, now))
    assert words in found and "行" in found


def test_a_department_does_not_change_the_register(world: World, duties: Any, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        taken_in(exported(world), world.actor("liaison"), now)
