"""Between staged plain values and the thing's own: dates, decimals, references; set-wise, never a query per row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from zhize.kit.actor import Actor
from zhize.kit.fields import FieldSpec, Kind, ThingSpec
from zhize.kit.imports.parse import Parsed
from zhize.kit.inside import lookup_of, read, with_inside

Plain = dict[str, Any]


def plain_of(field: FieldSpec, thing: Any) -> Any:
    """A field of a row as staged values write it: reference = id, date = ISO, decimal = text."""
    if field.kind is Kind.REF and field.value is None:
        return getattr(thing, f"{field.column or field.name}_id")
    value = read(field, thing)
    if value is None and field.inside and field.kind is Kind.BOOL:
        return False
    return plain_value(field, value)


def plain_value(field: FieldSpec, value: Any) -> Any:
    """A value as a service takes it, in the form of staged values."""
    if value is None:
        return None
    if field.kind is Kind.REF:
        return value.pk
    if field.kind is Kind.DECIMAL:
        return str(round(Decimal(value), field.places)) if value != "" else None
    if isinstance(value, datetime | date):
        return (value.date() if isinstance(value, datetime) else value).isoformat()
    if field.kind in (Kind.INTEGER, Kind.BOOL):
        return value
    return str(value)


def real(field: FieldSpec, value: Any, refs: dict[int, Any]) -> Any:
    """The inverse: what a service takes in `data` (a reference is the thing itself, as forms give it)."""
    if value is None or value == "":
        return value
    if field.kind is Kind.REF:
        return refs[value]
    if field.kind is Kind.DATE:
        return date.fromisoformat(value)
    if field.kind is Kind.DECIMAL:
        return Decimal(value)
    return value


KEY = "\x1f"  # between the parts of a natural key of several fields


def key_of(spec: ThingSpec, values: Plain) -> str:
    """The natural key of staged values as one text; empty when the thing has none or a part is missing."""
    parts = [values.get(f.name) for f in spec.key_fields]
    if not parts or any(p is None or p == "" for p in parts):
        return ""
    return KEY.join(str(p) for p in parts)


def existing(
    spec: ThingSpec, rows: QuerySet[Any], wanted: Sequence[Plain], fields: Iterable[FieldSpec]
) -> dict[str, tuple[Any, Plain]]:
    """Rows with these natural keys: {key: (row, its fields as plain values)}. One query, however many."""
    keyed = {key_of(spec, v): v for v in wanted if key_of(spec, v)}
    if not keyed:
        return {}
    shown = [*fields, *spec.key_fields]
    found: dict[str, tuple[Any, Plain]] = {}
    for thing in _with_keys(spec, rows, keyed).order_by("pk"):
        values = {f.name: plain_of(f, thing) for f in shown}
        key = getattr(thing, spec.key_column) if spec.key_column else key_of(spec, values)
        if key in keyed:
            found.setdefault(key, (thing, values))
    return found


def _with_keys(spec: ThingSpec, rows: QuerySet[Any], keyed: dict[str, Plain]) -> QuerySet[Any]:
    """Rows that may have one of these keys: by the column that holds the whole key, else by its parts."""
    if spec.key_column:
        return rows.filter(**{f"{spec.key_column}__in": list(keyed)})
    sets = {f.name: {v[f.name] for v in keyed.values()} for f in spec.key_fields}
    return with_inside(spec, rows).filter(
        Q(
            **{
                f"{lookup_of(spec, spec.field(name)) or name}__in": list(values)
                for name, values in sets.items()
            }
        )
    )


class Refs:
    """What the references of one field may be, looked up for a whole chunk at once and remembered."""

    def __init__(self, field: FieldSpec, actor: Actor) -> None:
        assert field.ref is not None
        self.field, self.ref, self.actor = field, field.ref, actor
        self._by_key: dict[str, int] = {}
        self._by_label: dict[str, set[int]] = {}
        self._asked: set[str] = set()
        self._aliases = dict(self.ref.aliases(actor)) if self.ref.aliases else {}

    def load(self, texts: Iterable[str]) -> None:
        """Looks the texts up that were not yet, in one query."""
        new: set[str] = set()
        for text in texts:
            new.update(_spellings(text))
        new -= self._asked
        new.discard("")
        if not new:
            return
        self._asked |= new
        key, label = self.ref.key, self.ref.label
        wanted = Q(**{f"{key}__in": new}) | Q(**{f"{label}__in": new})
        for pk, code, name in self.ref.load(self.actor).filter(wanted).values_list("pk", key, label):
            self._by_key[str(code)] = pk
            self._by_label.setdefault(str(name), set()).add(pk)

    def __call__(self, text: str) -> Parsed:
        """The id for a key, a label, "label（key）" or an alias."""
        whole, *parts = _spellings(text)
        for one in (whole, *parts[1:]):
            if one in self._by_key:
                return self._by_key[one], "", ""
        for one in (whole, *parts[:1]):
            ids = self._by_label.get(one, set())
            if len(ids) == 1:
                return next(iter(ids)), "", ""
            if len(ids) > 1:
                return None, f"有 {len(ids)} 个“{one}”", f"请改填代码，或写作“{one}（代码）”"
        if whole in self._aliases:
            return self._aliases[whole], "", ""
        return None, f"没有找到“{text}”", f"请从模板下拉列表中选择{self.field.label}，或填写其代码"


def _spellings(text: str) -> list[str]:
    """The text itself, and label and key when it is "label（key）". Sample: "城关区（620102）"."""
    if text.endswith(("）", ")")) and ("（" in text or "(" in text):
        at = max(text.rfind("（"), text.rfind("("))
        return [text, text[:at].strip(), text[at + 1 : -1].strip()]
    return [text]


def load_refs(fields: Iterable[FieldSpec], rows: Iterable[Plain], actor: Actor) -> dict[str, dict[int, Any]]:
    """The things the staged references stand for, per field: one query a field."""
    staged = list(rows)
    loaded: dict[str, dict[int, Any]] = {}
    for one in fields:
        if one.kind is Kind.REF and one.ref is not None:
            ids = {v[one.name] for v in staged if v.get(one.name) is not None}
            loaded[one.name] = {t.pk: t for t in one.ref.load(actor).filter(pk__in=ids)} if ids else {}
    return loaded
