"""核查评分: what each criterion is scored by, and who says so. What was collected is not typed over without a reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from zhize.apps.assessment import log_types, mapping, policies, selectors
from zhize.apps.assessment.models import Assessed, Entry
from zhize.apps.assessment.services.common import (
    assessed_locked,
    demand,
    demand_state,
    entry_locked,
    log,
    save,
    touch,
)
from zhize.core.kernel.errors import CoreError
from zhize.core.scoring.facts import Supply, given_from
from zhize.core.scoring.scheme import Node
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput
from zhize.kit.versioned import check_version, snapshot

LOGGED = ["code", "facts", "origin", "reason", "checked_by"]
NOT_YOURS = "您不能给这个对象的这一项评分"
WHOSE = "由办公室、考核员或办法写明的评分单位办理；任何人不得给本单位、本地区评分"


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
    by = selectors.scored_by(actor, assessed.round)
    demand(policies.may_check(actor, assessed, current.code, by), NOT_YOURS, WHOSE)
    demand_state(assessed.round, *policies.CHECKING, doing="评分")
    check_version(current, version, mine={"facts": dict(facts), "reason": reason})
    leaf = _leaf(current)
    plain = {name: value for name, value in facts.items() if value not in (None, "")}
    _refuse_unreadable(leaf, plain)
    changed = bool(current.collected) and plain != current.collected
    if changed and not reason.strip():
        raise BadInput(
            "改动了系统采集的数据而没有写理由",
            where=f"{leaf.number} {leaf.title}".strip(),
            why="采集的数据有据可查，改动须说明",
            remedy="请写明改动的依据；不改动的请恢复采集的数据",
        )
    before = snapshot(current, LOGGED)
    _decide(current, plain, reason, actor, now)
    save(current, f"评分 · {leaf.title}")
    touch(assessed.round, now)
    log(log_types.ENTRY_CHECKED, assessed, actor, now, before=before, after=snapshot(current, LOGGED))
    return current


@transaction.atomic
def entries_accept(*, assessed: Assessed, actor: Actor, now: datetime) -> int:
    """Accepts the points an object gave itself where marks are given by hand and nobody has marked yet; gives how many.

    Only criteria this actor may score. One entry in the log.
    """
    current = assessed_locked(assessed)
    by = selectors.scored_by(actor, current.round)
    demand_state(current.round, *policies.CHECKING, doing="评分")
    scheme = mapping.scheme_of(current.round)
    taken = []
    allowed: dict[bool, bool] = {}
    for entry in selectors.entries_of([current]).get(current.pk, []):
        leaf = scheme.node(entry.code)
        fits = leaf is not None and leaf.method is not None and leaf.method.kind == "manual"
        if not fits or entry.origin != Entry.Origin.NONE or entry.self_points is None:
            continue
        named = entry.code in by
        if named not in allowed:
            allowed[named] = policies.may_check(actor, current, entry.code, by)
        if not allowed[named]:
            continue
        _decide(entry, {"value": format(entry.self_points.normalize(), "f")}, "按自评认定", actor, now)
        entry.version += 1
        taken.append(entry)
    demand(any(allowed.values()) or not allowed, NOT_YOURS, WHOSE)
    Entry.objects.system("the entries just read").bulk_update(taken, [*FIELDS, "version"])
    if taken:
        touch(current.round, now)
    log(log_types.ENTRIES_ACCEPTED, current, actor, now, after={"entries": [one.code for one in taken]})
    return len(taken)


FIELDS = ("facts", "origin", "reason", "checked_by", "checked_hat", "checked_user", "checked_at")


def _decide(entry: Entry, facts: dict[str, Any], reason: str, actor: Actor, now: datetime) -> None:
    entry.facts = facts
    entry.origin = Entry.Origin.CHECKED if facts else Entry.Origin.NONE
    entry.reason = reason.strip()
    entry.checked_by, entry.checked_hat = actor.name[:80], actor.hat[:160]
    entry.checked_user, entry.checked_at = actor.user_id, now


def _leaf(entry: Entry) -> Node:
    leaf = mapping.scheme_of(entry.assessed.round).node(entry.code)
    if leaf is None or leaf.method is None:
        raise BadInput("考核表没有这一项", where=entry.code, remedy="请刷新页面")
    return leaf


def _refuse_unreadable(leaf: Node, facts: dict[str, Any]) -> None:
    """Lets the method itself read them, so that what is kept can always be scored."""
    where = f"{leaf.number} {leaf.title}".strip()
    try:
        given = given_from(facts, where)
        if given.supply is Supply.GIVEN and leaf.method is not None:
            worth = leaf.worth if leaf.out_of is None else leaf.out_of
            leaf.method.score(worth, given, ())
    except CoreError as error:
        raise BadInput(error.what, where=where, why=error.why, remedy=error.remedy) from error
