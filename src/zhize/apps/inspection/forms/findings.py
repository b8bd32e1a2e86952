"""Forms of problems found."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhize.apps.inspection.models import CheckItem
from zhize.kit.action_forms import VersionForm, lines
from zhize.kit.forms import DayField

FIXED, UNFIXED = "fixed", "unfixed"


class FindingForm(forms.Form):
    """One problem."""

    words = lines(_("问题"), rows=2, most=500, error_messages={"required": _("请写明问题：在哪里、是什么")})
    demand = lines(_("整改要求"), rows=2, most=500, required=False)
    due_on = DayField(label=_("整改期限"), required=False, help_text=_("不填则按下发时定的期限"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, items: list[CheckItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("清单以外")), *((one.name, one.name) for one in items)]
        self.fields["item_name"] = forms.ChoiceField(label=_("核查项目"), choices=choices, required=False)
        self.order_fields(["words", "item_name", "demand", "due_on", "version"])

    def data_for_service(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class SendForm(forms.Form):
    """下发."""

    due_on = DayField(label=_("整改期限"), error_messages={"required": _("请填写整改期限")})


class LookForm(VersionForm):
    """回头看."""

    result = forms.ChoiceField(
        label=_("回头看结果"), choices=[(FIXED, _("已整改到位")), (UNFIXED, _("未整改到位"))], widget=forms.RadioSelect,
        error_messages={"required": _("请选择是否整改到位")},
    )  # fmt: skip
    on = DayField(label=_("回头看日期"), error_messages={"required": _("请填写日期")})
    words = lines(_("回头看情况"), most=1000, error_messages={"required": _("请写明看了什么、改到什么程度")})


class WithdrawForm(VersionForm):
    """不列入."""

    reason = lines(_("不列入的理由"), rows=2, most=500, error_messages={"required": _("请写明理由")})
