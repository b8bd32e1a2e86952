"""The form of a rule: one control for each adjustable part, by its kind; the day, the paper."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhize.apps.orgs.selectors.rules import label_of
from zhize.kit.field_data import two_languages
from zhize.kit.forms import DayField
from zhize.kit.rules import RuleError
from zhize.kit.rules.load import Shipped, digest_of
from zhize.kit.rules.shapes import Kind, Part, assemble, dumped, parts_of, structure

MOST_LINES = 400


class RuleForm(forms.Form):
    """`values()` gives {key: value} of the types the shipped rule has."""

    valid_from = DayField(label=gettext_lazy("生效日期"))
    source = forms.CharField(
        label=gettext_lazy("依据"),
        max_length=300,
        help_text=gettext_lazy("文号、会议纪要或负责人的决定，例如：甘质振办〔2012〕9号"),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)
    previewed = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, one: Shipped, held: Mapping[str, Any], data: Any = None, **kwargs: Any) -> None:
        first = {part.field: _shown(part, part.inside(held[part.key])) for part in parts_of(one)}
        super().__init__(data, initial=first | kwargs.pop("initial", {}), **kwargs)
        self.rule, self.parts = one, parts_of(one)
        for part in self.parts:
            self.fields[part.field] = _control(one, part)

    def groups(self) -> list[tuple[str, list[Any]]]:
        """The controls under the name of their key where a key has several."""
        found: list[tuple[str, list[Any]]] = []
        for part in self.parts:
            entry = self.rule.entries[part.key]
            head = str(two_languages(entry.label, entry.label_en)) if part.name else ""
            if not found or found[-1][0] != head:
                found.append((head, []))
            found[-1][1].append(self[part.field])
        return found

    def values(self) -> dict[str, Any]:
        return {
            key: assemble(self.rule.entries[key], self.parts, self.cleaned_data)
            for key in dict.fromkeys(part.key for part in self.parts)
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for part in self.parts:
            if part.kind is Kind.STRUCTURE and cleaned.get(part.field):
                like = part.inside(self.rule.entries[part.key].dated[-1].value)
                try:
                    cleaned[part.field] = structure(cleaned[part.field], like, label_of(self.rule, part))
                except RuleError as error:
                    self.add_error(part.field, str(error.problem))
        return cleaned


class DecimalText(forms.DecimalField):
    """A decimal kept as the text rules keep: 0.40."""

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        return None if cleaned is None else f"{cleaned:.2f}" if cleaned == round(cleaned, 2) else str(cleaned)


class LinesField(forms.CharField):
    """One word a line; empty lines and doubles are left out."""

    def clean(self, value: Any) -> Any:
        words = [word.strip() for word in super().clean(value).splitlines()]
        found = list(dict.fromkeys(word for word in words if word))
        if len(found) > MOST_LINES:
            raise forms.ValidationError(_("至多 %(most)s 行") % {"most": MOST_LINES})
        return found


class NumbersField(forms.CharField):
    """Whole numbers with anything between them: 10、3、0; below nought where the shipped ones are: -3、1."""

    def __init__(self, *, signed: bool, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.signed = signed

    def clean(self, value: Any) -> Any:
        text = super().clean(value).strip()
        pieces = [piece for piece in re.split(r"[\s,，、;；]+", text) if piece]
        if any(not (piece.removeprefix("-") if self.signed else piece).isdigit() for piece in pieces):
            raise forms.ValidationError(_("请只填数字，用顿号或逗号隔开，例如：10、3、0"))
        return [int(piece) for piece in pieces]


def _shown(part: Part, value: Any) -> Any:
    match part.kind:
        case Kind.LINES:
            return "\n".join(value or ())
        case Kind.NUMBERS:
            return "、".join(str(one) for one in value or ())
        case Kind.STRUCTURE:
            return dumped(value)
    return value


def _control(one: Shipped, part: Part) -> forms.Field:
    own = str(two_languages(part.label, part.label_en))
    label = own + (f"（{part.unit}）" if part.unit else "")
    needed = not part.optional
    choices = [(word.value, str(two_languages(word.label, word.label_en))) for word in part.choices]
    tall = forms.Textarea(attrs={"rows": 4})
    match part.kind:
        case Kind.YES:
            return forms.BooleanField(label=label, required=False)
        case Kind.NUMBER:
            return forms.IntegerField(label=label, required=needed, min_value=part.least, max_value=1_000_000)
        case Kind.DECIMAL:
            return DecimalText(label=label, required=needed, min_value=0, max_value=1, decimal_places=4)
        case Kind.CHOICE:
            empty = [] if needed else [("", _("（空）"))]
            return forms.TypedChoiceField(
                label=label, choices=[*empty, *choices], required=needed, empty_value=None
            )
        case Kind.SEVERAL:
            return forms.MultipleChoiceField(
                label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple
            )
        case Kind.LINES:
            return LinesField(label=label, required=False, widget=tall, help_text=_("一行一个"))
        case Kind.NUMBERS:
            return NumbersField(
                signed=part.least is None, label=label, required=False, help_text=_("用顿号隔开")
            )
        case Kind.STRUCTURE:
            return forms.CharField(
                label=label,
                widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "class": "mono"}),
                help_text=_("保留原有各项，只改冒号后面的取值"),
            )
    return forms.CharField(label=label, required=needed, max_length=200)


def initial_of(seen: int, today: date, coming: date | None) -> dict[str, Any]:
    """A new version starts today, or with the one that is to come."""
    return {"seen": seen, "valid_from": max(today, coming) if coming else today}


def fingerprint(values: Mapping[str, Any], valid_from: date) -> str:
    """What a person has seen before confirming: another value, another fingerprint."""
    return digest_of({"values": dict(values), "from": valid_from.isoformat()})[:16]
