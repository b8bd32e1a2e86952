"""核查评分: what each criterion is scored by, and who says so. What was collected is not typed over without a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from zhize.apps.assessment import log_types, mapping, policies, selectors
from zhize.apps.assessment.models import Assessed, Entry, Round
from zhize.apps.assessment.services.common import (
    assessed_locked,
    demand,
    demand_state,
    entry_locked,
    log,
    round_locked,
    save,
    touch,
)
from zhize.core.kernel.errors import CoreError
from zhize.core.scoring.facts import Supply, given_from
from zhize.core.scoring.scheme import Node, Scheme
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput, Problem
from zhize.kit.versioned import check_version, snapshot

LOGGED = ["code", "facts", "origin", "reason", "checked_by"]
NOT_YOURS = "您不能给这个对象的这一项评分"
WHOSE = "由办公室、办法写明的评分单位或考核组的考核员办理；任何人不得给本单位、本地区评分"


@dataclass(frozen=True, slots=True)
class Mark:
    """What one entry is to be scored by. `version`: the one the form was opened with."""

    entry_id: int
    facts: Mapping[str, Any]
    reason: str = ""
    version: int | None = None


@transaction.atomic
def entry_check(
    *,
    entry: Entry,
    facts: Mapping[str, Any],
    reason: str,
    version: int | None,
    actor: Actor,
    now: datetime,
) -> Entry:
    """Says what a criterion is scored by: {value: "8"}, {met: true}, {not_applicable: reason} … as its method reads.

    Raises `BadInput` for facts the method cannot take, and where collected data are changed without a reason.
    """
    current = entry_locked(entry)
    assessed = current.assessed
    _demand(actor, assessed.round, [current])
    check_version(current, version, mine={"facts": dict(facts), "reason": reason})
    before = snapshot(current, LOGGED)
    leaf = _leaf(mapping.scheme_of(assessed.round), current.code)
    _decide(current, leaf, facts, reason, actor, now)
    save(current, f"评分 · {leaf.title}")
    touch(assessed.round, now)
    log(log_types.ENTRY_CHECKED, assessed, actor, now, before=before, after=snapshot(current, LOGGED))
    return current


@transaction.atomic
def marks_save(*, round_: Round, marks: Sequence[Mark], actor: Actor, now: datetime) -> int:
    """Scores many entries at once, one criterion over all objects or one object's whole table; gives how many changed.

    All or none: `BadInput` names every object and criterion that cannot be taken. What is as it was is left alone. The
    statements do not grow with the entries; one entry in the log.
    """
    current = round_locked(round_)
    wanted = {mark.entry_id: mark for mark in marks}
    rows = list(
        Entry.objects.system("locked for a write")
        .select_for_update(of=("self",))
        .filter(pk__in=wanted, assessed__round=current)
        .select_related("assessed__unit__region", "assessed__round__jurisdiction", "assessed__round__year")
        .order_by("pk")
    )
    _demand(actor, current, rows)
    scheme = mapping.scheme_of(current)
    changed, problems = [], []
    for row in rows:
        mark = wanted[row.pk]
        if _plain(mark.facts) == row.facts and mark.reason.strip() == row.reason and row.checked_by:
            continue
        check_version(row, mark.version, mine={"facts": dict(mark.facts), "reason": mark.reason})
        leaf = _leaf(scheme, row.code)
        try:
            _decide(row, leaf, mark.facts, mark.reason, actor, now)
        except BadInput as error:
            one = error.problem
            problems.append(Problem(one.what, f"{row.assessed.name} · {one.where}", one.why, one.remedy))
            continue
        row.version += 1
        changed.append(row)
    if problems:
        raise BadInput(problems[0].what, problems)
    _write(changed, current, now)
    log(log_types.ENTRIES_CHECKED, current, actor, now, after={f"{row.assessed.unit.code}.{row.code}": row.facts for row in changed})  # fmt: skip
    return len(changed)


@transaction.atomic
def entries_accept(*, assessed: Assessed, actor: Actor, now: datetime) -> int:
    """Accepts the points an object gave itself where marks are given by hand and nobody has marked yet; gives how many.

    Only criteria this actor may score. One entry in the log.
    """
    current = assessed_locked(assessed)
    scheme = mapping.scheme_of(current.round)
    charge = selectors.charge_of(actor, current.round)
    demand_state(current.round, *policies.CHECKING, doing="评分")
    mine = [
        entry
        for entry in selectors.entries_of([current]).get(current.pk, [])
        if policies.may_check(actor, current, entry.code, charge)
    ]
    demand(bool(mine), NOT_YOURS, WHOSE)
    taken = []
    for entry in mine:
        leaf = _leaf(scheme, entry.code)
        fits = leaf.method is not None and leaf.method.kind == "manual"
        if fits and entry.origin == Entry.Origin.NONE and entry.self_points is not None:
            facts = {"value": format(entry.self_points.normalize(), "f")}
            _decide(entry, leaf, facts, "按自评认定", actor, now)
            entry.version += 1
            taken.append(entry)
    _write(taken, current.round, now)
    log(log_types.ENTRIES_ACCEPTED, current, actor, now, after={"entries": [one.code for one in taken]})
    return len(taken)


FIELDS = ("facts", "origin", "reason", "checked_by", "checked_hat", "checked_user", "checked_at", "judged_by")


def _demand(actor: Actor, round_: Round, rows: Sequence[Entry]) -> None:
    """Whether the actor may score each of these, now. Two statements, two more for an assessor."""
    charge = selectors.charge_of(actor, round_)
    allowed = all(policies.may_check(actor, row.assessed, row.code, charge) for row in rows)
    demand(bool(rows) and allowed, NOT_YOURS, WHOSE)
    demand_state(round_, *policies.CHECKING, doing="评分")


def _write(rows: Sequence[Entry], round_: Round, now: datetime) -> None:
    Entry.objects.system("the entries just read").bulk_update(rows, [*FIELDS, "version"], batch_size=200)
    if rows:
        touch(round_, now)


def _decide(
    entry: Entry, leaf: Node, facts: Mapping[str, Any], reason: str, actor: Actor, now: datetime
) -> None:
    """Puts the decision on the row. What was collected is not changed without a reason."""
    plain = _plain(facts)
    _refuse_unreadable(leaf, plain)
    if entry.collected and plain != entry.collected and not reason.strip():
        raise BadInput(
            "改动了系统采集的数据而没有写理由",
            where=leaf.name,
            why="采集的数据有据可查，改动须说明",
            remedy="请写明改动的依据；不改动的请恢复采集的数据",
        )
    entry.facts = plain
    entry.origin = Entry.Origin.CHECKED if plain else Entry.Origin.NONE
    entry.reason = reason.strip()[:500]
    entry.checked_by, entry.checked_hat = actor.name[:80], actor.hat[:160]
    entry.checked_user, entry.checked_at = actor.user_id, now
    if actor.user_id is not None and actor.user_id not in entry.judged_by:
        entry.judged_by = [*entry.judged_by, actor.user_id]


def _plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value not in (None, "")}


def _leaf(scheme: Scheme, code: str) -> Node:
    leaf = scheme.node(code)
    if leaf is None or leaf.method is None:
        raise BadInput("考核表没有这一项", where=code, remedy="请刷新页面")
    return leaf


def _refuse_unreadable(leaf: Node, facts: dict[str, Any]) -> None:
    """Lets the method itself read them, so that what is kept can always be scored."""
    where = leaf.name
    try:
        given = given_from(facts, where)
        if given.supply is Supply.GIVEN and leaf.method is not None:
            worth = leaf.worth if leaf.out_of is None else leaf.out_of
            leaf.method.score(worth, given, ())
    except CoreError as error:
        raise BadInput(error.what, where=where, why=error.why, remedy=error.remedy) from error
