"""Schemes in force: the shipped files, overlaid by the editions a jurisdiction wrote itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from zhize.apps.assessment.mapping import edition_body
from zhize.apps.assessment.models import SchemeDraft, SchemeEdition
from zhize.apps.orgs.models import Jurisdiction
from zhize.core.kernel.errors import CoreError
from zhize.core.scoring.burden import BurdenRule, burden_from
from zhize.core.scoring.findings import Finding, findings
from zhize.core.scoring.scheme import Scheme
from zhize.core.scoring.writing import digest_of
from zhize.kit.actor import Actor
from zhize.kit.rules import RuleError, rule
from zhize.kit.scope import ScopedQuerySet
from zhize.kit.yaml_text import yaml_of

FOLDER = "schemes"


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of a scheme; `pk` is None for a shipped one. `configured`: its source names no such numbers. `levels`:
    of which regions it is meant for (Region.Level of who assesses)."""

    code: str
    title: str
    about: str
    source: str
    valid_from: date
    scheme: Scheme
    body: Mapping[str, Any]
    sha256: str
    number: int = 1
    configured: bool = False
    levels: tuple[str, ...] = ()
    pk: int | None = None
    accepted: str = ""


@cache
def shipped_schemes() -> tuple[Edition, ...]:
    """All editions of the shipped files, read once per process. RuleError names file and place."""
    root = Path(settings.RULES_DIR) / FOLDER
    return tuple(
        edition
        for path in sorted(root.glob("*.yaml"))
        for edition in _file(path, f"rules/{FOLDER}/{path.name}")
    )


def _file(path: Path, place: str) -> list[Edition]:
    data = yaml_of(path.read_text("utf-8"))
    found = []
    for number, one in enumerate(data["editions"], 1):
        try:
            scheme, body = edition_body(one["body"])
        except CoreError as error:
            raise RuleError(
                error.what, where=f"{place} · {error.where}", why=error.why, remedy=error.remedy
            ) from error
        if not str(one.get("source") or "").strip():
            raise RuleError("这一版没有依据", where=place, remedy="请写 source")
        found.append(
            Edition(
                code=str(data["code"]),
                title=scheme.title,
                about=str(data.get("about", "")),
                source=str(one["source"]),
                valid_from=one["from"],
                scheme=scheme,
                body=body,
                sha256=digest_of(scheme),
                number=number,
                configured=bool(one.get("configured")),
                levels=tuple(data.get("levels", ())),
            )
        )
    return found


def schemes_in_force(jurisdiction: Jurisdiction | None, on: date) -> list[Edition]:
    """The edition in force of each scheme: the jurisdiction's newest before the shipped one, its own first, then those
    meant for its level. One statement. Reads: `region`, joined."""
    found: dict[str, Edition] = {}
    for edition in shipped_schemes():
        if edition.valid_from <= on:
            found[edition.code] = edition
    rows = SchemeEdition.objects.system("the jurisdiction's own schemes").filter(
        jurisdiction=jurisdiction, valid_from__lte=on
    )
    for row in rows.order_by("valid_from", "number"):
        found[row.code] = edition_of(row)
    level = jurisdiction.region.level if jurisdiction else ""
    return sorted(found.values(), key=lambda one: (one.pk is None, level not in one.levels, one.code))


def scheme_in_force(jurisdiction: Jurisdiction | None, code: str, on: date) -> Edition | None:
    return next((one for one in schemes_in_force(jurisdiction, on) if one.code == code), None)


def edition_of(row: SchemeEdition) -> Edition:
    scheme, body = edition_body(row.body)
    return Edition(
        code=row.code,
        title=row.title,
        about=scheme.note,
        source=row.source,
        valid_from=row.valid_from,
        scheme=scheme,
        body=body,
        sha256=row.sha256,
        number=row.number,
        pk=row.pk,
        accepted=row.accepted,
    )


def editions_listed(actor: Actor) -> ScopedQuerySet[SchemeEdition]:
    rows: ScopedQuerySet[SchemeEdition] = SchemeEdition.objects.visible_to(actor)
    return rows.select_related("jurisdiction")


def drafts_listed(actor: Actor) -> ScopedQuerySet[SchemeDraft]:
    rows: ScopedQuerySet[SchemeDraft] = SchemeDraft.objects.visible_to(actor)
    return rows.select_related("jurisdiction", "edition")


def draft_by_pk(actor: Actor, pk: int) -> SchemeDraft | None:
    return drafts_listed(actor).by_pk(pk)


def burden_rules() -> tuple[BurdenRule, ...]:
    """The burden rules as of today's law, whatever year is assessed: a scheme is written now."""
    values = rule("scoring/burden", on=date.max).values
    return burden_from([{"code": key, "source": one.source, **one.value} for key, one in values.items()])


def scheme_findings(scheme: Scheme) -> tuple[Finding, ...]:
    """What the office should know before the scheme is in force."""
    return findings(scheme, burden_rules())
