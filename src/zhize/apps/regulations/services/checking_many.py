"""Many rows of a text at once: accepted above a confidence, taken by somebody, laid anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from zhize.apps.regulations import log_types
from zhize.apps.regulations.models import Clause, Duty, ProposedDuty, RegulationVersion
from zhize.apps.regulations.selectors.directory import directory_of
from zhize.apps.regulations.selectors.overlaps import overlaps_of
from zhize.apps.regulations.services.checking import VERSION_KIND, draft_locked
from zhize.apps.regulations.services.proposals import propose, rows_lay, stamp_checked
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput
from zhize.kit.rules import rule
from zhize.kit.things import ThingRef

State = ProposedDuty.State


@dataclass(frozen=True, slots=True)
class Accepted:
    """What accepting in bulk did: rows accepted, and rows left since they may be duties the register has already."""

    accepted: int
    left: int


@transaction.atomic
def rows_accept(*, version: RegulationVersion, least: int, actor: Actor, now: datetime) -> Accepted:
    """批量通过: all open rows of at least this confidence (per cent) that have a holder.

    A row that may be a duty of the register is left to a person, unless one has said how the two are related.
    """
    text = draft_locked(version, actor)
    jurisdiction = text.regulation.jurisdiction
    rows = ProposedDuty.objects.system("accepting in bulk").select_for_update().filter(text_version=text)
    able = [r for r in rows.filter(state=State.OPEN, confidence__gte=least) if r.holders]
    values = rule("regulations/checking", on=local_day(now), jurisdiction=jurisdiction.code)
    undecided = [row for row in able if not row.relation]
    doubled = overlaps_of(text, undecided, directory_of(jurisdiction), values)
    taken = [row for row in able if row.pk not in doubled]
    for row in taken:
        row.state = State.ACCEPTED
        stamp_checked(row, actor, now)
    ProposedDuty.objects.system("rows just checked").bulk_update(
        taken, ["state", "checked_at", "checked_by", "checked_by_user", "version"], batch_size=200
    )
    record(
        log_types.ROWS_ACCEPTED,
        actor=actor,
        thing=ThingRef(VERSION_KIND, text.pk),
        now=now,
        after={"least": least, "accepted": len(taken), "rows": [row.pk for row in taken]},
        jurisdiction_code=jurisdiction.code,
    )
    return Accepted(len(taken), len(doubled))


@transaction.atomic
def section_take(
    *, version: RegulationVersion, section: str, give_back: bool, actor: Actor, now: datetime
) -> int:
    """认领: the open rows of a part are mine to check, or no longer. Others see it; nobody is locked out."""
    text = draft_locked(version, actor)
    rows = ProposedDuty.objects.system("taking a part").filter(
        text_version=text, section=section, state=State.OPEN
    )
    rows = rows.filter(taken_by_user=actor.user_id) if give_back else rows
    who: dict[str, Any] = {"taken_by": "", "taken_by_user": None}
    if not give_back:
        who = {"taken_by": actor.name, "taken_by_user": actor.user_id}
    count = rows.update(**who)
    record(
        log_types.ROWS_TAKEN,
        actor=actor,
        thing=ThingRef(VERSION_KIND, text.pk),
        now=now,
        after={"section": section, "rows": count, "given_back": give_back},
        jurisdiction_code=text.regulation.jurisdiction.code,
    )
    return count


@transaction.atomic
def rows_reread(*, version: RegulationVersion, actor: Actor, now: datetime) -> int:
    """重新识别: the rows are laid anew from the text; what people checked so far is given up, and the log says how much."""
    text = draft_locked(version, actor)
    rows = ProposedDuty.objects.system("laid anew").filter(text_version=text)
    given_up = rows.exclude(state=State.OPEN).count()
    rows.delete()
    laid = rows_lay(text, propose(text))
    record(
        log_types.ROWS_LAID,
        actor=actor,
        thing=ThingRef(VERSION_KIND, text.pk),
        now=now,
        after={"rows": len(laid), "given_up": given_up},
        jurisdiction_code=text.regulation.jurisdiction.code,
    )
    return len(laid)


@transaction.atomic
def row_add(*, version: RegulationVersion, clause_id: int, actor: Actor, now: datetime) -> ProposedDuty:
    """补登: a row from a clause the reader made nothing of, open and without holder, for a person to complete.

    Refuses a clause of another text, and one that has rows already.
    """
    text = draft_locked(version, actor)
    clause = Clause.objects.system("a row by hand").filter(version=text, pk=clause_id).first()
    if clause is None or ProposedDuty.objects.system("a row by hand").filter(clause=clause).exists():
        raise BadInput("这一条已有核对项，或不在本文中", where="条款", remedy="请刷新页面后重试")
    start = max(text.text.find(clause.text), 0)
    row = ProposedDuty(
        text_version=text, clause=clause, section=clause.path.split(".")[0], start=start, end=start + len(clause.text),
        text=clause.text[:4000], nature=Duty.Nature.STANDING, reason="由人补登", by_hand=True,
    )  # fmt: skip
    row.full_clean(exclude=["clause", "text_version"])
    row.save()
    record(
        log_types.ROW_CHANGED,
        actor=actor,
        thing=ThingRef(VERSION_KIND, text.pk),
        now=now,
        after={"text": row.text},
        note=f"{clause.label} {row.key}",
        jurisdiction_code=text.regulation.jurisdiction.code,
    )
    return row
