"""The reader's proposal laid down as rows that people check; and corrections given all at once laid over them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from itertools import groupby
from typing import Any

from zhize.apps.regulations.models import Clause, ProposedDuty, RegulationVersion
from zhize.apps.regulations.selectors.directory import directory_of
from zhize.apps.regulations.selectors.lexicon import lexicon_on
from zhize.apps.regulations.selectors.versions import version_before
from zhize.apps.regulations.services.drafts import ROLES, Correction, held_from, held_of, holders_corrected
from zhize.core.duties.candidates import read
from zhize.core.duties.when import suggested
from zhize.core.kernel.refs import ClauseRef
from zhize.core.regulation.holders import Holder, Role, Sort
from zhize.core.regulation.proposal import Candidate, Proposal
from zhize.kit.actor import Actor

State = ProposedDuty.State


def propose(version: RegulationVersion) -> Proposal:
    """The reader's proposal for a version, read again from its text (a pure function of text and edition)."""
    regulation = version.regulation
    return read(version.text, lexicon_on(regulation.in_force_from or regulation.issued_on or date.max))


def propose_next(version: RegulationVersion) -> Proposal:
    """As `propose`, but where a clause stands as it stood before, what people made of it then stands too: their splits, their
    holders, what they left out. Names that are no holders are gone. Three statements more."""
    proposal = propose(version)
    before = version_before(version)
    directory = directory_of(version.regulation.jurisdiction)
    settled = _settled(before, proposal) if before else {}
    found: list[Candidate] = []
    for ref, group in groupby(proposal.candidates, key=lambda candidate: candidate.ref):
        found += settled.pop(ref, list(group))
    for left in settled.values():
        found += left
    found.sort(key=lambda candidate: (candidate.start, candidate.number))
    named = [
        replace(c, holders=tuple(h for h in c.holders if not directory.leaves_out(h.name))) for c in found
    ]
    return replace(proposal, candidates=tuple(named))


def _settled(before: RegulationVersion, proposal: Proposal) -> dict[ClauseRef, list[Candidate]]:
    """By clause of the new text whose words and number are those of the version before: the rows confirmed then."""
    rows: dict[str, list[ProposedDuty]] = {}
    for row in (
        ProposedDuty.objects.system("confirmed before").filter(text_version=before).select_related("clause")
    ):
        rows.setdefault(row.clause.path, []).append(row)
    models = {candidate.ref: candidate for candidate in reversed(proposal.candidates)}
    found: dict[ClauseRef, list[Candidate]] = {}
    for clause in proposal.document.walk(attachments=True):
        old = rows.get(str(clause.ref), [])
        if not old or clause.ref not in models or old[0].clause.text != clause.text:
            continue
        model = models[clause.ref]
        first = min(row.start for row in old)
        found[clause.ref] = [
            replace(
                model,
                number=row.segment,
                text=row.text,
                start=model.start + row.start - first,
                end=model.start + row.end - first,
                kind=row.kind,
                nature=row.nature,
                holders=tuple(_holder(held) for held in row.holders),
            )
            for row in old
            if row.state == State.ACCEPTED
        ]
    return found


def _holder(held: dict[str, Any]) -> Holder:
    roles = {value: role for role, value in ROLES.items()}
    sort = next((one for one in Sort if one.value == held["sort"]), Sort.UNIT)
    return Holder(str(held["name"]), sort, roles.get(held.get("role", ""), Role.UNKNOWN))


def rows_lay(version: RegulationVersion, proposal: Proposal, state: str = State.OPEN) -> list[ProposedDuty]:
    """One row per candidate, open unless said otherwise: two statements, whatever their number."""
    clauses = {clause.path: clause for clause in Clause.objects.system("laying rows").filter(version=version)}
    rows = [_row(version, clauses[str(c.ref)], c) for c in proposal.candidates]
    for row in rows:
        row.state = state
    return ProposedDuty.objects.bulk_create(rows, batch_size=500)


def _row(version: RegulationVersion, clause: Clause, candidate: Candidate) -> ProposedDuty:
    found = candidate.recurrence
    said = (found.words, found.due, found.at_least, found.prompt)
    return ProposedDuty(
        text_version=version,
        clause=clause,
        section=clause.path.split(".")[0],
        segment=candidate.number,
        start=candidate.start,
        end=candidate.end,
        text=candidate.text,
        kind=candidate.kind,
        nature=candidate.nature,
        recurrence=suggested(found, candidate.nature),
        when_words="，".join(dict.fromkeys(word for word in said if word))[:120],
        holders=[held_of(holder).as_data() for holder in candidate.holders],
        is_common=candidate.common,
        flags=[reason for _code, reason in candidate.flags],
        confidence=round(candidate.confidence * 100),
        reason=candidate.reason[:400],
    )


def rows_correct(
    rows: list[ProposedDuty], corrections: Mapping[str, Correction], actor: Actor, now: datetime
) -> None:
    """Corrections by key over open rows; every row counts as checked by whoever gave them. What no correction names stays.

    A correction that says nothing of the period means none: the office sets it where the text has none.
    """
    for row in rows:
        fix = corrections.get(row.key, Correction())
        row.title = fix.title or ""
        row.kind, row.nature = fix.kind or row.kind, fix.nature or row.nature
        row.recurrence = dict(fix.recurrence or {})
        row.rule, row.sources = dict(fix.rule or {}), list(fix.sources or ())
        row.holders = [h.as_data() for h in holders_corrected(held_from(row.holders), fix.holders)]
        row.keep_flag = fix.keep_flag or not fix.title
        row.state = State.DROPPED if fix.drop else State.ACCEPTED
        stamp_checked(row, actor, now)
    ProposedDuty.objects.system("rows just checked").bulk_update(
        rows,
        ["title", "kind", "nature", "recurrence", "rule", "sources", "holders", "keep_flag", "state",
         "checked_at", "checked_by", "checked_by_user", "version"],
        batch_size=200,
    )  # fmt: skip


def stamp_checked(row: ProposedDuty, actor: Actor, now: datetime) -> None:
    """Who checked it and when; the version rises, so that another person's stale click is told."""
    row.checked_at, row.checked_by, row.checked_by_user = now, actor.name, actor.user_id
    row.version += 1
