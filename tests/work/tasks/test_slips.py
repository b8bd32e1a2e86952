"""督办单: where the ladder asks for a paper the step drafts it; it goes through the documents and the ledger shows its number."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.work.tasks.conftest import HandOut, fresh, on, taken
from tests.world import World

from zhize.apps.audit.models import Entry
from zhize.apps.documents.events import OfficialIssued
from zhize.apps.documents.models import Addressee, OfficialDocument
from zhize.apps.documents.services import official_void
from zhize.apps.orgs.models import Todo, Unit
from zhize.apps.work.handlers.tasks import on_official_issued
from zhize.apps.work.models import Task, TaskReminder, TaskSlip
from zhize.apps.work.services import Report, task_progress_report, task_remind, tasks_remind
from zhize.kit.errors import StateConflict
from zhize.kit.officialdoc import from_json, runs_of
from zhize.kit.rules import RuleError, edition_write

JULY = on(7, 20)


def climbed(world: World, *tasks: Task) -> None:
    for task in tasks:
        for step, day in (("remind", 1), ("urge", 2)):
            task_remind(task=fresh(task), step=step, actor=world.actor("office"), now=on(7, day))


def papers() -> list[OfficialDocument]:
    return list(OfficialDocument.objects.system("test").filter(source_kind="work.slip").order_by("pk"))


def words_of(document: OfficialDocument) -> str:
    return "\n".join("".join(run.text for run in runs_of(block)) for block in from_json(document.blocks))


def test_the_signed_step_drafts_its_paper_from_the_task_and_asks_for_an_answer_by_a_day(
    world: World, hand_out: HandOut
) -> None:
    task = taken(
        hand_out(supports=("gsj",), basis="甘质振办〔2012〕3号", goal="五类产品各抽 60 批"),
        world.actor("liaison"),
    )
    task_progress_report(task=task, report=Report("样品已抽", 40), actor=world.actor("liaison"), now=on(6, 1))
    climbed(world, task)
    row = task_remind(
        task=task, step="supervise", signer="分管副省长", actor=world.actor("director"), now=JULY
    )
    assert row.reply_by == date(2012, 7, 27), "five working days"
    assert row.text == "应于2012年6月30日前完成，已逾期 20 日，请抓紧办理，并于2012年7月27日前反馈。"
    (document,) = papers()
    assert (document.kind, document.title) == ("notice", "关于督办“开展五类产品监督抽查”任务的通知")
    assert [a.unit for a in Addressee.objects.system("test").filter(document=document)] == [world.unit["zjj"]]
    told = words_of(document)
    for words in (
        "甘质振办〔2012〕3号", "五类产品各抽 60 批", "逾期20日，进度40%", "样品已抽",
        "2012年7月1日提醒、2012年7月2日催办", "请于2012年7月27日前反馈",
    ):  # fmt: skip
        assert words in told
    todo = Todo.objects.system("test").get(kind="task.reminded", done_at__isnull=True)
    assert todo.due_on == row.reply_by


def test_many_at_once_get_one_paper_a_unit_and_steps_without_a_paper_none(
    world: World, hand_out: HandOut
) -> None:
    mine = [hand_out(title=f"任务{n}") for n in range(5)]
    other = hand_out("gsj", title="乙")
    climbed(world, *mine, other)
    assert not papers(), "提醒 and 催办 are messages"
    ids = [task.pk for task in (*mine, other)]
    done = tasks_remind(
        task_ids=ids, step="supervise", signer="副省长", actor=world.actor("director"), now=JULY
    )
    assert (done.reminded, done.papers) == (6, 2)
    titles = {one.title for one in papers()}
    assert titles == {"关于督办“任务0”等5项任务的通知", "关于督办“乙”任务的通知"}
    assert "任务4" in words_of(papers()[0]), "more than three stand in a table"
    assert {
        r.slip_id for r in TaskReminder.objects.system("test").filter(task__in=mine, step="supervise")
    } == {TaskSlip.objects.system("test").get(unit=world.unit["zjj"]).pk}


def test_a_unit_under_another_line_of_command_gets_a_letter(world: World, hand_out: HandOut) -> None:
    Unit.objects.system("test").filter(pk=world.unit["zjj"].pk).update(governance="central")
    task = hand_out()
    climbed(world, task)
    task_remind(task=fresh(task), step="supervise", signer="副省长", actor=world.actor("director"), now=JULY)
    (document,) = papers()
    assert (document.kind, document.title) == ("letter", "关于督办“开展五类产品监督抽查”任务的函")


def test_issued_it_shows_its_number_in_the_ledger_on_its_page_and_in_the_story(
    world: World, hand_out: HandOut, monkeypatch: Any
) -> None:
    task = hand_out()
    climbed(world, task)
    director = world.actor("director")
    row = task_remind(task=fresh(task), step="supervise", signer="副省长", actor=director, now=JULY)
    monkeypatch.setattr("zhize.kit.clock.demonstration_date", lambda: JULY.date())
    client = Client()
    client.force_login(world.user["office"], "django.contrib.auth.backends.ModelBackend")
    ledger = reverse("work:reminders")
    assert "未印发" in client.get(ledger).content.decode()
    (document,) = papers()
    document.number, document.dated_on = "甘质振办〔2012〕9号", JULY.date()
    on_official_issued(OfficialIssued(document, director, JULY))
    with pytest.raises(StateConflict, match="已经印发"):
        on_official_issued(OfficialIssued(document, director, JULY))
    assert Entry.objects.system("test").filter(type="work.slip.issued").count() == 1
    slip = reverse("work:slip", args=[row.slip_id])
    story = client.get(reverse("work:task", args=[task.pk])).content.decode()
    assert slip in story
    for page in (client.get(ledger).content.decode(), client.get(slip).content.decode(), story):
        assert "甘质振办〔2012〕9号" in page


def test_a_slip_made_void_before_it_went_out_says_so_wherever_it_is_named(
    world: World, hand_out: HandOut, monkeypatch: Any
) -> None:
    task = hand_out()
    climbed(world, task)
    director = world.actor("director")
    row = task_remind(task=fresh(task), step="supervise", signer="副省长", actor=director, now=JULY)
    (document,) = papers()
    official_void(document=document, reason="单位已当面说明", version=None, actor=director, now=on(7, 21))
    assert Entry.objects.system("test").get(type="work.slip.voided").note == "单位已当面说明"
    monkeypatch.setattr("zhize.kit.clock.demonstration_date", lambda: date(2012, 7, 22))
    client = Client()
    client.force_login(world.user["office"], "django.contrib.auth.backends.ModelBackend")
    for address, words in (
        (reverse("work:reminders"), "已作废"),
        (reverse("work:task", args=[task.pk]), "的通知 已作废"),
        (reverse("work:slip", args=[row.slip_id]), "2012年7月21日作废"),
    ):
        page = client.get(address).content.decode()
        assert words in page and "未印发" not in page


def test_a_local_ladder_drafts_at_its_own_rung_under_its_own_name(world: World, hand_out: HandOut) -> None:
    rung = {
        "order": 1, "name": "交办单", "roles": ["office_staff"], "signer": False, "after": None, "overdue_days": None,
        "paper": "letter", "paper_title": "关于请抓紧办理{matter}的函", "reply_days": None, "by_rule": None, "rule_days": [],
    }  # fmt: skip
    more = {"jurisdiction_code": "gs", "valid_from": date(2012, 1, 1), "source": "甘质振办〔2012〕1号"}
    code = world.jurisdiction["gs"].code
    more |= {"jurisdiction_code": code, "actor": world.actor("director"), "now": on(1, 2)}
    wrong = {"remind": rung | {"paper_title": "关于请抓紧办理的函"}}
    with pytest.raises(RuleError, match="matter"):
        edition_write(name="work/ladder", values=wrong, **more)
    edition_write(name="work/ladder", values={"remind": rung}, **more)
    row = task_remind(task=hand_out(), step="remind", actor=world.actor("office"), now=on(6, 1))
    assert (row.name, papers()[0].title) == ("交办单", "关于请抓紧办理“开展五类产品监督抽查”任务的函")
    assert "需要抓紧办理" in words_of(papers()[0]), "it is not late yet"
