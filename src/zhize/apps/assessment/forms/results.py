"""Vetoes, objections, approval, sheets, the report upwards."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhize.apps.documents.models import Evidence
from zhize.core.scoring.scheme import Scheme
from zhize.kit.action_forms import REQUIRED
from zhize.kit.forms import DayField, FilesField


class VetoForm(forms.Form):
    """一票否决 against an object."""

    code = forms.ChoiceField(label=_("否决事项"), choices=())
    reason = forms.CharField(
        label=_("事实"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}), error_messages=REQUIRED
    )
    happened_on = DayField(label=_("发生日期"), required=False)
    basis = forms.CharField(
        label=_("依据"), max_length=200, required=False, help_text=_("如通报文号、调查结论")
    )

    def __init__(self, *args: Any, scheme: Scheme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [(one.code, one.title) for one in scheme.vetoes]  # type: ignore[attr-defined]


class LiftForm(forms.Form):
    """Taking a veto back."""

    reason = forms.CharField(
        label=_("撤销理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}), error_messages=REQUIRED
    )


class ReturnForm(forms.Form):
    """Sending a self-evaluation back."""

    reason = forms.CharField(
        label=_("退回原因"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}), error_messages=REQUIRED
    )


class AppealForm(forms.Form):
    """Objecting to a criterion, or to the whole."""

    code = forms.ChoiceField(label=_("申辩项目"), choices=(), required=False)
    text = forms.CharField(
        label=_("申辩意见"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("写明事实、依据和要求"),
        error_messages=REQUIRED,
    )
    uploads = FilesField(label=_("上传佐证"), required=False, help_text=_("可一次选多个"))
    existing = forms.TypedMultipleChoiceField(
        label=_("选用自评时交的材料"),
        required=False,
        coerce=int,
        choices=(),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, *args: Any, leaves: list[tuple[str, str]], offered: Iterable[Evidence], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {one.pk: one for one in offered}
        self.fields["code"].choices = [("", _("整体结果")), *leaves]  # type: ignore[attr-defined]
        self.fields["existing"].choices = [  # type: ignore[attr-defined]
            (pk, f"{one.title}（{one.dated_on}）") for pk, one in self.offered.items()
        ]
        if not self.offered:
            del self.fields["existing"]

    def said(self) -> dict[str, Any]:
        """The objection as the service takes it."""
        chosen = self.cleaned_data.get("existing") or ()
        return self.cleaned_data | {"existing": [self.offered[pk] for pk in chosen]}


class AnswerForm(forms.Form):
    """The answer to an objection."""

    action = forms.ChoiceField(
        label=_("结论"),
        choices=[
            ("uphold", pgettext_lazy("申辩", "采纳")),
            ("uphold_partly", pgettext_lazy("申辩", "部分采纳")),
            ("reject", _("维持原评")),
        ],
        widget=forms.RadioSelect,
        error_messages=REQUIRED,
    )
    answer = forms.CharField(
        label=_("答复"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("写明核查情况和理由；采纳的，再到评分页更正"),
        error_messages=REQUIRED,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class ApproveForm(forms.Form):
    """The approval on paper, as recorded."""

    by_name = forms.CharField(
        label=_("审定人"), max_length=80, help_text=_("批示件或会议纪要上的签署人"), error_messages=REQUIRED
    )
    by_title = forms.CharField(label=_("职务"), max_length=80, required=False)
    on = DayField(label=_("审定日期"), error_messages=REQUIRED)
    opinion = forms.CharField(
        label=_("意见"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    scan = forms.FileField(label=_("原件扫描件"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


class NoticeForm(forms.Form):
    """Whom the circular names as getting a copy."""

    copies = forms.CharField(
        label=_("抄送机关"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("不在系统内收文的机关，一行一个，印在“抄送”一行；没有的留空"),
    )

    def lines(self) -> list[str]:
        return str(self.cleaned_data["copies"]).splitlines()


class SheetsForm(forms.Form):
    """Whose signature the sheets carry."""

    signed_by = forms.CharField(label=_("签发人"), max_length=80, error_messages=REQUIRED)
    signed_title = forms.CharField(label=_("职务"), max_length=80, required=False)
    signed_on = DayField(label=_("签发日期"), error_messages=REQUIRED)


class ReportForm(forms.Form):
    """四（四）: a word to the office above."""

    statement = forms.CharField(
        label=_("情况说明"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("组织情况、结果和运用"),
        error_messages=REQUIRED,
    )
    paper = forms.FileField(label=_("报告文件"), required=False)
