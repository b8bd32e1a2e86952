"""督办: the ladder is climbed step by step; many at once in one go; the unit's answer is seen."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.work.tasks.conftest import HandOut, asked, at_most, fresh, on, taken
from tests.world import World

from zhize.apps.audit.models import Entry
from zhize.apps.orgs.models import Notice, Todo
from zhize.apps.work.models import Task, TaskReminder
from zhize.apps.work.selectors.task_situation import tasks_brief
from zhize.apps.work.services import Report, task_progress_report, task_remind, tasks_change_due, tasks_remind
from zhize.apps.work.views.task_actions import _remind_form
from zhize.apps.years.models import WorkYear
from zhize.kit.contributions import BriefQuestion
from zhize.kit.errors import BadInput, NotAllowed, StateConflict
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.rules import edition_write


def test_a_reminder_reaches_the_unit_and_its_next_report_answers_it(world: World, hand_out: HandOut) -> None:
    task = taken(hand_out(), world.actor("liaison"))
    reminder = task_remind(task=task, step="remind", actor=world.actor("office"), now=on(6, 25))
    assert (reminder.name, reminder.unit) == ("提醒", world.unit["zjj"])
    assert reminder.text == "应于2012年6月30日前完成，距期限 5 日，请抓紧办理并报告进展。"
    assert fresh(task).reminders == 1
    todos = Todo.objects.system("test").filter(kind="task.reminded", done_at__isnull=True)
    assert todos.count() == 1
    task_progress_report(
        task=task, report=Report("样品已全部送检", 80), actor=world.actor("liaison"), now=on(6, 26)
    )
    assert TaskReminder.objects.system("test").get().answered_at == on(6, 26)
    assert not todos.exists()


def test_the_ladder_is_climbed_in_order_and_its_last_step_needs_director_signer_and_days(
    world: World, hand_out: HandOut
) -> None:
    task = taken(hand_out(), world.actor("liaison"))
    office, director = world.actor("office"), world.actor("director")
    with pytest.raises(StateConflict, match="尚未提醒，不能直接催办"):
        task_remind(task=task, step="urge", actor=office, now=on(7, 1))
    task_remind(task=task, step="remind", actor=office, now=on(7, 1))
    task_remind(task=task, step="urge", actor=office, now=on(7, 2))
    with pytest.raises(NotAllowed, match="不能提请督办"):
        task_remind(task=task, step="supervise", signer="副省长", actor=office, now=on(7, 20))
    with pytest.raises(StateConflict, match="逾期满 5 日后才能提请督办"):
        task_remind(task=task, step="supervise", signer="副省长", actor=director, now=on(7, 4))
    with pytest.raises(BadInput, match="没有填写签发人"):
        task_remind(task=task, step="supervise", actor=director, now=on(7, 20))
    row = task_remind(task=task, step="supervise", signer="分管副省长", actor=director, now=on(7, 20))
    assert (row.name, row.signer) == ("提请督办", "分管副省长")


def test_the_steps_offered_are_those_of_the_office_s_day(world: World, hand_out: HandOut) -> None:
    """A ladder in force from 2 July is offered from midnight in Lanzhou, when it is still the 1st in UTC."""
    task = hand_out()
    rung = {
        "order": 9, "name": "约见", "roles": ["office_staff"], "signer": False, "after": None, "overdue_days": None,
        "paper": None, "paper_title": None, "reply_days": None, "by_rule": None, "rule_days": [],
    }  # fmt: skip
    edition_write(
        name="work/ladder", values={"remind": rung}, jurisdiction_code=task.jurisdiction.code, valid_from=date(2012, 7, 2),
        source="甘质振办〔2012〕1号", actor=world.actor("director"), now=on(1, 2),
    )  # fmt: skip
    offered = {}
    for hour in (15, 17):
        request = HttpRequestWithActor()
        request.now = on(7, 1, hour)
        form: Any = _remind_form(request, task)
        offered[hour] = dict(form.fields["step"].choices)["remind"]
    assert offered == {15: "提醒", 17: "约见"}


def test_one_click_reminds_all_that_can_be_and_names_the_rest(world: World, hand_out: HandOut) -> None:
    first, second = hand_out(title="甲"), hand_out("gsj", title="乙")
    done = asked(hand_out(title="丙"), world.actor("liaison"), on(6, 1))
    task_remind(task=first, step="remind", actor=world.actor("office"), now=on(6, 25))
    ids = [first.pk, second.pk, done.pk]
    chased = tasks_remind(task_ids=ids, actor=world.actor("office"), now=on(7, 2))
    assert chased.reminded == 2
    assert [(t.title, why) for t, why in chased.left_out] == [("丙", "已申请办结，不需要督办")]
    newest = {r.task_id: r.name for r in TaskReminder.objects.system("test").order_by("pk")}
    assert newest == {first.pk: "催办", second.pk: "提醒"}, "each gets the step that comes next for it"
    entry = Entry.objects.system("test").get(type="work.task.chased")
    assert entry.after == {"reminded": 2, "left_out": 1} and entry.rows_digest


def test_a_hundred_at_once_cost_no_more_than_twenty_statements_and_one_message_a_unit(
    world: World, hand_out: HandOut
) -> None:
    ids = [hand_out(title=f"任务{n}").pk for n in range(100)]
    Notice.objects.system("test").all().delete()
    with at_most(20):
        tasks_remind(
            task_ids=ids, step="remind", text="请报告进展", actor=world.actor("office"), now=on(6, 25)
        )
    assert Notice.objects.system("test").filter(user=world.user["liaison"]).count() == 1
    with at_most(20):
        moved = tasks_change_due(
            task_ids=ids,
            due_on=on(9, 30).date(),
            reason="全省统一调整",
            actor=world.actor("office"),
            now=on(6, 26),
        )
    assert moved == 100
    assert set(Todo.objects.system("test").values_list("due_on", flat=True)) == {on(9, 30).date()}


def test_a_prefecture_cannot_remind_what_the_province_handed_out(world: World, hand_out: HandOut) -> None:
    task = hand_out("lz_gov")
    chased = tasks_remind(task_ids=[task.pk], actor=world.actor("sibling"), now=on(7, 2))
    assert (chased.reminded, chased.left_out[0][1]) == (0, "不是本办公室交办的")
    with pytest.raises(NotAllowed):
        tasks_change_due(
            task_ids=[task.pk],
            due_on=on(9, 30).date(),
            reason="x",
            actor=world.actor("sibling"),
            now=on(7, 2),
        )
    with pytest.raises(NotAllowed):
        tasks_remind(task_ids=[task.pk], actor=world.actor("liaison"), now=on(7, 2))


def test_dates_of_closed_tasks_do_not_move_and_a_set_is_refused_as_a_set(
    world: World, hand_out: HandOut
) -> None:
    from zhize.apps.work.services import task_cancel

    going, ended = hand_out(), hand_out()
    task_cancel(task=ended, reason="并入另一任务", actor=world.actor("office"), now=on(3, 9))
    with pytest.raises(BadInput, match="2012-002"):
        tasks_change_due(
            task_ids=[going.pk, ended.pk], due_on=on(9, 30).date(), reason="调整", actor=world.actor("office"),
            now=on(6, 1),
        )  # fmt: skip
    assert fresh(going).due_on == on(6, 30).date()


def test_what_was_chased_three_times_comes_first_on_the_leaders_page(
    world: World, year: WorkYear, hand_out: HandOut
) -> None:
    chased = taken(hand_out(title="催了三次的"), world.actor("liaison"))
    taken(hand_out(title="催了两次的"), world.actor("liaison"))
    Task.objects.system("test").filter(pk=chased.pk).update(reminders=3)
    Task.objects.system("test").exclude(pk=chased.pk).update(reminders=2)
    asked_ = BriefQuestion(year_id=year.pk, today=on(7, 20).date(), since=on(7, 1).date())
    first = tasks_brief(world.actor("leader"), asked_).changed[0]
    assert first.words == "督办 3 次以上仍未办结的任务 1 项"
    assert "reminders_from=3" in first.url
