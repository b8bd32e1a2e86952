"""Forms of this app beyond those the kit makes from FieldSpecs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from zhize.apps.documents.models import Evidence
from zhize.kit.actor import Actor
from zhize.kit.forms import DayField, FilesField


class DischargeForm(forms.Form):
    """What a unit hands in: a statement, and evidence - new files, or material registered before."""

    statement = forms.CharField(
        label=_("履行情况说明"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("一两句话写明做了什么、结果如何"),
        error_messages={"required": _("请填写履行情况说明：一两句话写明做了什么、结果如何")},
    )
    uploads = FilesField(
        label=_("佐证材料"), required=False, help_text=_("可选多个文件；PDF、Word、Excel、图片或文本")
    )
    dated_on = DayField(
        label=_("材料日期"),
        required=False,
        help_text=_("材料本身的日期；不填按今天"),
        error_messages={"invalid": _("请按 2012-03-05 的格式填写日期")},
    )
    existing = forms.ModelMultipleChoiceField(
        label=_("选用已登记的材料"), queryset=Evidence.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Evidence.objects.visible_to(actor).filter(unit_id=actor.unit_id or 0)
        self.fields["existing"].queryset = own.order_by("-dated_on", "-pk")  # type: ignore[attr-defined]
        self.recent = list(own.order_by("-dated_on", "-pk")[:20])
        shown = [(e.pk, f"{e.title}（{e.dated_on}）") for e in self.recent]
        self.fields["existing"].widget.choices = shown


class DecisionForm(forms.Form):
    """The office's word on what was handed in."""

    comment = forms.CharField(
        label=_("审核意见"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("退回时必须写明要补正什么"),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)


class WaiveForm(forms.Form):
    """Excusing from an obligation."""

    reason = forms.CharField(
        label=_("免办理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("请写明免办理由：写明情形和依据")},
    )  # fmt: skip
    basis = forms.CharField(
        label=_("依据"), max_length=200, required=False, help_text=_("文号或会议纪要，可不填")
    )


class LiftForm(forms.Form):
    """Taking a waiver back."""

    reason = forms.CharField(label=_("取消理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class _TextForm(forms.Form):
    """A text pasted, or a file whose text is read; one of the two."""

    text = forms.CharField(label=_("正文"), required=False, widget=forms.Textarea(attrs={"rows": 14}))
    file = forms.FileField(
        label=_("或上传文件"),
        required=False,
        help_text=_(".docx（含自动编号）、.pdf（文字版）、.html 或 .txt"),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("text", "").strip() and not cleaned.get("file"):
            self.add_error("text", _("请粘贴正文，或上传文件"))
        return cleaned


class RegulationForm(_TextForm):
    """A document and its text."""

    field_order = ("title", "doc_no", "issuer", "issued_on", "in_force_from", "text", "file")
    title = forms.CharField(label=_("标题"), max_length=200)
    doc_no = forms.CharField(
        label=_("文号"), max_length=60, required=False, help_text=_("如 甘政办发〔2011〕58号")
    )
    issuer = forms.CharField(label=_("发文机关"), max_length=120, required=False)
    issued_on = DayField(label=_("成文日期"), required=False)
    in_force_from = DayField(label=_("施行日期"), required=False)


class NextVersionForm(_TextForm):
    """The next version of a text: its full text, or a document that amends the one in force."""

    class Sort(models.TextChoices):
        FULL = "full", _("新版全文")
        AMENDING = "amending", _("修改决定（将第X条修改为……）")

    field_order = ("sort", "in_force_on", "text", "file")
    sort = forms.ChoiceField(label=_("内容"), choices=Sort.choices, initial=Sort.FULL)
    in_force_on = DayField(
        label=_("本版施行日期"), error_messages={"required": _("没有填写。请填写本版开始施行的日期。")}
    )
