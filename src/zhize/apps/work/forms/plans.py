"""Forms about plans beyond those the kit makes from FieldSpecs."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from zhize.kit.forms import DayField


class VersionForm(forms.Form):
    """A step without words: the version the page was opened with."""

    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)


class ReasonForm(VersionForm):
    """A step that must be explained."""

    reason = forms.CharField(
        label=_("理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("请写明理由：谁提出、改什么")},
    )  # fmt: skip


class ReviewForm(VersionForm):
    """The office's word on the whole; what concerns single items stands beside them."""

    comment = forms.CharField(
        label=_("总的意见"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("退回时，逐项意见和总的意见至少写一处"),
    )  # fmt: skip


class ApprovalForm(VersionForm):
    """What the group decided on paper or in a meeting, as the office records it."""

    by_name = forms.CharField(
        label=_("审定人"), max_length=80, help_text=_("会议审定的写会议名称"),
        error_messages={"required": _("请写明由谁审定")},
    )  # fmt: skip
    by_title = forms.CharField(label=_("职务"), max_length=80, required=False)
    on = DayField(label=_("审定日期"), error_messages={"required": _("请按批示件上的日期填写")})
    opinion = forms.CharField(
        label=_("审定意见"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    scan = forms.FileField(label=_("批示件扫描"), required=False, help_text=_("PDF 或图片，可不附"))


class DecisionForm(VersionForm):
    """What a leader writes who approves here."""

    opinion = forms.CharField(
        label=_("审定意见"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("不写即为同意"),
    )  # fmt: skip


class ChoiceOfItems(forms.Form):
    """Items ticked in a table, by id."""

    ids = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, data: object, known: list[int]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["ids"].choices = [(pk, str(pk)) for pk in known]  # type: ignore[attr-defined]
