"""Forms of a round of comments: what a unit proposes, what the office answers, the files that go along."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from zhize.apps.requests.models import DraftComment
from zhize.kit.forms import FilesField


class CommentRow(forms.Form):
    """One comment on a draft."""

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    place = forms.CharField(
        label=_("条款或段落"), max_length=120, required=False, help_text=_("如“第三条第二款”“全文”")
    )
    present = forms.CharField(
        label=_("原文"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    proposed = forms.CharField(
        label=_("修改意见"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("如“改为……”“增加……”“删去”"),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("理由"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


CommentRows = forms.formset_factory(CommentRow, extra=1, max_num=200)


class AdoptionForm(forms.Form):
    """The office's answer to the comments ticked."""

    verdict = forms.ChoiceField(
        label=_("采纳情况"), choices=DraftComment.Verdict.choices[1:], widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("采纳说明"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("部分采纳、未采纳的必须写明理由；说明会给提出单位看"),
    )  # fmt: skip


class NotAwaitForm(forms.Form):
    """Why the office goes on without a unit's answer."""

    reason = forms.CharField(
        label=_("不再等候的理由"), max_length=300, error_messages={"required": _("请写明不再等候的理由")}
    )


class CallFilesForm(forms.Form):
    """Files sent along with a call."""

    uploads = FilesField(label=_("随附文件"), help_text=_("如征求意见稿、参考格式；可一次选多个"))
