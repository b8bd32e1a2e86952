"""Forms of papers that came in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhize.apps.documents.forms.official import DAY_ERRORS, StepForm
from zhize.apps.documents.models import Incoming
from zhize.apps.orgs.models import Unit
from zhize.kit.forms import DayField


class IncomingForm(forms.Form):
    """收文登记."""

    sort = forms.ChoiceField(label=_("类别"), choices=Incoming.Sort.choices)
    title = forms.CharField(label=_("标题"), max_length=200, error_messages={"required": _("请填写标题")})
    from_name = forms.CharField(
        label=_("来文单位"), max_length=120, error_messages={"required": _("请填写来文单位")},
        help_text=_("批示件填原文的来文单位"),
    )  # fmt: skip
    number = forms.CharField(label=_("来文字号"), max_length=120, required=False)
    dated_on = DayField(label=_("来文日期"), required=False)
    received_on = DayField(label=_("收到日期"), error_messages=DAY_ERRORS)
    due_on = DayField(label=_("要求办结日期"), required=False)
    leader = forms.CharField(label=_("批示人"), max_length=80, required=False, help_text=_("批示件必填"))
    words = forms.CharField(
        label=_("批示内容"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    instructed_on = DayField(label=_("批示日期"), required=False)
    scan = forms.FileField(label=_("扫描件"), required=False, help_text=_("来文或批示件的扫描件"))
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)


class ProposeForm(StepForm):
    """拟办."""

    proposal = forms.CharField(
        label=_("拟办意见"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("请写明拟办意见")},
    )  # fmt: skip


class AssignForm(StepForm):
    """交承办: each unit has a task of its own, or one leads and the others support it."""

    unit_ids = forms.TypedMultipleChoiceField(
        label=_("承办单位"), coerce=int, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请选择承办单位")},
    )  # fmt: skip
    lead_id = forms.TypedChoiceField(
        label=_("牵头单位"), coerce=int, required=False, empty_value=None,
        help_text=_("选定后立一项任务，所选的其他单位配合；不选则各单位分别承办"),
    )  # fmt: skip
    due_on = DayField(label=_("办结期限"), required=False)

    def __init__(self, *args: Any, units: Iterable[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(unit.pk, unit.name) for unit in units]
        self.fields["unit_ids"].choices = choices  # type: ignore[attr-defined]
        self.fields["lead_id"].choices = [("", _("分别承办")), *choices]  # type: ignore[attr-defined]


class AnswerForm(StepForm):
    """回呈."""

    answer = forms.CharField(
        label=_("回呈内容"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("请写明办理情况")},
    )  # fmt: skip
    on = DayField(label=_("回呈日期"), error_messages=DAY_ERRORS)


class FileAwayForm(StepForm):
    """阅存."""

    reason = forms.CharField(
        label=_("阅存理由"), max_length=200, error_messages={"required": _("请写明阅存的理由")}
    )
