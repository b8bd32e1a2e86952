"""Several of what may be chosen, in one field: written 省财政厅、省统计局, ticked on a page, checked on import.

What is stored and compared is the text itself, in the order of the options; so lists, files, conflicts and the log need
to know nothing of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhize.kit.actor import Actor
from zhize.kit.fields import FieldSpec

MARK = "、"
_BETWEEN = re.compile(r"[、，,;；\n]+")  # sample: "省财政厅、省统计局；省科技厅"


def parts(text: str) -> list[str]:
    """The single values of a text, each once."""
    return list(dict.fromkeys(part.strip() for part in _BETWEEN.split(text) if part.strip()))


class SeveralInput(forms.CheckboxSelectMultiple):
    """One box for each option; what is chosen travels as one text."""

    def format_value(self, value: Any) -> list[str]:
        return parts(value) if isinstance(value, str) else list(value or [])

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> str:
        values = data.getlist(name) if hasattr(data, "getlist") else [data.get(name) or ""]
        return MARK.join(part for value in values for part in parts(str(value)))


class SeveralField(forms.CharField):
    """A text of several options; each must be one of them, by value or by label."""

    def __init__(self, options: list[tuple[str, str]], **kwargs: Any) -> None:
        self.options = options
        widget = SeveralInput(choices=options) if options else forms.TextInput()
        super().__init__(widget=widget, **kwargs)
        self.hidden_widget = forms.HiddenInput

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        chosen, unknown = choose(self.options, text or "")
        if unknown:
            raise forms.ValidationError(
                _("“%(part)s”不在可选范围内。请从列表中选择。"), params={"part": unknown}
            )
        return chosen


def choose(options: Iterable[tuple[str, str]], text: str) -> tuple[str, str]:
    """The text in the order of the options, and the first part that is none of them. Without options any text will do."""
    known = list(options)
    wanted = parts(text)
    if not known:
        return MARK.join(wanted), ""
    by_word = {label: value for value, label in known} | {value: value for value, _label in known}
    if unknown := next((part for part in wanted if part not in by_word), ""):
        return "", unknown
    chosen = {by_word[part] for part in wanted}
    return MARK.join(value for value, _label in known if value in chosen), ""


class SeveralCells:
    """Cells of an import: the options are looked up once for the whole file."""

    def __init__(self, field: FieldSpec, actor: Actor) -> None:
        self.field = field
        self.options = field.options(actor) if field.options else []

    def load(self, texts: Iterable[str]) -> None:
        """Nothing: the options are all there."""

    def __call__(self, text: str) -> tuple[Any, str, str]:
        chosen, unknown = choose(self.options, text)
        if unknown:
            return None, f"“{unknown}”不在可选范围内", f"请填写可选的{self.field.label}，多项之间用顿号分开"
        if self.field.max_length and len(chosen) > self.field.max_length:
            return None, f"有 {len(chosen)} 个字，超过 {self.field.max_length} 个", "请减少几项"
        return chosen, "", ""
