"""Loading a register's reference data: a repeat changes nothing, a changed line is updated, nothing is removed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import models, transaction

from zhize.apps.orgs.log_types import REFERENCE_LOADED
from zhize.apps.orgs.models import (
    GroupMember,
    Jurisdiction,
    Membership,
    Programme,
    Region,
    Succession,
    Unit,
    UnitAlias,
)
from zhize.apps.orgs.services.reference_rows import Row, reference_read
from zhize.apps.orgs.services.saving import demand
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.errors import BadInput
from zhize.kit.fields import Outcome
from zhize.kit.rowfile import rowfile_store
from zhize.kit.scope import ScopedModel

WHY = "loading reference data"
BATCH = 500


@dataclass
class Loaded:
    """What a load did, by kind of thing; `kept` counts lines a person changed in the product, left as they are."""

    outcomes: dict[str, Outcome] = field(default_factory=dict)
    kept: dict[str, int] = field(default_factory=dict)

    @property
    def changed_anything(self) -> bool:
        return any(o.added or o.changed for o in self.outcomes.values())


@transaction.atomic
def reference_load(
    *, path: Path, counties: frozenset[str] = frozenset(), actor: Actor, now: datetime
) -> Loaded:
    """Writes a register's regions, units, successions, jurisdictions and members into the tables.

    Each kind costs one read and, where something differs, one insert and one update a batch, and one audit
    entry with the digest of its rows; a kind without a change leaves no entry. A line that a person
    changed in the product (its version has risen) is kept. Refuses: anybody but the system, a reference
    to a key that is nowhere.
    """
    demand(actor.is_system, "参考数据只能由运维命令装载")
    rows = reference_read(path, counties=counties)
    run = _Run(Loaded(), actor, now)
    regions = run.sync(Region, rows.regions, key=["code"], itself=["parent"])
    programmes = run.sync(Programme, rows.programmes, key=["code"])
    units = run.sync(
        Unit,
        rows.units,
        key=["code"],
        links={"region": regions},
        itself=["located_in", "answers_through"],
    )
    fresh = {code: unit for code, unit in units.items() if unit.version == 1}
    run.sync(
        UnitAlias,
        [row for row in rows.aliases if row["unit"] in fresh],
        key=["unit_id", "name"],
        links={"unit": units},
    )
    run.sync(
        Succession,
        rows.successions,
        key=["predecessor_id", "successor_id", "kind"],
        links={"predecessor": units, "successor": units},
    )
    jurisdictions = run.sync(
        Jurisdiction,
        [{k: v for k, v in row.items() if k != "assessed_as"} for row in rows.jurisdictions],
        key=["code"],
        links={"region": regions, "programme": programmes, "group_unit": units, "office_unit": units},
        itself=["parent"],
    )
    inside = {"jurisdiction": jurisdictions, "unit": units}
    run.sync(
        Membership,
        rows.memberships,
        key=["jurisdiction_id", "unit_id", "capacity", "valid_from"],
        links=inside,
    )
    run.sync(GroupMember, rows.group_members, key=["jurisdiction_id", "valid_from", "order"], links=inside)
    return run.loaded


@dataclass
class _Run:
    loaded: Loaded
    actor: Actor
    now: datetime

    def sync(
        self,
        model: type[ScopedModel],
        rows: Sequence[Row],
        *,
        key: Sequence[str],
        links: dict[str, dict[str, Any]] | None = None,
        itself: Sequence[str] = (),
    ) -> dict[str, Any]:
        """Brings the table to what the rows say; gives all rows by their first key (a code)."""
        links = links or {}
        values = [_linked(model, row, links, itself) for row in rows]
        known: dict[tuple[Any, ...], Any] = {}
        for present in model.objects.system(WHY).order_by("pk"):
            known.setdefault(_key(present, key), present)
        added: list[Any] = []
        changed: dict[int, Any] = {}
        kept = 0
        for value in values:
            thing = known.get(tuple(value[name] for name in key))
            if thing is not None:
                differs = _differs(thing, value)
                if differs and getattr(thing, "version", 1) > 1:
                    kept += 1
                elif differs:
                    _set(thing, value)
                    changed[thing.pk] = thing
            else:
                added.append(model(**value))
        model.objects.bulk_create(added, batch_size=BATCH)
        known |= {_key(one, key): one for one in added}
        by_code = {str(k[0]): one for k, one in known.items()}
        moved = self._point(model, rows, by_code, itself) if itself else {}
        new = {one.pk for one in added}
        if updates := changed | moved:
            names = [n for n in (values[0] if values else {}) if n not in key]
            names += [f"{n}_id" for n in itself]
            fields = [model._meta.get_field(n.removesuffix("_id")).name for n in names]
            model.objects.system(WHY).bulk_update(updates.values(), fields, batch_size=BATCH)
        touched = len(set(updates) - new)
        self._record(model, rows, Outcome(len(added), touched, len(rows) - len(added) - touched - kept), kept)
        return by_code

    def _point(
        self, model: type[ScopedModel], rows: Sequence[Row], by_code: dict[str, Any], itself: Sequence[str]
    ) -> dict[int, Any]:
        """References of a kind to itself (a region's parent), set once every row has an id."""
        moved = {}
        for row in rows:
            thing = by_code[row["code"]]
            target = {f"{name}_id": _id(by_code, row[name], model, name) for name in itself}
            if _differs(thing, target) and getattr(thing, "version", 1) == 1:
                _set(thing, target)
                moved[thing.pk] = thing
        return moved

    def _record(self, model: type[ScopedModel], rows: Sequence[Row], outcome: Outcome, kept: int) -> None:
        kind = str(model._meta.label_lower)
        self.loaded.outcomes[kind], self.loaded.kept[kind] = outcome, kept
        if not (outcome.added or outcome.changed):
            return
        record(
            REFERENCE_LOADED,
            actor=self.actor,
            thing=None,
            now=self.now,
            note=str(model._meta.verbose_name),
            after={"kind": kind, "added": outcome.added, "changed": outcome.changed, "kept": kept},
            rows_digest=rowfile_store(rows),
        )


def _linked(
    model: type[models.Model], row: Row, links: dict[str, dict[str, Any]], itself: Sequence[str]
) -> Row:
    """The row with ids in place of keys; references to its own kind come later."""
    value = {k: v for k, v in row.items() if k not in links and k not in itself}
    for name, things in links.items():
        value[f"{name}_id"] = _id(things, row[name], model, name)
    return value


def _id(things: dict[str, Any], code: str | None, model: type[models.Model], name: str) -> int | None:
    if code is None:
        return None
    if code not in things:
        raise BadInput(
            f"参考数据引用了不存在的“{code}”",
            where=f"{model._meta.verbose_name}的“{model._meta.get_field(name).verbose_name}”",  # type: ignore[union-attr]
            remedy="请核对参考数据的键",
        )
    pk: int = things[code].pk
    return pk


def _key(thing: models.Model, key: Iterable[str]) -> tuple[Any, ...]:
    return tuple(getattr(thing, name) for name in key)


def _differs(thing: models.Model, value: Row) -> bool:
    return any(getattr(thing, name) != wanted for name, wanted in value.items())


def _set(thing: models.Model, value: Row) -> None:
    for name, wanted in value.items():
        setattr(thing, name, wanted)
