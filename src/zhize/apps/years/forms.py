"""Forms of this app beyond those the kit makes from FieldSpecs."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from zhize.kit.forms import DayField


class YearForm(forms.Form):
    """A new work year: its first day says everything."""

    starts_on = DayField(
        label=_("开始日期"),
        help_text=_("一个年度从这一天起满十二个月，如 1 月 1 日或 7 月 1 日"),
        error_messages={"required": _("请填写开始日期"), "invalid": _("请按 2012-01-01 的格式填写日期")},
    )


class MoveForm(forms.Form):
    """Open, close or reopen, with the version the page was made from."""

    action = forms.ChoiceField(choices=[("open", "open"), ("close", "close"), ("reopen", "reopen")])
    version = forms.IntegerField()
