"""A figure as people write it."""

from __future__ import annotations

import unicodedata
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhize.apps.metrics.models.figures import DIGITS, PLACES
from zhize.core.kernel.errors import CoreError
from zhize.core.kernel.periods import Period
from zhize.core.metrics.spans import period_of

WRONG_NUMBER = {"invalid": _("不是数字。请填写数字，如 12.5。")}


def number(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DecimalField:
    """A figure as people write it."""
    return forms.DecimalField(
        label=label, required=required, max_digits=DIGITS, decimal_places=PLACES, help_text=help_text,
        error_messages=WRONG_NUMBER, widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )  # fmt: skip


def plain(value: Decimal) -> str:
    """Without zeros nobody wrote: 120, not 120.00000000."""
    return format(value.normalize(), "f")


DASHES = set("-—–―─/.")
"""What is printed in a table where there is no figure; an ellipsis is three full stops once its width is normal."""


def figure_from(text: str, *, whole: bool, unit: str = "") -> Decimal | None:
    """1,339 and １３３９批 (where the card counts 批) are 1339; a dash is no figure, not zero. `whole` where things are counted.

    Raises `ValidationError` in words. A percent sign is taken only where the card is in per cent: 3.6% is not 3.6 件.
    """
    written = "".join(unicodedata.normalize("NFKC", text).split())
    for mark in (",", "，", "、", "'"):
        written = written.replace(mark, "")
    written = written.removesuffix(unicodedata.normalize("NFKC", unit)) if unit else written
    if not written or set(written) <= DASHES:
        return None
    try:
        value = Decimal(written)
    except InvalidOperation:
        raise forms.ValidationError(_not_a_number(text, unit)) from None
    if not value.is_finite():
        raise forms.ValidationError(_now("不是数字。请填写数字，如 12.5。"))
    if whole and value != value.to_integral_value():
        raise forms.ValidationError(_now("应是整数。请填写整数"))
    if -value.as_tuple().exponent > PLACES or abs(value) >= 10 ** (DIGITS - PLACES):  # type: ignore[operator]
        raise forms.ValidationError(_now("位数太多。请核对数值和单位"))
    return value


def _not_a_number(text: str, unit: str) -> str:
    shown = {"text": text[:20], "unit": unit}
    if unit:
        return _now("“%(text)s”不是数字。请填数字，计量单位是%(unit)s") % shown
    return _now("“%(text)s”不是数字。请只填数字，不写单位") % shown


def periods_from(text: str) -> list[Period]:
    """2012年第三季度、2012年第四季度. Raises `ValidationError` in words."""
    parts = [
        part
        for part in text.replace("，", "、").replace(",", "、").replace("；", "、").split("、")
        if part.strip()
    ]
    try:
        return [period_of(part) for part in parts]
    except CoreError as error:
        raise forms.ValidationError(str(error)) from None
