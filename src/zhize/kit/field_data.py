"""Fields described as data: a form of a call (征集) and a record type of a register become FieldSpecs.

One mapping is one field; every refusal names the field and what to write instead. Values of such fields are kept in
a JSON column: `stored` and `value_of` (kit.inside) are each other's inverse, whatever the kind.

Sample: {name: batches, label: 抽查批次, label_en: Batches sampled, kind: integer, required: true, minimum: 0, unit: 批}
A choice may carry other words for it, which an import understands: {value: pass, label: 合格, words: [符合, 符合要求]}
"""

from __future__ import annotations

import re
from collections.abc import Mapping
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
from zhize.kit.inside import stored, value_of

__all__ = ["data_form", "field_from_mapping", "named_refs", "stored", "two_languages", "value_of"]

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
        words=_choice_words(fields) if kind is Kind.CHOICE else {},
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


_CHOICE = ("value", "label", "label_en", "words")


def _choice_words(fields: Fields) -> dict[str, str]:
    """Other words → the value they stand for; two values under one word are refused."""
    found: dict[str, str] = {}
    for entry, place in fields.items("choices"):
        one = Fields(entry, _CHOICE, place)
        for word, at in one.items("words"):
            if found.setdefault(str(word), one.text("value")) != one.text("value"):
                raise BadRule(f"“{word}”指两个选项", where=at, remedy="一个词只能对应一个选项")
    return found


def _choices(fields: Fields, name: str) -> type[models.TextChoices]:
    """A choices class made from data: each entry is {value, label, label_en, words}."""
    found: dict[str, tuple[str, Any]] = {}
    for number, (entry, place) in enumerate(fields.items("choices"), 1):
        one = Fields(entry, _CHOICE, place)
        found[f"C{number}"] = (one.text("value"), two_languages(one.text("label"), one.text("label_en", "")))
    if not found:
        raise BadRule("选项为空", where=fields.place("choices"), remedy="请列出至少一个选项（value、label）")
    made: type[models.TextChoices] = models.TextChoices(f"Choices_{name}", found)  # type: ignore[call-overload]
    return made


def data_form(spec: ThingSpec, fields: tuple[FieldSpec, ...], actor: Actor) -> type[ThingForm]:
    """A Django form over fields that are no columns of the model. `spec` gives the thing's model and name only."""
    made: Mapping[str, forms.Field] = {f.name: form_field(spec, f, actor) for f in fields}
    return type(f"{spec.model.__name__}DataForm", (ThingForm,), dict(made))
