"""Forms of 工作规则."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from zhize.apps.regulations.forms import RegulationForm
from zhize.kit.action_forms import VersionForm, lines
from zhize.kit.forms import DayField


class WorkRulesForm(RegulationForm):
    """A set of work rules and its first text."""

    in_force_from = DayField(
        label=_("施行日期"), error_messages={"required": _("没有填写。请填写这份规则开始施行的日期。")}
    )
    note = forms.CharField(label=_("说明"), max_length=300, required=False)


class ReviewForm(VersionForm):
    """Looked at again, stays as it is."""

    opinion = lines(
        _("复核意见"), most=300, help_text=_("如：对照上级新规定逐条看过，无须修订"),
        error_messages={"required": _("请用一两句话写明复核的结果")},
    )  # fmt: skip


class EndForm(VersionForm):
    """The last day in force."""

    on = DayField(
        label=_("失效日期"), help_text=_("施行的最后一天，不晚于今天"),
        error_messages={"required": _("没有填写。请填写施行的最后一天。")},
    )  # fmt: skip
