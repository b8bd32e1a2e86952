"""按规则督办: the ladder's own reminders go out once on their day; what a person decides is proposed, not done."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from tests.work.tasks.conftest import HandOut, fresh, on, taken
from tests.world import World

from zhize.apps.audit.models import Entry
from zhize.apps.orgs.models import Notice, Todo
from zhize.apps.work.models import Task, TaskReminder
from zhize.apps.work.services import task_remind, task_suspend, tasks_remind_due
from zhize.core.workflow.ladder import Ladder
from zhize.kit.actor import system_actor
from zhize.kit.beat import periodics
from zhize.kit.rules.load import shipped
from zhize.kit.rules.shapes import parts_of

ON_THE_DAY = on(6, 27)  # three days before it is due


def test_an_office_may_say_that_a_step_goes_out_by_hand_only() -> None:
    """Each way in which the shipped ladder acts by itself can be emptied in the form of the rule."""
    parts = [part for part in parts_of(shipped("work/ladder")) if part.name == "by_rule"]
    assert len(parts) == 3 and all(part.optional for part in parts)
    plain = {entry.key: entry.dated[-1].value for entry in shipped("work/ladder").entries.values()}
    by_hand = Ladder.from_mapping({key: value | {"by_rule": None} for key, value in plain.items()})
    assert by_hand.sent_by_rule([], -3) is None and by_hand.proposed_by_rule(["remind"], 1) is None


def run(now: datetime) -> int:
    return tasks_remind_due(actor=system_actor("按规则督办"), now=now)


def sent() -> list[tuple[str, str]]:
    rows = TaskReminder.objects.system("test").order_by("pk")
    return [(row.task.title, row.name) for row in rows.select_related("task")]


def proposed(kind: str = "task.proposed") -> list[Todo]:
    return list(Todo.objects.system("test").filter(kind=kind, done_at__isnull=True))


def test_on_its_day_a_task_is_reminded_once_whoever_holds_it_is_told_and_the_log_says_by_rule(
    world: World, hand_out: HandOut
) -> None:
    taken(hand_out(title="到日的"), world.actor("liaison"))
    hand_out(title="还早的", due_on=date(2012, 7, 5))
    paused = taken(hand_out(title="暂停的"), world.actor("liaison"))
    task_suspend(task=paused, reason="等上级文件", actor=world.actor("office"), now=on(4, 1))
    Notice.objects.system("test").all().delete()
    assert (run(on(6, 26)), run(ON_THE_DAY), run(on(6, 27, 9)), run(on(6, 28))) == (0, 1, 0, 0)
    assert sent() == [("到日的", "提醒")]
    row = TaskReminder.objects.system("test").get()
    assert (row.by, row.rule_key) == ("系统", "remind:2012-06-30:-3")
    assert Notice.objects.system("test").get(user=world.user["liaison"]).text.startswith("提醒：到日的")
    assert Todo.objects.system("test").filter(kind="task.reminded", done_at__isnull=True).count() == 1
    entry = Entry.objects.system("test").get(type="work.task.chased")
    assert (entry.after["reminded"], entry.note) == (1, "按督办办法到日发出")


def test_a_second_reminder_of_the_same_day_is_refused_by_the_database(hand_out: HandOut) -> None:
    hand_out()
    run(ON_THE_DAY)
    row = TaskReminder.objects.system("test").get()
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_a_worker_killed_between_two_sets_goes_on_the_next_day_and_sends_nothing_twice(
    world: World, hand_out: HandOut, monkeypatch: Any
) -> None:
    for number in range(5):
        hand_out(title=f"任务{number}")
    monkeypatch.setattr("zhize.apps.work.services.task_rule.AT_ONCE", 2)
    from zhize.apps.work.services import task_rule

    write, sets = task_rule.reminders_write, iter((True, False))

    def killed(*given: Any) -> Any:
        rows = write(*given)
        if not next(sets):
            raise KeyboardInterrupt  # after the rows were written, before the transaction ended
        return rows

    monkeypatch.setattr(task_rule, "reminders_write", killed)
    with pytest.raises(KeyboardInterrupt):
        run(ON_THE_DAY)
    assert len(sent()) == 2, "the first set stands, of the second nothing"
    monkeypatch.setattr(task_rule, "reminders_write", write)
    assert (run(on(6, 28)), run(on(6, 28, 9))) == (3, 0)
    assert sorted(sent()) == [(f"任务{n}", "提醒") for n in range(5)]
    assert set(Task.objects.system("test").values_list("reminders", flat=True)) == {1}


def test_after_the_days_of_catching_up_nothing_is_sent_and_who_was_reminded_by_hand_is_left_alone(
    world: World, hand_out: HandOut
) -> None:
    missed, by_hand = hand_out(title="错过的"), hand_out(title="人催过的")
    task_remind(task=by_hand, step="remind", actor=world.actor("office"), now=ON_THE_DAY)
    assert run(on(7, 1)) == 0, "four days late; the other is told already"
    assert run(on(6, 30)) == 1
    assert sent() == [("人催过的", "提醒"), ("错过的", "提醒")]
    assert fresh(missed).reminders == 1


def test_a_new_date_is_a_new_day_to_be_reminded_of(hand_out: HandOut) -> None:
    task = hand_out()
    assert run(ON_THE_DAY) == 1
    Task.objects.system("test").filter(pk=task.pk).update(due_on=date(2012, 9, 30))
    assert (run(on(9, 27)), run(on(9, 28))) == (1, 0)


def test_what_a_person_decides_is_proposed_to_the_office_and_settled_when_it_is_done(
    world: World, hand_out: HandOut, monkeypatch: Any
) -> None:
    task = hand_out(title="逾期的")
    run(ON_THE_DAY)
    run(on(6, 30))
    assert not proposed(), "it is not late"
    run(on(7, 1))
    (todo,) = proposed()
    assert (todo.unit, todo.title) == (world.unit["office"], "按督办办法有任务应当催办，请决定")
    assert sent() == [("逾期的", "提醒")], "proposed, not done"
    run(on(7, 2))
    assert len(proposed()) == 1
    monkeypatch.setattr("zhize.kit.clock.demonstration_date", lambda: date(2012, 7, 2))
    client = Client()
    client.force_login(world.user["office"], "django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("work:tasks_chase") + "?due=1").content.decode()
    assert "逾期的" in page
    client.post(reverse("work:tasks_chase"), {"ids": [task.pk], "step": "", "text": "", "signer": ""})
    assert sent()[1:] == [("逾期的", "催办")]
    assert not proposed()


def test_the_signed_step_is_proposed_to_the_director_alone(world: World, hand_out: HandOut) -> None:
    task = hand_out(title="久拖的")
    for step, day in (("remind", 1), ("urge", 2)):
        task_remind(task=fresh(task), step=step, actor=world.actor("office"), now=on(7, day))
    run(on(7, 9))
    assert not proposed("task.proposed_signed")
    run(on(7, 10))
    (todo,) = proposed("task.proposed_signed")
    assert (todo.audience, todo.title) == ("office_director", "按督办办法有任务应当提请督办，请决定")
    task_remind(
        task=fresh(task), step="supervise", signer="副省长", actor=world.actor("director"), now=on(7, 10)
    )
    assert not proposed("task.proposed_signed")


def test_it_runs_every_morning_at_eight() -> None:
    one = next(one for one in periodics() if one.name == "work.tasks_remind")
    assert one.at is not None and (one.at.hour, one.at.minute) == (8, 0)
