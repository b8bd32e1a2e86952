"""The next version of a text: read as a draft, compared, and the register's duties carried over (DESIGN: what nobody else has, 8).

A duty keeps its row, so its obligations, discharges, plans and history go on with it; what ends keeps its history and a
last day; what begins is a new duty. Nothing uncertain is carried without a person's word.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from zhize.apps.regulations import log_types, selectors
from zhize.apps.regulations.models import (
    Clause,
    Duty,
    DutyClause,
    DutyHolder,
    ProposedDuty,
    RegulationVersion,
)
from zhize.apps.regulations.selectors.directory import Directory, directory_of
from zhize.apps.regulations.selectors.lexicon import lexicon_on
from zhize.apps.regulations.selectors.versions import CarryRow
from zhize.apps.regulations.services.confirming import code_prefix, duties_save
from zhize.apps.regulations.services.drafts import draft_of, held_of
from zhize.apps.regulations.services.further import rest_further
from zhize.apps.regulations.services.holders import holder_rows, refuse_unknown_units
from zhize.apps.regulations.services.obligations import obligations_make
from zhize.apps.regulations.services.proposals import propose_next, rows_lay
from zhize.apps.regulations.services.texts import refuse_stranger
from zhize.apps.years.models import WorkYear
from zhize.core.duties.carry import Fate
from zhize.core.regulation.amend import Amended, amend
from zhize.core.regulation.proposal import Candidate
from zhize.core.workflow.document_version import TABLE
from zhize.core.workflow.table import next_state
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, Problem, StateConflict
from zhize.kit.rowfile import rowfile_store
from zhize.kit.things import ThingRef
from zhize.kit.versioned import check_version

KIND = "regulations.version"


@dataclass(frozen=True, slots=True)
class Carried:
    """What the new version did to the register. `open_ended`: obligations not done of duties that ended, for a person."""

    kept: int
    ended: int
    begun: int
    open_ended: int


def version_amended(*, version: RegulationVersion, amending: str) -> Amended:
    """The text in force as a document amends it: a proposal, nothing is written (`regulation.amend`)."""
    regulation = version.regulation
    words = lexicon_on(regulation.in_force_from or regulation.issued_on or date.max)
    return amend(version.text, amending, words)


@transaction.atomic
def version_carry(
    *,
    version: RegulationVersion,
    decisions: Mapping[str, str],
    expected: int | None,
    actor: Actor,
    now: datetime,
) -> Carried:
    """Confirms a next version: duties go on, end or begin as proposed and as a person decided.

    `decisions` by the code of the old duty: the key of the new candidate, or "" where it ends. A doubtful duty without
    a decision is refused by name. The earlier version is repealed; open years get the obligations of what began.
    """
    current = _locked(version)
    jurisdiction = current.regulation.jurisdiction
    refuse_stranger(actor, jurisdiction.pk)
    check_version(current, expected, mine={})
    before = selectors.version_before(current)
    if before is None:
        raise StateConflict("这是第一版文本，没有可承接的职责", remedy="请在“核对并确认职责”中确认")
    step = next_state(TABLE, current.state, "confirm")
    proposal = propose_next(current)
    rows = selectors.carry_rows(current, proposal)
    targets = _targets(rows, decisions, {c.key for c in proposal.candidates})
    directory = directory_of(jurisdiction)
    refuse_unknown_units([draft_of(c) for c in proposal.candidates], directory)
    starts = current.in_force_on or local_day(now)
    duties = {row.duty.code: row.duty for row in rows if row.duty is not None}
    elsewhere = selectors.duties_resting_elsewhere(current, list(duties.values()))
    gone = [duty for code, duty in duties.items() if not targets.get(code) and duty.pk not in elsewhere]
    _end(gone, starts, before.number)
    by_key = {candidate.key: candidate for candidate in proposal.candidates}
    kept = [(duties[code], by_key[key]) for code, key in targets.items() if key]
    _go_on(kept, current, directory)
    further = rest_further(kept, before, current, by_key, set(targets.values()))
    begun = [draft_of(c) for c in proposal.candidates if c.key not in {*targets.values(), *further}]
    made = duties_save(current, begun, directory)
    rows_lay(
        current, proposal, state=ProposedDuty.State.ACCEPTED
    )  # what the version after this one starts from
    Duty.objects.system("begin with the version").filter(pk__in=[d.pk for d in made]).update(
        valid_from=starts
    )
    if before.state != RegulationVersion.State.REPEALED:
        before.state = next_state(TABLE, before.state, "repeal").next_state
        before.version += 1
        before.save()
    current.state, current.confirmed_at, current.confirmed_by = step.next_state, now, actor.name
    current.version += 1
    current.full_clean()
    current.save()
    for year in WorkYear.objects.system("what began is owed").filter(
        jurisdiction=jurisdiction, state=WorkYear.State.OPEN
    ):
        obligations_make(year=year, actor=actor, now=now)
    carried = Carried(len(kept), len(gone), len(made), selectors.open_obligations_of([d.pk for d in gone]))
    record(
        log_types.VERSION_CARRIED,
        actor=actor,
        thing=ThingRef(KIND, current.pk),
        now=now,
        after={
            "kept": carried.kept,
            "ended": carried.ended,
            "begun": carried.begun,
            "repealed": before.number,
        },
        rows_digest=rowfile_store({"old": code, "new": key or "终止"} for code, key in targets.items()),
        jurisdiction_code=jurisdiction.code,
    )
    return carried


def _locked(version: RegulationVersion) -> RegulationVersion:
    return (
        RegulationVersion.objects.system("confirming the next version")
        .select_for_update(of=("self",))
        .select_related("regulation__jurisdiction__region")
        .get(pk=version.pk)
    )


def _targets(rows: list[CarryRow], decisions: Mapping[str, str], keys: set[str]) -> dict[str, str]:
    """Old code → new key, or "" for what ends. A person's word goes before the proposal."""
    problems: list[Problem] = []
    targets: dict[str, str] = {}
    for row in rows:
        if row.duty is None:
            continue
        code, proposed = row.duty.code, row.carry
        if code in decisions:
            key = decisions[code]
            if key and key not in keys:
                problems.append(Problem(f"新文本中没有“{key}”", row.duty.title, remedy="请从列表中选择"))
                continue
        elif proposed.fate is Fate.DECIDE:
            problems.append(
                Problem("还没有决定是否沿用", f"{code} {row.duty.title}", proposed.why, "请选择沿用或终止")
            )
            continue
        else:
            key = proposed.new or ""
        if key and key in targets.values():
            problems.append(
                Problem(f"新文本的“{key}”被两项职责承接", row.duty.title, remedy="请只留一项，另一项终止")
            )
            continue
        targets[code] = key
    if problems:
        raise BadInput("有职责还不能承接", problems)
    return targets


def _end(duties: list[Duty], starts: date, number: int) -> None:
    """The last day is the one before the new text; the code is set free for the duty that now stands in that clause."""
    for duty in duties:
        duty.valid_to = starts - timedelta(days=1)
        duty.code = f"{duty.code}@{number}"[:40]
        duty.version += 1
        duty.clean_fields()
    Duty.objects.system("carried over").bulk_update(duties, ["valid_to", "code", "version"])


def _go_on(kept: list[tuple[Duty, Candidate]], version: RegulationVersion, directory: Directory) -> None:
    """Words, code, order, clause and holders of the new text; everything that hangs on the duty stays.

    A duty that another document set gets the clause as a basis and nothing else: its words are that document's.
    """
    prefix = code_prefix(version)
    borne = {duty.pk for duty, _candidate in kept if not _is_of(duty, prefix)}
    places = dict(Clause.objects.system("linking").filter(version=version).values_list("path", "pk"))
    own = [(duty, candidate) for duty, candidate in kept if duty.pk not in borne]
    for duty, _candidate in own:
        duty.code = f"~{duty.pk}"
    Duty.objects.system("carried over").bulk_update([duty for duty, _ in own], ["code"])
    bases: list[DutyClause] = []
    holders: list[DutyHolder] = []
    renamed: list[int] = []
    for duty, candidate in kept:
        bases.append(DutyClause(duty=duty, clause_id=places[str(candidate.ref)], segment=candidate.number))
    for order, (duty, candidate) in enumerate(sorted(own, key=lambda pair: pair[1].start), 1):
        duty.code, duty.text, duty.order = f"{prefix}{candidate.key}"[:40], candidate.text, order
        duty.version += 1
        duty.clean_fields()
        if [h.printed for h in duty.holders.all()] != [h.name for h in candidate.holders]:
            renamed.append(duty.pk)
            found = [held_of(holder) for holder in candidate.holders]
            holders += holder_rows(duty, found, version.regulation.jurisdiction, directory)
    Duty.objects.system("carried over").bulk_update(
        [duty for duty, _ in own], ["code", "text", "order", "version"]
    )
    DutyClause.objects.bulk_create(bases)
    DutyHolder.objects.filter(duty_id__in=renamed).delete()
    DutyHolder.objects.bulk_create(holders)


def _is_of(duty: Duty, prefix: str) -> bool:
    """Whether the duty's code is one of this document (`code_prefix`)."""
    return duty.code.startswith(prefix) if prefix else "/" not in duty.code
