"""工作进展情况通报: counts as of a day, drafted with linked figures, re-checked, issued; a page for each region."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.work.tasks.conftest import HandOut, asked, on, owed, taken
from tests.world import World

from zhize.apps.documents.events import OfficialIssued
from zhize.apps.regulations.models import Obligation
from zhize.apps.work.handlers.tasks import on_official_issued
from zhize.apps.work.models import Task, TaskDigest
from zhize.apps.work.selectors.digests import Measure, Stretch, counts_of, late_tasks
from zhize.apps.work.services import (
    Report,
    digest_draft,
    task_check,
    task_progress_report,
    task_remind,
    task_suspend,
)
from zhize.apps.years.models import WorkYear
from zhize.kit.errors import BadInput, NotAllowed
from zhize.kit.figures import figures_changed
from zhize.kit.officialdoc import from_json, runs_of
from zhize.kit.rules import edition_write

JULY = on(7, 10)
HALF = {"starts_on": date(2012, 1, 1), "ends_on": date(2012, 6, 30)}
MAY = date(2012, 5, 31)


@pytest.fixture
def story(world: World, hand_out: HandOut) -> dict[str, Task]:
    """Done in May; late with its difficulties told; going on; a city's, late; one paused."""
    liaison, office = world.actor("liaison"), world.actor("office")
    done = asked(hand_out(title="办好的任务"), liaison, on(5, 20))
    task_check(task=done, close=True, actor=office, now=on(7, 2))
    late = taken(hand_out(title="卡住的任务", due_on=MAY), liaison)
    hard = Report("样品已抽", 40, difficulties="检验经费未到位")
    task_progress_report(task=late, report=hard, actor=liaison, now=on(6, 1))
    going = hand_out(title="在办的任务", due_on=date(2012, 9, 30))
    city = hand_out("lz_gov", title="兰州的任务", due_on=MAY)
    paused = taken(hand_out(title="暂停的任务"), liaison)
    task_suspend(task=paused, reason="等上级文件", actor=office, now=on(4, 1))
    return {"done": done, "late": late, "going": going, "city": city, "paused": paused}


def where(year: WorkYear) -> Stretch:
    return Stretch(year.jurisdiction_id, year.pk, HALF["starts_on"], HALF["ends_on"])


def test_counts_add_up_by_unit_and_a_late_check_makes_nobody_late(
    world: World, year: WorkYear, story: dict[str, Task]
) -> None:
    counts = counts_of(where(year))
    assert {m.value: counts[None][m] for m in Measure} == {
        "total": 4, "fresh": 1, "done": 1, "going": 1, "late": 2, "standing": 0,
    }  # fmt: skip
    for found in counts.values():
        parts = (Measure.DONE, Measure.GOING, Measure.LATE, Measure.STANDING)
        assert found[Measure.TOTAL] == sum(found[one] for one in parts)
    for one in Measure:
        assert counts[None][one] == sum(found[one] for unit, found in counts.items() if unit)
    early = Stretch(year.jurisdiction_id, year.pk, HALF["starts_on"], date(2012, 5, 19))
    assert counts_of(early)[None][Measure.DONE] == 0, "as of the day before it was done"


def test_every_number_of_the_draft_is_linked_and_one_that_moved_is_named(
    world: World, year: WorkYear, story: dict[str, Task]
) -> None:
    digest, document = digest_draft(year=year, **HALF, actor=world.actor("office"), now=JULY)
    assert document.title == "关于2012年上半年工作任务进展情况的通报"
    blocks = from_json(document.blocks)
    text = "".join(run.text for block in blocks for run in runs_of(block))
    assert "检验经费未到位" in text, "why it is stuck"
    assert "兰州的任务" in text
    assert "暂停的任务" not in text
    linked = [run for block in blocks for run in runs_of(block) if run.ref]
    assert len(linked) == 6 * 3, "all, and two lead units"
    assert figures_changed(blocks) == ()
    late = story["late"]
    Task.objects.system("test").filter(pk=late.pk).update(state="closed", done_on=MAY)
    moved = {(one.words, one.now) for one in figures_changed(blocks)}
    assert moved == {("2", "1"), ("1", "2"), ("1", "0")}
    assert digest.figures.model.objects.system("test").filter(digest=digest).count() == 18


def test_issued_it_discharges_the_period_that_ends_within_it(
    world: World, year: WorkYear, story: dict[str, Task]
) -> None:
    office = world.actor("office")
    obligation = owed(year.jurisdiction.office_unit, year)  # type: ignore[arg-type]
    obligation.duty.sources = ["work.digest.issued"]
    obligation.duty.save()
    Obligation.objects.system("test").filter(pk=obligation.pk).update(period_end=HALF["ends_on"])
    month = {"starts_on": date(2012, 5, 1), "ends_on": MAY}
    for days, status in ((month, "open"), (HALF, "done")):
        digest, document = digest_draft(year=year, **days, actor=office, now=JULY)
        document.number, document.dated_on = "甘质振办〔2012〕9号", date(2012, 7, 10)
        on_official_issued(OfficialIssued(document, office, JULY))
        assert Obligation.objects.system("test").get(pk=obligation.pk).status == status
        assert TaskDigest.objects.system("test").get(pk=digest.pk).doc_no == document.number


def test_days_that_are_no_part_of_the_year_are_printed_without_the_year_twice(
    world: World, year: WorkYear, story: dict[str, Task]
) -> None:
    days = {"starts_on": date(2012, 1, 1), "ends_on": date(2012, 7, 9)}
    digest, _document = digest_draft(year=year, **days, actor=world.actor("office"), now=JULY)
    assert digest.label == "2012年1月1日至7月9日"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ({"starts_on": date(2012, 6, 30), "ends_on": date(2012, 1, 1)}, "不在2012年度之内"),
        ({"starts_on": date(2011, 12, 1), "ends_on": MAY}, "不在2012年度之内"),
        ({"starts_on": MAY, "ends_on": date(2012, 12, 31)}, "还没有到"),
        ({"starts_on": date(2012, 1, 1), "ends_on": date(2012, 1, 31)}, "没有任务可以通报"),
    ],
)
def test_days_that_make_no_digest_are_refused_in_words(
    world: World, year: WorkYear, story: dict[str, Task], days: dict[str, date], words: str
) -> None:
    with pytest.raises(BadInput, match=words):
        digest_draft(year=year, **days, actor=world.actor("office"), now=JULY)
    assert not TaskDigest.objects.system("test").exists()


def test_only_the_office_drafts(world: World, year: WorkYear, story: dict[str, Task]) -> None:
    with pytest.raises(NotAllowed):
        digest_draft(year=year, **HALF, actor=world.actor("liaison"), now=JULY)


def test_from_the_ledger_to_the_draft_and_a_page_for_each_region(
    world: World, year: WorkYear, story: dict[str, Task], monkeypatch: Any
) -> None:
    monkeypatch.setattr("zhize.kit.clock.demonstration_date", lambda: JULY.date())
    client = Client()
    client.force_login(world.user["office"], "django.contrib.auth.backends.ModelBackend")
    assert reverse("work:digests") in client.get(reverse("work:tasks")).content.decode()
    refused = client.post(
        reverse("work:digests"), {"starts_on": "2012-01-01", "ends_on": "", "kind": "circular"}
    )
    assert refused.status_code == 400
    assert "请填写统计截至的日期" in refused.content.decode()
    days = {"starts_on": "2012-01-01", "ends_on": "2012-06-30", "kind": "bulletin"}
    answer = client.post(reverse("work:digests"), days, follow=True)
    assert "关于2012年上半年工作任务进展情况的通报" in answer.content.decode()
    digest = TaskDigest.objects.system("test").get()
    url = reverse("work:digest", args=[digest.pk])
    shown = client.get(url).content.decode()
    assert "兰州市" in shown
    assert zipfile.ZipFile(io.BytesIO(client.get(f"{url}?as=zip").content)).namelist() == ["01-兰州市.docx"]
    code = world.unit["lz_gov"].region.code
    pdf = client.get(f"{url}?region={code}&as=pdf")
    assert pdf.content.startswith(b"%PDF")
    assert client.get(f"{url}?region=999999&as=pdf").status_code == 400


def test_what_is_not_told_one_by_one_is_said_with_its_number_and_its_units(
    world: World, year: WorkYear, story: dict[str, Task], hand_out: HandOut
) -> None:
    for number in range(3):
        hand_out("gsj", title=f"工商的任务{number}", due_on=MAY)
        asked_one = asked(hand_out(title=f"又办好的任务{number}"), world.actor("liaison"), on(6, 1 + number))
        task_check(task=asked_one, close=True, actor=world.actor("office"), now=on(6, 20))
    edition_write(
        name="work/digest", jurisdiction_code=year.jurisdiction.code, valid_from=HALF["starts_on"],
        values={"listed_most": 2}, source="甘质振办〔2012〕1号", actor=world.actor("office"), now=JULY,
    )  # fmt: skip
    _digest, document = digest_draft(year=year, **HALF, actor=world.actor("office"), now=JULY)
    lines = ["".join(run.text for run in runs_of(block)) for block in from_json(document.blocks)]
    text = "\n".join(lines)
    assert "本期办结的任务另有2项未逐项列出（省质监局2项），见任务台账。" in text
    assert "逾期未办结的任务另有3项未逐项列出（省工商局3项），见任务台账。" in text
    assert sum("原因：" in line for line in lines) == 2


def test_how_far_a_unit_is_is_not_given_as_why_it_is_late_and_later_days_do_not_count(
    world: World, year: WorkYear, hand_out: HandOut
) -> None:
    liaison, office = world.actor("liaison"), world.actor("office")
    late = taken(hand_out(title="说到哪一步的", due_on=MAY), liaison)
    task_progress_report(task=late, report=Report("已检查300家。", 60), actor=liaison, now=on(6, 10))
    task_progress_report(task=late, report=Report("七月才说的", 70), actor=liaison, now=on(7, 1, 3))
    task_remind(task=late, step="remind", actor=office, now=on(6, 11))
    task_remind(task=late, step="urge", actor=office, now=on(7, 2))
    ((task, why),) = late_tasks(where(year), 10)
    assert (why, task.reminders) == ("原因未报，最新进展：已检查300家。", 1)
