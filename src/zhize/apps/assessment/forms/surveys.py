"""Registering a survey or visits."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhize.apps.assessment.models import Survey
from zhize.core.scoring.scheme import Node
from zhize.kit.action_forms import REQUIRED
from zhize.kit.forms import DayField


class SurveyForm(forms.Form):
    """Who found what out, when and how; the results follow as a table."""

    code = forms.ChoiceField(label=_("考核项目"), choices=())
    title = forms.CharField(
        label=_("测评名称"),
        max_length=120,
        help_text=_("如：2012年度质量满意度调查"),
        error_messages=REQUIRED,
    )
    kind = forms.ChoiceField(label=_("测评方式"), choices=Survey.Kind.choices)
    done_by = forms.CharField(
        label=_("实施单位"),
        max_length=120,
        help_text=_("受委托的调查机构，或承办的单位"),
        error_messages=REQUIRED,
    )
    starts_on = DayField(label=_("开始日期"), error_messages=REQUIRED)
    ends_on = DayField(label=_("结束日期"), error_messages=REQUIRED)
    how = forms.CharField(
        label=_("抽样办法"), max_length=300, required=False, help_text=_("怎样抽取、发放和回收"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    report = forms.FileField(
        label=_("测评报告"), required=False, help_text=_("作为佐证材料登记；PDF 或 Word")
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, leaves: list[Node], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [(leaf.code, leaf.name) for leaf in leaves]  # type: ignore[attr-defined]

    def data_for_service(self) -> dict[str, Any]:
        """What the services take as `data`."""
        return {k: v for k, v in self.cleaned_data.items() if k not in ("code", "report", "version")}
