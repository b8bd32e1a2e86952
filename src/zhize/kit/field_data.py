"""Fields described as data: a form of a call (征集) and a record type of a register become FieldSpecs.

One mapping is one field; every refusal names the field and what to write instead. Values of such fields are kept in
a JSON column: `stored` and `value_of` are each other's inverse, whatever the kind.

Sample: {name: batches, label: 抽查批次, label_en: Batches sampled, kind: integer, required: true, minimum: 0, unit: 批}
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.db import models
from django.utils.functional import lazy
from django.utils.translation import get_language

from zhize.core.kernel.errors import BadRule
from zhize.core.kernel.fields import Fields
from zhize.kit.actor import Actor
from zhize.kit.fields import FieldSpec, Filter, Kind, Ref, ThingSpec
from zhize.kit.forms import ThingForm, form_field

NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")  # sample: "checked_on"
OPTIONS = (
    "name", "label", "label_en", "kind", "required", "help", "help_en", "max_length", "places", "minimum", "maximum",
    "choices", "ref", "natural_key", "column", "sortable", "filter", "example", "synonyms", "unit",
)  # fmt: skip

named_refs: dict[str, Ref] = {}
"""What a field of kind `ref` may name, by a word: an app adds its own in `ready` (region, unit, subject)."""


def _spoken(zh: str, en: str) -> str:
    return en if en and (get_language() or "").startswith("en") else zh


two_languages = lazy(_spoken, str)
"""Words of data in the language of the page: two_languages("抽查批次", "Batches sampled")."""


def field_from_mapping(data: object, where: str = "field") -> FieldSpec:
    """One field. Raises `BadRule` naming the option and the remedy."""
    fields = Fields(data, OPTIONS, where)
    name = fields.text("name")
    if not NAME.fullmatch(name):
        raise BadRule(
            f"字段名“{name}”不合适",
            where=fields.place("name"),
            remedy="请用小写字母、数字和下划线，以字母开头",
        )
    kind = _kind(fields)
    ref = fields.text("ref", "")
    if kind is Kind.REF and ref not in named_refs:
        raise BadRule(
            f"不认识的引用“{ref}”", where=fields.place("ref"), remedy=f"可用：{'、'.join(sorted(named_refs))}"
        )
    unit = fields.text("unit", "")
    label = fields.text("label") + (f"（{unit}）" if unit else "")
    return FieldSpec(
        name=name,
        label=two_languages(label, fields.text("label_en", "")),
        kind=kind,
        required=fields.flag("required", False),
        help=two_languages(fields.text("help", ""), fields.text("help_en", "")),
        max_length=fields.integer("max_length", 1, 20_000, 200 if kind in _WORDS else 2_000),
        places=fields.integer("places", 0, 8, 2),
        minimum=fields.integer("minimum", -(10**15), 10**15, -(10**15)) if fields.has("minimum") else None,
        maximum=fields.integer("maximum", -(10**15), 10**15, 10**15) if fields.has("maximum") else None,
        choices=_choices(fields, name) if kind is Kind.CHOICE else None,
        ref=named_refs[ref] if kind is Kind.REF else None,
        natural_key=fields.flag("natural_key", False),
        default_column=fields.flag("column", True),
        sortable=fields.flag("sortable", False),
        filter=_filter(fields),
        example=fields.text("example", ""),
        synonyms=tuple(str(one) for one, _place in fields.items("synonyms")),
    )


_WORDS = {Kind.TEXT, Kind.CODE, Kind.PHONE, Kind.EMAIL}


def _kind(fields: Fields) -> Kind:
    word = fields.text("kind", "text")
    try:
        return Kind(word)
    except ValueError:
        raise BadRule(
            f"不认识的字段类型“{word}”",
            where=fields.place("kind"),
            remedy=f"可用：{'、'.join(k.value for k in Kind)}",
        ) from None


def _filter(fields: Fields) -> Filter:
    word = fields.text("filter", "no")
    try:
        return Filter(word)
    except ValueError:
        raise BadRule(
            f"不认识的筛选方式“{word}”",
            where=fields.place("filter"),
            remedy=f"可用：{'、'.join(f.value for f in Filter)}",
        ) from None


def _choices(fields: Fields, name: str) -> type[models.TextChoices]:
    """A choices class made from data: each entry is {value, label, label_en}."""
    found: dict[str, tuple[str, Any]] = {}
    for number, (entry, place) in enumerate(fields.items("choices"), 1):
        one = Fields(entry, ("value", "label", "label_en"), place)
        found[f"C{number}"] = (one.text("value"), two_languages(one.text("label"), one.text("label_en", "")))
    if not found:
        raise BadRule("选项为空", where=fields.place("choices"), remedy="请列出至少一个选项（value、label）")
    made: type[models.TextChoices] = models.TextChoices(f"Choices_{name}", found)  # type: ignore[call-overload]
    return made


def stored(field: FieldSpec, value: Any) -> Any:
    """A cleaned value as JSON keeps it: dates ISO, decimals as text (exact), a reference by its key."""
    if value is None or value == "":
        return None
    if isinstance(value, models.Model):
        return str(getattr(value, field.ref.key)) if field.ref else value.pk
    if isinstance(value, date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else value


def value_of(field: FieldSpec, kept: Any) -> Any:
    """The inverse of `stored`, but for a reference, which stays its key (callers look keys up for many rows at once)."""
    if kept is None:
        return None
    match field.kind:
        case Kind.DATE:
            return date.fromisoformat(str(kept)[:10])
        case Kind.DECIMAL:
            return Decimal(str(kept))
        case Kind.INTEGER:
            return int(kept)
    return kept


def data_form(spec: ThingSpec, fields: tuple[FieldSpec, ...], actor: Actor) -> type[ThingForm]:
    """A Django form over fields that are no columns of the model. `spec` gives the thing's model and name only."""
    made: Mapping[str, forms.Field] = {f.name: form_field(spec, f, actor) for f in fields}
    return type(f"{spec.model.__name__}DataForm", (ThingForm,), dict(made))
