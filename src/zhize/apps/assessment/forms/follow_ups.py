"""The second look at what a result asked for."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from zhize.kit.action_forms import REQUIRED, VersionForm, lines
from zhize.kit.forms import DayField


class LookForm(VersionForm):
    """回头看: put right or not, as seen; what was not is sent once more."""

    fixed = forms.TypedChoiceField(
        label=_("结论"),
        choices=[("1", _("已整改到位")), ("0", _("没有到位，再次整改"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
        error_messages=REQUIRED,
    )
    words = lines(
        _("回头看情况"), rows=3, most=1000, help_text=_("看了什么、改到什么程度"), error_messages=REQUIRED
    )
    on = DayField(label=_("回头看日期"), error_messages=REQUIRED)
    due_on = DayField(label=_("再次整改期限"), required=False, help_text=_("没有到位的必填"))
