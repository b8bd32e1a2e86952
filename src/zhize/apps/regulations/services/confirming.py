"""Confirming a read text: a person's corrections over the proposal become the register of duties."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from zhize.apps.orgs.models import Unit
from zhize.apps.regulations import log_types
from zhize.apps.regulations.models import Clause, Duty, DutyClause, DutyHolder, RegulationVersion
from zhize.apps.regulations.selectors.directory import units_by_printed_name
from zhize.apps.regulations.selectors.lexicon import lexicon_on
from zhize.apps.regulations.services.holders import Correction, holder_rows, named
from zhize.apps.regulations.services.texts import refuse_stranger
from zhize.core.duties.candidates import read
from zhize.core.regulation.holders import Sort
from zhize.core.regulation.proposal import Candidate, Proposal
from zhize.core.workflow.document_version import TABLE
from zhize.core.workflow.table import next_state
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.errors import BadInput, StateConflict
from zhize.kit.rowfile import rowfile_store
from zhize.kit.things import ThingRef
from zhize.kit.versioned import check_version

KIND = "regulations.regulation"
VERSION_KIND = "regulations.version"
DUTY_KIND = "regulations.duty"
LONGEST_TEXT = 500_000


def propose(version: RegulationVersion) -> Proposal:
    """The reader's proposal for a version, read again from its text (a pure function of text and edition)."""
    regulation = version.regulation
    return read(version.text, lexicon_on(regulation.in_force_from or regulation.issued_on or date.max))


@transaction.atomic
def version_confirm(
    *,
    version: RegulationVersion,
    corrections: Mapping[str, Correction],
    actor: Actor,
    now: datetime,
    expected: int | None = None,
) -> list[Duty]:
    """Confirms a text: its duties enter the register, and the version never changes again.

    `corrections` by key (clause path # segment). A printed unit that the directory does not know is refused
    with its name, unless a correction names the holders: an obligation must find its unit.
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
    proposal = propose(current)
    directory = units_by_printed_name(jurisdiction)
    kept = [c for c in proposal.candidates if not corrections.get(c.key, Correction()).drop]
    refuse_unknown_units(kept, corrections, directory)
    duties = duties_save(current, kept, corrections, directory)
    current.state = step.next_state
    current.confirmed_at, current.confirmed_by = now, actor.name
    current.version += 1
    current.full_clean()
    current.save()
    digest = rowfile_store(
        {"code": d.code, "title": d.title, "nature": d.nature, "text": d.text} for d in duties
    )
    record(
        log_types.VERSION_CONFIRMED,
        actor=actor,
        thing=ThingRef(VERSION_KIND, current.pk),
        now=now,
        after={"duties": len(duties), "state": current.state},
        rows_digest=digest,
        jurisdiction_code=jurisdiction.code,
    )
    return duties


def unknown_units(
    candidates: list[Candidate], corrections: Mapping[str, Correction], directory: Mapping[str, Unit]
) -> list[str]:
    """Printed names of single units that the directory does not know, in the order of the text."""
    names = [
        name
        for c in candidates
        for name, sort in named(c, corrections.get(c.key, Correction()))
        if sort is Sort.UNIT and name not in directory
    ]
    return list(dict.fromkeys(names))


def refuse_unknown_units(
    candidates: list[Candidate], corrections: Mapping[str, Correction], directory: Mapping[str, Unit]
) -> None:
    if missing := unknown_units(candidates, corrections, directory):
        raise BadInput(
            f"单位名录中没有：{'、'.join(missing[:8])}"
            + (f" 等 {len(missing)} 个" if len(missing) > 8 else ""),
            where="责任主体",
            why="职责要落实到单位，履职事项才有人办理",
            remedy="请先在“单位”中登记或添加别名，再确认",
        )


def duties_save(
    version: RegulationVersion,
    candidates: list[Candidate],
    corrections: Mapping[str, Correction],
    directory: Mapping[str, Unit],
) -> list[Duty]:
    jurisdiction = version.regulation.jurisdiction
    clause_ids = dict(Clause.objects.system("linking").filter(version=version).values_list("path", "pk"))
    prefix = "" if version.regulation.code == "main" else f"{version.regulation.code}/"
    taken = Duty.objects.system("codes").filter(jurisdiction=jurisdiction).values_list("code", flat=True)
    clash = set(taken) & {f"{prefix}{c.key}" for c in candidates}
    if clash:
        raise StateConflict(
            f"职责 {min(clash)} 等 {len(clash)} 项已经登记",
            why="同一文本不能确认两次",
            remedy="请先查看已有职责",
        )
    first = Duty.objects.system("order").filter(jurisdiction=jurisdiction).count()
    duties = [
        _duty(
            candidate,
            corrections.get(candidate.key, Correction()),
            version,
            f"{prefix}{candidate.key}",
            first + order,
        )
        for order, candidate in enumerate(candidates, 1)
    ]
    for duty in duties:
        duty.clean_fields()
    Duty.objects.bulk_create(duties)
    holders: list[DutyHolder] = []
    bases: list[DutyClause] = []
    for duty, candidate in zip(duties, candidates, strict=True):
        bases.append(
            DutyClause(duty=duty, clause_id=clause_ids[str(candidate.ref)], segment=candidate.number)
        )
        holders += holder_rows(
            duty, candidate, corrections.get(candidate.key, Correction()), jurisdiction, directory
        )
    DutyClause.objects.bulk_create(bases)
    DutyHolder.objects.bulk_create(holders)
    return duties


def _duty(candidate: Candidate, fix: Correction, version: RegulationVersion, code: str, order: int) -> Duty:
    flag = "" if fix.title and not fix.keep_flag else "；".join(reason for _code, reason in candidate.flags)
    return Duty(
        jurisdiction_id=version.regulation.jurisdiction_id,
        code=code[:40],
        title=(fix.title or short_title(candidate.text))[:60],
        text=candidate.text,
        kind=fix.kind or candidate.kind,
        nature=fix.nature or candidate.nature,
        recurrence=dict(fix.recurrence or {}),
        rule=dict(fix.rule or {}),
        sources=list(fix.sources or ()),
        is_common=candidate.common,
        flag=flag[:300],
        order=order,
        valid_from=version.regulation.in_force_from or version.regulation.issued_on,
    )


def short_title(text: str) -> str:
    """A title for lists where nobody gave one: the first clause of the sentence, at most 20 characters."""
    head = text.replace("负责", "", 1).split("，")[0].split("；")[0].strip("。 \u3000")
    return head if len(head) <= 20 else head[:19] + "…"
