"""Confirming a text whose rows people have checked: what they decided becomes the register of duties."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from zhize.apps.regulations import log_types
from zhize.apps.regulations.models import (
    Clause,
    Duty,
    DutyClause,
    DutyHolder,
    ProposedDuty,
    RegulationVersion,
)
from zhize.apps.regulations.selectors.directory import Directory, directory_of
from zhize.apps.regulations.services.drafts import Correction, Draft, draft_from
from zhize.apps.regulations.services.holders import holder_rows, refuse_unknown_units
from zhize.apps.regulations.services.joining import duties_join
from zhize.apps.regulations.services.obligations import obligations_make
from zhize.apps.regulations.services.proposals import propose, rows_correct, rows_lay
from zhize.apps.regulations.services.texts import refuse_stranger
from zhize.apps.years.models import WorkYear
from zhize.core.duties.titles import short_title
from zhize.core.workflow.document_version import TABLE
from zhize.core.workflow.table import next_state
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.errors import BadInput, Problem, StateConflict
from zhize.kit.rowfile import rowfile_store
from zhize.kit.things import ThingRef
from zhize.kit.versioned import check_version

VERSION_KIND = "regulations.version"


@transaction.atomic
def version_confirm(
    *,
    version: RegulationVersion,
    actor: Actor,
    now: datetime,
    corrections: Mapping[str, Correction] | None = None,
    expected: int | None = None,
) -> list[Duty]:
    """Confirms a text: its checked rows enter the register as duties, and the version never changes again.

    Refuses while rows are open, a row has no holder, or a printed unit is unknown: an obligation must find its unit.
    A row that is a duty of the register already becomes a further basis of it (`duties_join`). Obligations of open years
    are made. `corrections` by key (clause path # segment) check all rows at once, as a file of confirmations does.
    """
    current = (
        RegulationVersion.objects.system("confirming")
        .select_for_update(of=("self",))
        .select_related("regulation__jurisdiction__region")
        .get(pk=version.pk)
    )
    jurisdiction = current.regulation.jurisdiction
    refuse_stranger(actor, jurisdiction.pk)
    check_version(current, expected, mine={})
    step = next_state(TABLE, current.state, "confirm")
    rows = rows_of(current)
    if corrections is not None:
        if not rows:
            rows_lay(current, propose(current))
            rows = rows_of(current)
        rows_correct(rows, corrections, actor, now)
    directory = directory_of(jurisdiction)
    kept = [draft_from(row) for row in rows if row.state != ProposedDuty.State.DROPPED]
    refuse_open(rows, directory)
    refuse_unknown_units(kept, directory)
    joined = [d for d in kept if d.existing_id]
    duties = duties_save(current, [d for d in kept if not d.existing_id], directory)
    duties_join(current, joined, directory, actor, now)
    current.state = step.next_state
    current.confirmed_at, current.confirmed_by = now, actor.name
    current.version += 1
    current.full_clean()
    current.save()
    for year in WorkYear.objects.system("what began is owed").filter(
        jurisdiction=jurisdiction, state=WorkYear.State.OPEN
    ):
        obligations_make(year=year, actor=actor, now=now)
    digest = rowfile_store(
        {"code": d.code, "title": d.title, "nature": d.nature, "text": d.text} for d in duties
    )
    record(
        log_types.VERSION_CONFIRMED,
        actor=actor,
        thing=ThingRef(VERSION_KIND, current.pk),
        now=now,
        after={
            "duties": len(duties),
            "joined": len(joined),
            "dropped": len(rows) - len(kept),
            "state": current.state,
        },
        rows_digest=digest,
        jurisdiction_code=jurisdiction.code,
    )
    return duties


def rows_of(version: RegulationVersion) -> list[ProposedDuty]:
    """The rows of a text in its order, clauses joined."""
    return list(
        ProposedDuty.objects.system("confirming").filter(text_version=version).select_related("clause")
    )


def refuse_open(rows: Sequence[ProposedDuty], directory: Directory) -> None:
    """One problem per row that nobody has checked, or that nobody would hold once names were left out."""
    problems = [
        Problem("还没有核对", row.clause.label, remedy="请核对后通过、修改或不登记")
        if row.state == ProposedDuty.State.OPEN
        else Problem("没有责任主体", row.clause.label, "会成为责任空白", "请指定责任单位，或不登记这一项")
        for row in rows
        if row.state == ProposedDuty.State.OPEN
        or (row.state == ProposedDuty.State.ACCEPTED and _nobody(row, directory))
    ]
    if problems:
        raise BadInput(f"还有 {len(problems)} 项没有核对完，不能确认", problems)


def _nobody(row: ProposedDuty, directory: Directory) -> bool:
    return all(not held.get("unit") and directory.leaves_out(str(held["name"])) for held in row.holders)


def duties_save(version: RegulationVersion, drafts: Sequence[Draft], directory: Directory) -> list[Duty]:
    """New duties with bases and holders: four statements, whatever their number."""
    jurisdiction = version.regulation.jurisdiction
    clause_ids = dict(Clause.objects.system("linking").filter(version=version).values_list("path", "pk"))
    prefix = code_prefix(version)
    taken = Duty.objects.system("codes").filter(jurisdiction=jurisdiction).values_list("code", flat=True)
    clash = set(taken) & {f"{prefix}{d.key}" for d in drafts}
    if clash:
        raise StateConflict(
            f"职责 {min(clash)} 等 {len(clash)} 项已经登记",
            why="同一文本不能确认两次",
            remedy="请先查看已有职责",
        )
    first = Duty.objects.system("order").filter(jurisdiction=jurisdiction).count()
    duties = [_duty(d, version, f"{prefix}{d.key}", first + order) for order, d in enumerate(drafts, 1)]
    for duty in duties:
        duty.clean_fields()
    Duty.objects.bulk_create(duties)
    holders: list[DutyHolder] = []
    bases: list[DutyClause] = []
    for duty, draft in zip(duties, drafts, strict=True):
        bases.append(DutyClause(duty=duty, clause_id=clause_ids[draft.path], segment=draft.segment))
        holders += holder_rows(duty, draft.holders, jurisdiction, directory)
    DutyClause.objects.bulk_create(bases)
    DutyHolder.objects.bulk_create(holders)
    return duties


def code_prefix(version: RegulationVersion) -> str:
    """What tells the duties of one document from those of another: nothing for the main one."""
    return "" if version.regulation.code == "main" else f"{version.regulation.code}/"


def _duty(draft: Draft, version: RegulationVersion, code: str, order: int) -> Duty:
    return Duty(
        jurisdiction_id=version.regulation.jurisdiction_id,
        code=code[:40],
        title=(draft.title or short_title(draft.text))[:60],
        text=draft.text,
        kind=draft.kind,
        nature=draft.nature,
        recurrence=dict(draft.recurrence),
        rule=dict(draft.rule),
        sources=list(draft.sources),
        is_common=draft.common,
        flag=draft.flag[:300],
        order=order,
        valid_from=version.regulation.in_force_from or version.regulation.issued_on,
    )
