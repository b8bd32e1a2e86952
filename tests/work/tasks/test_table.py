"""State × action × role of a task, every cell tried through its service: `table/steps.yaml` says where each step leads,
`table/roles.yaml` who may take it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from tests.work.tasks.conftest import DONE, HandOut, fresh, on
from tests.world import SINCE, World

from zhize.apps.orgs.models import Post, Unit, User
from zhize.apps.work import services
from zhize.apps.work.models import Task, TaskChange
from zhize.apps.work.services import NewTask, Report
from zhize.core.kernel.errors import NoSuchStep
from zhize.core.workflow.task import TABLE
from zhize.kit.actor import Actor, system_actor
from zhize.kit.errors import NotAllowed, StateConflict
from zhize.kit.yaml_text import yaml_of

pytestmark = pytest.mark.django_db
HERE = Path(__file__).parent / "table"
STEPS: dict[str, dict[str, str]] = yaml_of((HERE / "steps.yaml").read_text("utf-8"))
ROLES: dict[str, Any] = yaml_of((HERE / "roles.yaml").read_text("utf-8"))
KEYS = {"support": "other", "prefecture": "sibling", "prefecture2": "sibling2", "county": "child"}
NIGHT = system_actor("test")
WAYS = {
    "assigned": (),
    "handed_back": ("hand_back",),
    "taken": ("take",),
    "running": ("take", "report"),
    "asked": ("take", "ask"),
    "returned": ("take", "ask", "return"),
    "continuing": ("take", "continue"),
    "suspended": ("take", "suspend"),
    "closed": ("take", "ask", "close"),
    "cancelled": ("cancel",),
}
LATER = date(2012, 9, 30)


def take_step(world: World, task: Task, action: str, actor: Actor) -> None:
    """The action as its service takes it."""
    given: dict[str, dict[str, Any]] = {
        "take": {},
        "hand_back": {"reason": "不属本单位职责"},
        "reassign": {"lead_unit_id": world.unit["third"].pk, "reason": "职能调整"},
        "report": {"report": Report("已抽样。", 40)},
        "ask": {"report": DONE},
        "withdraw": {},
        "close": {"close": True},
        "settle": {"words": "现场已到位", "on": date(2012, 3, 31)},
        "return": {"close": False, "comment": "补材料"},
        "extend": {"reason": "等检验", "new_due_on": LATER},
        "grant": {"grant": True},
        "refuse": {"grant": False, "comment": "不能再拖"},
        **{key: {"reason": "会议议定"} for key in ("continue", "suspend", "resume", "cancel")},
    }
    name = {
        "report": "progress_report", "ask": "completion_ask", "withdraw": "completion_withdraw", "close": "check",
        "return": "check", "extend": "extension_ask", "grant": "extension_decide", "refuse": "extension_decide",
    }.get(action, action)  # fmt: skip
    getattr(services, f"task_{name}")(task=task, actor=actor, now=on(4, 1), **given[action])


@pytest.fixture
def people(world: World) -> dict[str, Actor]:
    """Every role of the table, a unit without part in anything among them."""
    world.unit["third"] = Unit.objects.create(
        code="test-third", region=world.region["gs"], name="省环保厅", kind="department", order=90, valid_from=SINCE
    )  # fmt: skip
    world.user["bystander"] = User.objects.create(username="bystander", name="联络员（演示）", is_demo=True)
    Post.objects.create(
        user=world.user["bystander"], unit=world.unit["third"], jurisdiction=world.jurisdiction["gs"], role="liaison",
        title="联络员", starts_on=SINCE,
    )  # fmt: skip
    return {name: world.actor(KEYS.get(name, name)) for name in ROLES["people"]}


def made(world: World, hand_out: HandOut, matter: dict[str, Any], state: str) -> Task:
    """A task of this matter, led to the state by its own steps."""
    task = hand_out(matter.get("part_of", matter["lead"]), supports=tuple(matter["supports"] or ("gsj",)))
    if "part_of" in matter:
        take_step(world, task, "take", NIGHT)
        part = NewTask(title="分出的部分", lead_unit_id=world.unit[matter["lead"]].pk, due_on=task.due_on)
        task = services.task_divide(task=task, part=part, actor=world.actor("liaison"), now=on(3, 20))
    for action in WAYS[state]:
        take_step(world, task, action, NIGHT)
    return fresh(task)


def outcome(world: World, task: Task, action: str, actor: Actor) -> str:
    """Where the step led, "refused" (who), "impossible" (state); whatever happened is taken back."""
    try:
        with transaction.atomic():
            take_step(world, task, action, actor)
            led = fresh(task).state
            transaction.set_rollback(True)
    except NotAllowed as error:
        return "refused" if error.problem.remedy else "refused without a remedy"
    except NoSuchStep as error:
        return "impossible" if error.why and error.remedy else "impossible without words"
    except StateConflict as error:
        return "impossible" if error.problem.remedy else "impossible without words"
    return led


def test_the_file_and_the_house_know_the_same_steps() -> None:
    house = {
        s.value: {step.action: step.next_state for step in TABLE.steps_from(s.value)} for s in TABLE.states
    }
    assert house == STEPS
    for matter in ROLES["matters"]:
        assert set(matter["may"]) == {a.value for a in TABLE.actions} | {"extend", "grant", "refuse"}


@pytest.mark.parametrize("state", STEPS)
@pytest.mark.parametrize("matter", ROLES["matters"], ids=lambda matter: matter["name"])
def test_every_action_of_every_role_ends_as_the_table_says(
    world: World, hand_out: HandOut, people: dict[str, Actor], matter: dict[str, Any], state: str
) -> None:
    task = made(world, hand_out, matter, state)
    assert task.state == state
    wrong = []
    for action in (a.value for a in TABLE.actions):
        for name, actor in people.items():
            may = name in matter["may"][action]
            wanted = STEPS[state].get(action, "impossible") if may else "refused"
            if (got := outcome(world, task, action, actor)) != wanted:
                wrong.append(f"{action} by {name}: {got} instead of {wanted}")
    assert not wrong, "\n".join(wrong)
    assert (fresh(task).state, fresh(task).version) == (state, task.version), "refusals change nothing"


@pytest.mark.parametrize("asked", [False, True])
@pytest.mark.parametrize("matter", ROLES["matters"], ids=lambda matter: matter["name"])
def test_more_time_is_asked_for_and_decided_by_whom_the_table_names(
    world: World, hand_out: HandOut, people: dict[str, Actor], matter: dict[str, Any], asked: bool
) -> None:
    """One application at a time: asked for, it can only be decided; not asked for, there is nothing to decide."""
    task = made(world, hand_out, matter, "running")
    if asked:
        take_step(world, task, "extend", NIGHT)
    possible = {"grant", "refuse"} if asked else {"extend"}
    wrong = []
    for action in ("extend", "grant", "refuse"):
        for name, actor in people.items():
            may = name in matter["may"][action]
            wanted = ("running" if action in possible else "impossible") if may else "refused"
            if (got := outcome(world, task, action, actor)) != wanted:
                wrong.append(f"{action} by {name}: {got} instead of {wanted}")
    assert not wrong, "\n".join(wrong)
    waiting = TaskChange.objects.system("test").filter(task=task, kind="extension", state="asked")
    assert waiting.count() == asked
