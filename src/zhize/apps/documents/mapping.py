"""Rows ↔ what kit and core understand: kinds of documents, the paper for the writers, the draft for the check."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from pydantic import BaseModel, ConfigDict

from zhize.apps.documents.models import Addressee, Issuer, OfficialDocument
from zhize.apps.orgs.models import Region, Unit
from zhize.core.kernel.findings import Severity
from zhize.core.papers.days import printed_day
from zhize.core.papers.findings import Addressed, CheckRules, Draft, Part
from zhize.kit.chinese import in_chinese
from zhize.kit.officialdoc import (
    Attachment,
    Block,
    Form,
    Imprint,
    Layout,
    Paper,
    Paragraph,
    Signature,
    from_json,
    runs_of,
)
from zhize.kit.rules import Rule, register_schema

RANK = {level: place for place, level in enumerate(Region.Level.values)}
_SEVERITY = "severity."


class KindRule(BaseModel):
    """What a kind of document looks like and how it is numbered (rules/documents/kinds.yaml)."""

    model_config = ConfigDict(frozen=True)
    form: Form
    upward: bool
    numbering: str
    letterhead: str
    addressed: bool
    signed: bool

    @property
    def serial(self) -> bool:
        return self.numbering == "serial"


class KindRules(BaseModel):
    """All kinds by their code."""

    model_config = ConfigDict(frozen=True)
    notice: KindRule
    circular: KindRule
    letter: KindRule
    request: KindRule
    report: KindRule
    reply: KindRule
    minutes: KindRule
    opinions: KindRule
    bulletin: KindRule

    def of(self, kind: str) -> KindRule:
        found: KindRule = getattr(self, kind)
        return found


register_schema("documents/kinds", KindRules)


def names_line(addressees: Sequence[Addressee], sent: str) -> str:
    """省质监局、省工商局，兰州市质量办: names in official order; sorts of organs parted by a comma."""
    rows = [one for one in addressees if one.sent == sent]
    groups = groupby(rows, key=lambda one: (one.unit.region.level, one.unit.kind == Unit.Kind.AGENCY))
    return "，".join("、".join(one.unit.name for one in group) for _sort, group in groups)


@in_chinese
def paper_of(
    document: OfficialDocument, addressees: Sequence[Addressee], kind: KindRule, layout: Layout, day: date
) -> Paper:
    """The document as the writers take it. `day` stands in for a date not yet fixed (a preview)."""
    issuer, dated = document.issuer, document.dated_on or day
    name = issuer.name if issuer else ""
    words = printed_day(dated, layout.date_style)
    return Paper(
        title=document.title,
        body=from_json(document.blocks),
        form=kind.form,
        letterhead=kind.letterhead.replace("{name}", name),
        number=document.number or _number_to_come(issuer, kind, dated),
        signer=(document.signed_by or "　　　") if kind.upward else "",
        organ=name,
        day=words,
        addressees=(document.address_line or names_line(addressees, Addressee.Sent.MAIN))
        if kind.addressed
        else "",
        signature=Signature(name, words, issuer.has_seal if issuer else True) if kind.signed else None,
        imprint=_imprint(document, addressees, name, layout, day),
        note=document.note,
    )


def _number_to_come(issuer: Issuer | None, kind: KindRule, day: date) -> str:
    """Room for the number while there is none: 甘质振办〔2012〕　号."""
    if kind.serial:
        return "第　期"
    return f"{issuer.agency_code}〔{day.year}〕　号" if issuer and issuer.agency_code else ""


def _imprint(
    document: OfficialDocument, addressees: Sequence[Addressee], organ: str, layout: Layout, day: date
) -> Imprint:
    """抄送 (minutes and bulletins: 分送 stands there too) and the organ that prints, on the day it does."""
    copies = document.copy_line or names_line(addressees, Addressee.Sent.COPY)
    printed = document.issued_at.date() if document.issued_at else day
    return Imprint(copies.rstrip("。"), organ, printed_day(printed, layout.date_style))


def draft_of(document: OfficialDocument, addressees: Sequence[Addressee], kind: KindRule) -> Draft:
    """The document as the check before sending reads it."""
    blocks = from_json(document.blocks)
    issuer = document.issuer
    region = issuer.unit.region if issuer else document.jurisdiction.region
    return Draft(
        kind=document.kind,
        kind_word=str(OfficialDocument.Kind(document.kind).label),
        title=document.title,
        issuer=issuer.name if issuer else "",
        issuer_kind=issuer.unit.kind if issuer else Unit.Kind.OFFICE,
        addressees=tuple(
            _addressed(one.unit, region) for one in addressees if one.sent == Addressee.Sent.MAIN
        ),
        parts=tuple(part for block in blocks for part in _parts(block)),
        attachments=tuple(block.title for block in blocks if isinstance(block, Attachment)),
        addressed=kind.addressed,
        sealed=issuer.has_seal if issuer else True,
        publicity=document.publicity,
        address_line=document.address_line,
    )


def _addressed(unit: Unit, issuer_region: Region) -> Addressed:
    return Addressed(
        name=unit.name,
        kind=unit.kind,
        governance=unit.governance,
        below=RANK[unit.region.level] > RANK[issuer_region.level],
        province=unit.region.level == Region.Level.PROVINCE,
    )


def _parts(block: Block) -> list[Part]:
    match block:
        case Paragraph():
            return [Part(block.text, block.level)]
        case Attachment():
            return []
    return [Part(run.text, -1) for run in runs_of(block) if run.text]


def check_rules(found: Rule, today: date) -> CheckRules:
    """rules/documents/checks.yaml as the core takes it."""
    values = found.plain()
    return CheckRules(
        severities={
            key.removeprefix(_SEVERITY): Severity(value)
            for key, value in values.items()
            if key.startswith(_SEVERITY)
        },
        title_chars=values["title_chars"],
        least_days=values["least_days"],
        secrecy_words=tuple(values["secrecy_words"]),
        consent_words=tuple(values["consent_words"]),
        request_words=tuple(values["request_words"]),
        burden_words=tuple(values["burden_words"]),
        central_words=tuple(values["central_words"]),
        inward_words=tuple(values["inward_words"]),
        body_chars=values["body_chars"],
        today=today,
    )
