"""From text to register: a document is registered, read, and its duties confirmed by a person."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from zhize.apps.documents.models import StoredFile
from zhize.apps.orgs.models import Jurisdiction
from zhize.apps.regulations import log_types, policies
from zhize.apps.regulations.mapping import rule_of
from zhize.apps.regulations.models import Clause, Duty, Regulation, RegulationVersion
from zhize.apps.regulations.selectors.lexicon import lexicon_on
from zhize.apps.regulations.services.judging import duty_rejudge
from zhize.apps.regulations.services.proposals import rows_lay
from zhize.core.duties.candidates import read
from zhize.core.regulation.pasted import piped
from zhize.core.regulation.proposal import Proposal
from zhize.kit import measures
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.errors import BadInput, NotAllowed
from zhize.kit.several import parts
from zhize.kit.things import ThingRef
from zhize.kit.versioned import check_version, snapshot

KIND = "regulations.regulation"
VERSION_KIND = "regulations.version"
DUTY_KIND = "regulations.duty"
LONGEST_TEXT = 500_000


def refuse_stranger(actor: Actor, jurisdiction_id: int) -> None:
    if not policies.may_keep_register_of(actor, jurisdiction_id):
        raise NotAllowed("只有本辖区办公室可以维护制度文件和职责", remedy="请切换到办公室的身份")


@transaction.atomic
def regulation_create(
    *, jurisdiction: Jurisdiction, data: Mapping[str, Any], actor: Actor, now: datetime
) -> Regulation:
    """Registers a document in force (`sort`, `code`, `title`, `doc_no`, `issuer`, `issued_on`, `in_force_from`, `note`)."""
    refuse_stranger(actor, jurisdiction.pk)
    regulation = Regulation(jurisdiction=jurisdiction, **data)
    if not regulation.code:
        count = Regulation.objects.system("next code").filter(jurisdiction=jurisdiction).count()
        rules = regulation.sort == Regulation.Sort.WORK_RULES
        regulation.code = f"{'rules' if rules else 'doc'}-{count + 1}"
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
def regulation_open(*, regulation: Regulation, public: bool, actor: Actor, now: datetime) -> Regulation:
    """Opens a document's confirmed texts to everybody, or closes them again (主动公开). Nothing else is shown there."""
    refuse_stranger(actor, regulation.jurisdiction_id)
    current = Regulation.objects.system("opening").select_for_update().get(pk=regulation.pk)
    before = snapshot(current, ["is_public"])
    current.is_public = public
    current.version += 1
    current.save(update_fields=["is_public", "version"])
    record(
        log_types.REGULATION_CHANGED,
        actor=actor,
        thing=ThingRef(KIND, current.pk),
        now=now,
        before=before,
        after=snapshot(current, ["is_public"]),
    )
    return current


@transaction.atomic
def version_read(
    *,
    regulation: Regulation,
    text: str,
    actor: Actor,
    now: datetime,
    source_file: StoredFile | None = None,
    in_force_on: date | None = None,
) -> RegulationVersion:
    """Reads a text into clauses as a new draft version. The text is kept as given, but for a pasted table, which is
    kept as rows of `| a | b |`; the reader warns, never refuses.

    `in_force_on`: the first day of a version that follows another (施行日期).
    """
    refuse_stranger(actor, regulation.jurisdiction_id)
    if not text.strip():
        raise BadInput("正文是空的", where="正文", remedy="请粘贴正文，或上传含有文字的文件")
    if len(text) > LONGEST_TEXT:
        raise BadInput(
            f"正文有 {len(text):,} 字，超过 {LONGEST_TEXT:,} 字",
            where="正文",
            remedy="请只粘贴制度本身，附件另行登记",
        )
    text = piped(text)
    proposal = read(text, lexicon_on(regulation.in_force_from or regulation.issued_on or date.max))
    versions = RegulationVersion.objects.system("next number").filter(regulation=regulation)
    last = versions.order_by("-number").values_list("number", flat=True).first() or 0
    version = RegulationVersion(
        regulation=regulation,
        number=last + 1,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        source_file=source_file,
        in_force_on=in_force_on,
        reader_edition=proposal.edition,
        warnings=[
            {"code": w.code, "message": w.message, "clause": str(w.clause or "")} for w in proposal.warnings
        ],
    )
    version.full_clean()
    version.save()
    _clauses_save(version, proposal)
    first = not versions.exclude(pk=version.pk).exclude(state=RegulationVersion.State.DRAFT).exists()
    if first and regulation.sort == Regulation.Sort.SYSTEM:  # work rules set no duties
        rows_lay(version, proposal)  # a next version carries the register over instead of beginning it
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


@transaction.atomic
def duty_update(
    *, thing: Duty, data: Mapping[str, Any], version: int | None, actor: Actor, now: datetime
) -> Duty:
    """Changes what the office may set: title, kind, nature, recurrence, rule, sources, flag, dates. Text and clauses stay.

    Sources come as a list (`sources`), or as one text (`source_codes`); one that this installation does not offer stays.

    With another nature, rule or sources its obligations of years not closed are judged anew, and the entry says how
    many changed. Raises `BadInput` for a source nobody registered, `BadRule` for a rule that makes no sense.
    """
    current = Duty.objects.system("editing").select_for_update().get(pk=thing.pk)
    refuse_stranger(actor, current.jurisdiction_id)
    check_version(current, version, mine=dict(data))
    before = snapshot(current)
    for name, value in data.items():
        if name == "source_codes":
            kept = [code for code in current.sources if code not in measures.sources()]
            name, value = "sources", [*parts(value), *kept]
        setattr(current, name, value)
    _refuse_unknown_sources(current, before["sources"])
    turned = Duty.Nature.STANDING in (before["nature"], current.nature) and before["nature"] != current.nature
    if turned and "rule" not in data:  # a rule of the other nature makes no sense here
        current.rule, current.rules_past = {}, []
    rule_of(current)
    current.version += 1
    current.full_clean()
    current.save()
    after = snapshot(current)
    judged = 0
    if any(before[name] != after[name] for name in ("nature", "rule", "sources")):
        judged = duty_rejudge(current, actor, now)
    record(
        log_types.DUTY_CHANGED,
        actor=actor,
        thing=ThingRef(DUTY_KIND, current.pk),
        now=now,
        before=before,
        after=after,
        note=f"重新认定后变化的履职事项：{judged} 件" if judged else "",
    )
    return current


def _refuse_unknown_sources(duty: Duty, before: list[str]) -> None:
    """A code set now must be registered; one that stood there already may come from a later version of the product."""
    unknown = [code for code in duty.sources if code not in measures.sources() and code not in before]
    if unknown:
        raise BadInput(
            f"没有登记“{unknown[0]}”这一认定来源",
            where="认定来源",
            remedy=f"可选：{'、'.join(sorted(measures.sources()))}",
        )
