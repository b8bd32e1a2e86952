"""Correcting a figure; asking for a period."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhize.apps.metrics.forms.numbers import number, periods_from
from zhize.apps.metrics.models import Observation
from zhize.core.kernel.periods import Period


class CorrectionForm(forms.Form):
    """更正: another value, and why."""

    value = number(_("更正后的数"))
    numerator = number(_("分子"))
    denominator = number(_("分母"))
    reason = forms.CharField(
        label=_("更正理由"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("原来错在哪里"),
    )
    document = forms.CharField(
        label=_("更正依据"), max_length=200, required=False, help_text=_("文号或会议纪要；已锁定的数必填")
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, observation: Observation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if observation.denominator is None:
            del self.fields["numerator"], self.fields["denominator"]


class PeriodForm(forms.Form):
    """取数, 锁定: of which period."""

    period = forms.CharField(label=_("期间"), max_length=40, help_text=_("如 2012年第三季度"))

    def clean_period(self) -> Period:
        found = periods_from(self.cleaned_data["period"])
        if len(found) != 1:
            raise forms.ValidationError(_("一次只能选一期。请写一个期间，如 2012年第三季度"))
        return found[0]
