"""Any sequence of what people do with tasks: refused or done whole, nothing lost, parts always add up."""

from __future__ import annotations

from typing import NamedTuple

from django.db import transaction
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from tests.work.tasks.conftest import DONE, HandOut, fresh, on, taken
from tests.world import World

from zhize.apps.work.models import Task, TaskChange, TaskProgress, TaskUnit
from zhize.apps.work.services import (
    NewTask,
    Report,
    task_cancel,
    task_check,
    task_completion_ask,
    task_completion_withdraw,
    task_divide,
    task_hand_back,
    task_progress_report,
    task_reassign,
    task_remind,
    task_resume,
    task_settle,
    task_suspend,
    task_take,
)
from zhize.core.kernel.errors import CoreError
from zhize.core.workflow.progress import Part, rolled_up
from zhize.kit.actor import Actor, system_actor
from zhize.kit.errors import ZhizeError

NIGHT = system_actor("test")


def steps(world: World) -> list[tuple[str, object]]:
    """Everything a person can do with a task, as the person who may."""
    liaison, office, head = world.actor("liaison"), world.actor("office"), world.actor("head")

    def part(task: Task, at: object) -> None:
        new = NewTask(title="一部分", lead_unit_id=task.lead_unit_id, weight=1 + task.pk % 3)
        task_divide(task=task, part=new, actor=NIGHT, now=on(3, 20))

    def move(task: Task, _at: object) -> None:
        other = world.unit["gsj" if task.lead_unit_id == world.unit["zjj"].pk else "zjj"]
        task_reassign(task=task, lead_unit_id=other.pk, reason="改派", actor=office, now=on(3, 20))

    def plain(service: object, actor: Actor, **more: object) -> object:
        return lambda task, at: service(task=task, actor=actor, now=on(3, 20), **more)  # type: ignore[operator]

    return [
        ("take", plain(task_take, NIGHT)),
        (
            "report",
            lambda task, at: task_progress_report(
                task=task, report=Report("进展", at), actor=NIGHT, now=on(3, 20)
            ),
        ),
        ("ask", plain(task_completion_ask, NIGHT, report=DONE)),
        ("withdraw", plain(task_completion_withdraw, NIGHT)),
        ("close", plain(task_check, NIGHT, close=True)),
        ("settle", plain(task_settle, NIGHT, words="现场已到位", on=on(3, 19).date())),
        ("return", plain(task_check, NIGHT, close=False, comment="补材料")),
        ("hand_back", plain(task_hand_back, liaison, reason="不属本单位")),
        ("suspend", plain(task_suspend, office, reason="等文件")),
        ("resume", plain(task_resume, office, reason="可以办了")),
        ("cancel", plain(task_cancel, office, reason="不再需要")),
        ("remind", plain(task_remind, office, step="remind")),
        ("check", plain(task_check, head, close=True)),
        ("divide", part),
        ("move", move),
    ]


class Turn(NamedTuple):
    """`act` on the task number `task` (of those there are, round and round), with `percent` where it says one."""

    act: str
    task: int
    percent: int


OFTEN = ("take", "report", "divide", "ask", "close", "return", "withdraw")
SELDOM = ("hand_back", "move", "suspend", "resume", "cancel", "remind", "check", "settle")
TURNS = st.lists(
    st.builds(Turn, st.sampled_from((*OFTEN * 3, *SELDOM)), st.integers(0, 5), st.integers(0, 100)),
    min_size=10, max_size=40,
)  # fmt: skip
WHOLE_LIFE = [
    Turn("divide", 0, 0), Turn("take", 1, 0), Turn("divide", 1, 0), Turn("report", 2, 50), Turn("take", 2, 0), Turn("report", 2, 50),
    Turn("ask", 2, 0), Turn("ask", 1, 0), Turn("close", 2, 0), Turn("ask", 1, 0), Turn("close", 1, 0), Turn("move", 0, 0),
    Turn("take", 0, 0), Turn("ask", 0, 0), Turn("close", 0, 0),
]  # fmt: skip


@example(turns=WHOLE_LIFE)
@given(turns=TURNS)
@settings(
    max_examples=25, phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
def test_whatever_is_done_nothing_is_lost_and_the_parts_add_up(
    world: World, hand_out: HandOut, turns: list[Turn]
) -> None:
    with transaction.atomic():
        acts = dict(steps(world))
        taken(hand_out(), world.actor("liaison"))
        reports = 0
        for turn in turns:
            ids = list(Task.objects.system("test").order_by("pk").values_list("pk", flat=True))
            task = fresh(Task(pk=ids[turn.task % len(ids)]))
            try:
                with transaction.atomic():
                    acts[turn.act](task, turn.percent)  # type: ignore[operator]
            except (ZhizeError, CoreError):
                assert fresh(task).version == task.version, f"{turn.act} was refused and wrote all the same"
                continue
            reports += turn.act in ("report", "ask")
            holds(turn.act, reports, len(ids) + (turn.act == "divide"))
        transaction.set_rollback(True)


def holds(act: str, reports: int, tasks: int) -> None:
    """Every task and word is still there, every whole is the sum of its parts, every task has one lead, no answer waits for
    nobody."""
    rows = list(Task.objects.system("test"))
    assert len(rows) == tasks, "no task is lost"
    assert TaskProgress.objects.system("test").count() == reports, "no word is lost"
    for one in rows:
        parts = [row for row in rows if row.source_kind == "work.task" and row.source_id == one.pk]
        rolled = rolled_up(Part(row.state, row.percent, row.weight) for row in parts)
        if rolled is not None and one.state not in ("asked", "closed", "cancelled"):
            assert one.percent == rolled, f"after {act}: {one.percent} is not {rolled}"
        if one.state == "closed":
            assert {row.state for row in parts} <= {"closed", "cancelled"}
        leads = TaskUnit.objects.system("test").filter(task=one, role="lead")
        assert list(leads.values_list("unit_id", flat=True)) == [one.lead_unit_id]
        waiting = TaskChange.objects.system("test").filter(task=one, kind="completion", state="asked").count()
        assert waiting == (one.state == "asked"), f"after {act}: {waiting} applications, {one.state}"
