"""Which values are in force: the shipped edition, overlaid by the jurisdiction's own version (ADR 0005)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, TypeVar

from django.db import transaction
from pydantic import BaseModel

from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.log_types import RULE_WRITTEN
from zhize.kit.models import RuleEdition
from zhize.kit.rules.load import RuleError, canonical, check_values, digest_of, name_of, shipped
from zhize.kit.things import ThingRef

S = TypeVar("S", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class RuleValue:
    """A value in force with its provenance; `edition` is empty for the shipped one."""

    key: str
    value: Any
    source: str
    since: date
    label: str
    unit: str
    configured: bool
    edition: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """The values of one rule in force on a day in a jurisdiction. `sha256` names the edition they came from."""

    name: str
    title: str
    values: Mapping[str, RuleValue]
    sha256: str

    def __getitem__(self, key: str) -> Any:
        if key not in self.values:
            raise RuleError(f"规则没有“{key}”的取值", where=self.name, remedy="请核对键名和日期")
        return self.values[key].value

    def plain(self) -> dict[str, Any]:
        return {key: one.value for key, one in self.values.items()}


def rule(name: str, *, on: date, jurisdiction: str = "") -> Rule:
    """The rule in force on `on`: the jurisdiction's own version before the shipped one. One query at most.

    Raises `RuleError` when there is no such rule or a stored version no longer matches its hash.
    """
    own = None
    if jurisdiction:
        own = (
            RuleEdition.objects.filter(name=name, jurisdiction_code=jurisdiction, valid_from__lte=on)
            .order_by("-valid_from", "-pk")
            .first()
        )
    if own is None:
        return _composed(name, on, "", "", None)
    return _composed(name, on, own.sha256, canonical(own.body), own.valid_from)


def rule_as(schema: type[S], *, on: date, jurisdiction: str = "") -> S:
    """The rule as its registered schema, typed: rule_as(FileLimits, on=today).max_upload_mb."""
    return _typed(schema, rule(name_of(schema), on=on, jurisdiction=jurisdiction))


def _typed(schema: type[S], found: Rule) -> S:
    return schema.model_validate(found.plain())


@lru_cache(maxsize=512)
def _composed(name: str, on: date, own_hash: str, own_body: str, own_since: date | None) -> Rule:
    """Cached by name, day and the hash of the version: versions never change, so neither does the answer."""
    base = shipped(name)
    values = {
        key: RuleValue(key, d.value, d.source, d.since, e.label, e.unit, d.configured)
        for key, e in base.entries.items()
        if (d := e.on(on))
    }
    if own_since is not None:
        body = json.loads(own_body)
        if digest_of(body) != own_hash:
            raise RuleError(
                "存储的规则版本与其摘要不符", where=name, why="内容可能被改动", remedy="请联系审计员核查"
            )
        for key, one in body["values"].items():
            e = base.entries[key]
            values[key] = RuleValue(
                key, one["value"], one["source"], own_since, e.label, e.unit, False, own_hash[:12]
            )
    return Rule(name, base.title, values, own_hash or base.sha256)


def editions_of(name: str, jurisdiction: str) -> list[RuleEdition]:
    """All own versions of a jurisdiction, the one that counts last on a day first. One query."""
    rows = RuleEdition.objects.filter(name=name, jurisdiction_code=jurisdiction)
    return list(rows.order_by("-valid_from", "-pk"))


@transaction.atomic
def edition_write(
    *,
    name: str,
    jurisdiction_code: str,
    valid_from: date,
    values: Mapping[str, Any],
    source: str,
    actor: Actor,
    now: datetime,
) -> RuleEdition:
    """Writes a new version of a rule for a jurisdiction; versions are never changed, a newer one follows.

    `values` is {key: value} of the adjustable keys that differ from the shipped edition; `source` the paper that
    decided it. The calling app asks its policy first. Raises `RuleError` in words for an unknown or fixed key,
    a value its schema refuses, or a missing source.
    """
    base = shipped(name)
    if not source.strip():
        raise RuleError(
            "没有填写依据", where=base.title, why="没有依据的数无法核对", remedy="请填写文号或会议纪要"
        )
    for key in values:
        entry = base.entries.get(key)
        if entry is None:
            raise RuleError("规则没有这一项", where=f"{base.title} · {key}", remedy="请从列表中选择")
        if not entry.adjustable:
            raise RuleError(
                "这一项不能由辖区调整", where=f"{base.title} · {entry.label}", remedy="它随发行版更新"
            )
    merged = {k: d.value for k, e in base.entries.items() if (d := e.on(valid_from))} | dict(values)
    check_values(name, merged, base.title, complete=True)
    body = {"values": {k: {"value": v, "source": source} for k, v in values.items()}}
    edition = RuleEdition(
        name=name,
        jurisdiction_code=jurisdiction_code,
        valid_from=valid_from,
        body=body,
        sha256=digest_of(body),
        source=source,
        created_at=now,
        created_by=actor.name,
    )
    edition.full_clean()
    edition.save()
    record(
        RULE_WRITTEN,
        actor=actor,
        thing=ThingRef("kit.rule_edition", edition.pk),
        now=now,
        after={"name": name, "valid_from": valid_from.isoformat(), "source": source, **body},
        jurisdiction_code=jurisdiction_code,
    )
    return edition
