"""What every step of an assessment shares: locks, steps by the table, refusals in words, to-dos, the log."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import models

from zhize.apps.assessment.models import Assessed, Entry, Round
from zhize.apps.documents.models import Evidence
from zhize.apps.documents.services import evidence_register
from zhize.apps.years.models import WorkYear
from zhize.apps.years.selectors import days_after
from zhize.core.kernel.errors import NoSuchStep
from zhize.core.workflow.assessment_round import TABLE
from zhize.core.workflow.table import Step, Table, next_state
from zhize.kit.actor import Actor
from zhize.kit.audit import LogType, record
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, NotAllowed, Problem, StateConflict
from zhize.kit.rules import rule
from zhize.kit.things import ThingRef
from zhize.kit.versioned import snapshot

ROUND, ASSESSED = "assessment.round", "assessment.assessed"
TODO_SELF = "assessment.self"
TODO_GOALS = "assessment.goals"
TODO_GOALS_ASKED = "assessment.goals_asked"
TODO_CHECK = "assessment.check"
TODO_FEEDBACK = "assessment.feedback"
TODO_ANSWER = "assessment.answer"
TODO_APPROVE = "assessment.approve"
LOGGED = [
    "title",
    "state",
    "cut_off_on",
    "goals_due_on",
    "self_due_on",
    "check_due_on",
    "appeal_due_on",
    "approved_on",
    "published_on",
]


def evidence_new(
    assessed: Assessed, uploads: Iterable[File[bytes]], dated_on: date, actor: Actor, now: datetime
) -> list[Evidence]:
    """New files of an object as evidence of the round's year, given to the jurisdiction that assesses."""
    round_ = assessed.round
    return [
        evidence_register(
            upload=upload,
            jurisdiction=round_.jurisdiction,
            title=upload.name or "",
            dated_on=dated_on,
            period=(round_.year.starts_on, round_.year.ends_on),
            actor=actor,
            now=now,
        )
        for upload in uploads
    ]


def ref_of(thing: Round | Assessed) -> ThingRef:
    return ThingRef(ROUND if isinstance(thing, Round) else ASSESSED, thing.pk)


def round_locked(round_: Round) -> Round:
    """The row, locked for this write."""
    return (
        Round.objects.system("locked for a write")
        .select_for_update(of=("self",))
        .select_related("jurisdiction__region", "year")
        .get(pk=round_.pk)
    )


def round_read(round_: Round) -> Round:
    """The row as it is now, for a long run of short transactions."""
    rows = Round.objects.system("a long run reads the state anew")
    return rows.select_related("jurisdiction__region", "year").get(pk=round_.pk)


def assessed_locked(assessed: Assessed) -> Assessed:
    return (
        Assessed.objects.system("locked for a write")
        .select_for_update(of=("self",))
        .select_related("unit__region", "round__jurisdiction", "round__year")
        .get(pk=assessed.pk)
    )


def entry_locked(entry: Entry) -> Entry:
    return (
        Entry.objects.system("locked for a write")
        .select_for_update(of=("self",))
        .select_related("assessed__unit__region", "assessed__round__jurisdiction", "assessed__round__year")
        .get(pk=entry.pk)
    )


def demand(allowed: bool, what: str, remedy: str) -> None:
    """The policy's answer as a refusal in words."""
    if not allowed:
        raise NotAllowed(what, remedy=remedy)


def demand_keeping(allowed: bool) -> None:
    demand(allowed, "只有本辖区领导小组办公室可以组织这次考核", "请切换到办公室的身份")


def demand_deciding(allowed: bool) -> None:
    demand(allowed, "这一步须由办公室主任办理", "请由办公室主任登录后办理")


def step_of(table: Table, state: str, action: str, where: str) -> Step:
    """The step by the table; `StateConflict` in words where the state does not admit it."""
    try:
        return next_state(table, state, action)
    except NoSuchStep as error:
        raise StateConflict(error.what, where=where, why=error.why, remedy=error.remedy) from error


def round_step(round_: Round, action: str) -> None:
    """Moves the round a step on; the caller saves and logs."""
    round_.state = step_of(TABLE, round_.state, action, round_.title).next_state


def demand_state(round_: Round, *states: str, doing: str) -> None:
    """Refuses an act that belongs to other steps of the round."""
    if round_.state not in states:
        open_in = "、".join(TABLE.status(state).label for state in states)
        raise StateConflict(
            f"“{round_.get_state_display()}”的考核不能{doing}",
            where=round_.title,
            why=f"{doing}只在“{open_in}”时办理",
            remedy="请联系办公室；确需更正的，由办公室转回相应步骤",
        )


def demand_open_year(year: WorkYear) -> None:
    if year.state == WorkYear.State.CLOSED:
        raise StateConflict(f"{year.label}已关账", why="关账后不再变动", remedy="请由办公室主任重新开启年度")


def checked(thing: models.Model, where: str) -> None:
    """`full_clean`, with every complaint naming its field."""
    labels = {field.name: str(field.verbose_name) for field in thing._meta.concrete_fields}
    try:
        thing.full_clean()
    except ValidationError as error:
        problems = [
            Problem("；".join(words), f"{where} · {labels.get(name, '')}".rstrip(" ·"), "", "请改正后再保存")
            for name, words in error.message_dict.items()
        ]
        raise BadInput(
            problems[0].what, problems, where=problems[0].where, remedy=problems[0].remedy
        ) from error


def save(thing: Round | Assessed | Entry, where: str) -> None:
    thing.version += 1
    checked(thing, where)
    thing.save()


def touch(round_: Round, now: datetime) -> None:
    """Something the scores hang on changed: they must be worked out again."""
    Round.objects.system("scores hang on what changed").filter(pk=round_.pk).update(stale_since=now)
    round_.stale_since = now


def days_on(round_: Round, key: str, now: datetime) -> date:
    """So many working days from today, by the rule in force."""
    today = local_day(now)
    days = int(rule("assessment/deadlines", on=today, jurisdiction=round_.jurisdiction.code)[key])
    return days_after(today, days)


def log(
    log_type: LogType,
    thing: Round | Assessed,
    actor: Actor,
    now: datetime,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    note: str = "",
) -> None:
    round_ = thing if isinstance(thing, Round) else thing.round
    record(
        log_type,
        actor=actor,
        thing=ref_of(thing),
        now=now,
        before=before,
        after=snapshot(round_, LOGGED) if after is None else after,
        note=note,
        jurisdiction_code=round_.jurisdiction.code,
    )
