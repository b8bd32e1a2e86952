"""From text to register: a document is registered, read, and its duties confirmed by a person."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from zhize.apps.documents.models import StoredFile
from zhize.apps.orgs.models import Jurisdiction, Unit
from zhize.apps.regulations import log_types, policies
from zhize.apps.regulations.models import Clause, Duty, DutyClause, DutyHolder, Regulation, RegulationVersion
from zhize.apps.regulations.selectors.directory import units_by_printed_name
from zhize.apps.regulations.selectors.lexicon import lexicon_on
from zhize.core.duties.candidates import read
from zhize.core.regulation.holders import Holder, Role, Sort
from zhize.core.regulation.proposal import Candidate, Proposal
from zhize.core.workflow.document_version import TABLE
from zhize.core.workflow.table import next_state
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.errors import BadInput, NotAllowed, StateConflict
from zhize.kit.rowfile import rowfile_store
from zhize.kit.things import ThingRef
from zhize.kit.versioned import check_version, snapshot

KIND = "regulations.regulation"
VERSION_KIND = "regulations.version"
DUTY_KIND = "regulations.duty"
LONGEST_TEXT = 500_000


def _refuse_stranger(actor: Actor, jurisdiction_id: int) -> None:
    if not (
        actor.is_system or (policies.may_keep_register(actor) and jurisdiction_id == actor.jurisdiction_id)
    ):
        raise NotAllowed("只有本辖区办公室可以维护制度文件和职责", remedy="请切换到办公室的身份")


@transaction.atomic
def regulation_create(
    *, jurisdiction: Jurisdiction, data: Mapping[str, Any], actor: Actor, now: datetime
) -> Regulation:
    """Registers a document in force (`code`, `title`, `doc_no`, `issuer`, `issued_on`, `in_force_from`, `note`)."""
    _refuse_stranger(actor, jurisdiction.pk)
    regulation = Regulation(jurisdiction=jurisdiction, **data)
    if not regulation.code:
        count = Regulation.objects.system("next code").filter(jurisdiction=jurisdiction).count()
        regulation.code = f"doc-{count + 1}"
    regulation.full_clean()
    regulation.save()
    record(
        log_types.REGULATION_CREATED,
        actor=actor,
        thing=ThingRef(KIND, regulation.pk),
        now=now,
        after=snapshot(regulation),
        jurisdiction_code=jurisdiction.code,
    )
    return regulation


@transaction.atomic
def version_read(
    *, regulation: Regulation, text: str, actor: Actor, now: datetime, source_file: StoredFile | None = None
) -> RegulationVersion:
    """Reads a text into clauses as a new draft version. The text is kept as given; the reader warns, never refuses."""
    _refuse_stranger(actor, regulation.jurisdiction_id)
    if not text.strip():
        raise BadInput("正文是空的", where="正文", remedy="请粘贴正文，或上传含有文字的文件")
    if len(text) > LONGEST_TEXT:
        raise BadInput(
            f"正文有 {len(text):,} 字，超过 {LONGEST_TEXT:,} 字",
            where="正文",
            remedy="请只粘贴制度本身，附件另行登记",
        )
    proposal = read(text, lexicon_on(regulation.in_force_from or regulation.issued_on or date.max))
    versions = RegulationVersion.objects.system("next number").filter(regulation=regulation)
    last = versions.order_by("-number").values_list("number", flat=True).first() or 0
    version = RegulationVersion(
        regulation=regulation,
        number=last + 1,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        source_file=source_file,
        reader_edition=proposal.edition,
        warnings=[
            {"code": w.code, "message": w.message, "clause": str(w.clause or "")} for w in proposal.warnings
        ],
    )
    version.full_clean()
    version.save()
    _clauses_save(version, proposal)
    record(
        log_types.VERSION_READ,
        actor=actor,
        thing=ThingRef(VERSION_KIND, version.pk),
        now=now,
        after={"number": version.number, "sha256": version.sha256, **proposal.counts()},
        jurisdiction_code=regulation.jurisdiction.code,
    )
    return version


def _clauses_save(version: RegulationVersion, proposal: Proposal) -> None:
    """Clauses level by level, so that parents have ids: as many statements as levels."""
    printed: dict[str, str] = {}
    for candidate in proposal.candidates:
        printed.setdefault(str(candidate.ref), "、".join(h.name for h in candidate.holders)[:300])
    nodes = [(c, i) for i, c in enumerate(proposal.document.walk(attachments=True), 1)]
    parent_of = {child.ref: clause.ref for clause, _ in nodes for child in clause.children}
    saved: dict[Any, Clause] = {}
    for level in sorted({clause.level for clause, _ in nodes}):
        rows = {
            clause.ref: Clause(
                version=version,
                parent=saved.get(parent_of.get(clause.ref)),
                path=str(clause.ref),
                label=clause.ref.printed(),
                marker=clause.marker.strip(),
                level=level,
                heading=clause.heading[:300],
                text=clause.text,
                holders_text=printed.get(str(clause.ref), ""),
                order=order,
            )
            for clause, order in nodes
            if clause.level == level
        }
        Clause.objects.bulk_create(rows.values())
        saved |= rows


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person says about one proposed duty; what is None stays as the reader proposed."""

    title: str | None = None
    nature: str | None = None
    kind: str | None = None
    recurrence: Mapping[str, Any] | None = None
    rule: Mapping[str, Any] | None = None
    holders: tuple[str, ...] | None = None
    drop: bool = False
    keep_flag: bool = False


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
    _refuse_stranger(actor, jurisdiction.pk)
    check_version(current, expected, mine={})
    step = next_state(TABLE, current.state, "confirm")
    proposal = propose(current)
    directory = units_by_printed_name(jurisdiction)
    kept = [c for c in proposal.candidates if not corrections.get(c.key, Correction()).drop]
    _refuse_unknown_units(kept, corrections, directory)
    duties = _duties_save(current, kept, corrections, directory)
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
        for name, sort in _named(c, corrections.get(c.key, Correction()))
        if sort is Sort.UNIT and name not in directory
    ]
    return list(dict.fromkeys(names))


def _refuse_unknown_units(
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


def _named(candidate: Candidate, correction: Correction) -> list[tuple[str, Sort]]:
    """Holders as (printed name, sort), a person's correction first."""
    by_name = {h.name: h.sort for h in candidate.holders}
    if correction.holders is not None:
        return [(name, by_name.get(name, Sort.UNIT)) for name in correction.holders]
    return [(h.name, h.sort) for h in candidate.holders]


_COLLECTIVE = {
    Sort.MEMBERS: DutyHolder.Collective.MEMBERS,
    Sort.GOVERNMENTS: DutyHolder.Collective.LOCALS,
}
_ROLES = {
    Role.LEAD: DutyHolder.Role.LEAD,
    Role.SUPPORT: DutyHolder.Role.SUPPORT,
    Role.GUIDE: DutyHolder.Role.GUIDE,
    Role.CO_ACT: DutyHolder.Role.CO_ACT,
}


def _duties_save(
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
        holders += _holders(
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
        is_common=candidate.common,
        flag=flag[:300],
        order=order,
        valid_from=version.regulation.in_force_from or version.regulation.issued_on,
    )


def short_title(text: str) -> str:
    """A title for lists where nobody gave one: the first clause of the sentence, at most 20 characters."""
    head = text.replace("负责", "", 1).split("，")[0].split("；")[0].strip("。 \u3000")
    return head if len(head) <= 20 else head[:19] + "…"


def _holders(
    duty: Duty,
    candidate: Candidate,
    fix: Correction,
    jurisdiction: Jurisdiction,
    directory: Mapping[str, Unit],
) -> list[DutyHolder]:
    by_name: dict[str, Holder] = {h.name: h for h in candidate.holders}
    rows: dict[tuple[int | None, str], DutyHolder] = {}
    for order, (name, sort) in enumerate(_named(candidate, fix)):
        unit_id, collective = _resolve(name, sort, jurisdiction, directory)
        role = (
            _ROLES.get(by_name[name].role, DutyHolder.Role.JOINT)
            if name in by_name
            else DutyHolder.Role.JOINT
        )
        rows.setdefault(
            (unit_id, collective),
            DutyHolder(
                duty=duty, unit_id=unit_id, collective=collective, role=role, printed=name[:80], order=order
            ),
        )
    return list(rows.values())


def _resolve(
    name: str, sort: Sort, jurisdiction: Jurisdiction, directory: Mapping[str, Unit]
) -> tuple[int | None, str]:
    """The unit, or the collective it stands for."""
    if sort is Sort.GROUP and jurisdiction.group_unit_id:
        return jurisdiction.group_unit_id, ""
    if sort is Sort.OFFICE and jurisdiction.office_unit_id:
        return jurisdiction.office_unit_id, ""
    if sort in _COLLECTIVE:
        return None, _COLLECTIVE[sort]
    if unit := directory.get(name):
        return unit.pk, ""
    return None, DutyHolder.Collective.OTHER


@transaction.atomic
def duty_update(
    *, thing: Duty, data: Mapping[str, Any], version: int | None, actor: Actor, now: datetime
) -> Duty:
    """Changes what the office may set: title, kind, nature, recurrence, rule, flag, dates. Text and clauses stay."""
    current = Duty.objects.system("editing").select_for_update().get(pk=thing.pk)
    _refuse_stranger(actor, current.jurisdiction_id)
    check_version(current, version, mine=dict(data))
    before = snapshot(current)
    for name, value in data.items():
        setattr(current, name, value)
    current.version += 1
    current.full_clean()
    current.save()
    record(
        log_types.DUTY_CHANGED,
        actor=actor,
        thing=ThingRef(DUTY_KIND, current.pk),
        now=now,
        before=before,
        after=snapshot(current),
    )
    return current
