"""Forms of a document: what stands around the text, and each of its steps."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhize.apps.documents.models import Countersign, Evidence, Issuer, OfficialDocument
from zhize.apps.documents.selectors import issuers_listed
from zhize.apps.orgs.models import Unit
from zhize.kit.actor import Actor
from zhize.kit.forms import DayField

DAY_ERRORS = {"required": _("请填写日期"), "invalid": _("请按 2012-03-05 的格式填写日期")}


class OfficialForm(forms.Form):
    """What stands around the text; the text itself and the addressees come as rows (`forms.blocks`)."""

    kind = forms.ChoiceField(label=_("文种"), choices=OfficialDocument.Kind.choices)
    issuer = forms.ModelChoiceField(
        label=_("发文主体"), queryset=Issuer.objects.none(), required=False, empty_label=_("（未定）")
    )
    title = forms.CharField(
        label=_("标题"), max_length=200, required=False, help_text=_("如“关于报送工作方案的通知”")
    )
    address_line = forms.CharField(
        label=_("主送机关（印刷用语）"),
        max_length=500,
        required=False,
        help_text=_("如“各成员单位”；不填则逐个列出"),
    )
    copy_line = forms.CharField(
        label=_("抄送机关（印刷用语）"), max_length=500, required=False, help_text=_("不填则逐个列出")
    )
    note = forms.CharField(label=_("附注"), max_length=200, required=False, help_text=_("如联系人和办公电话"))
    publicity = forms.ChoiceField(
        label=_("公开属性"), choices=Evidence.Publicity.choices, initial=Evidence.Publicity.ON_REQUEST
    )
    asks_taking = forms.BooleanField(
        label=_("要求承办确认"), required=False, help_text=_("收文单位签收后，还要确认由谁承办")
    )
    asks_attendance = forms.BooleanField(
        label=_("要求参会回执"), required=False, help_text=_("会议通知：收文单位回复参会人员")
    )
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["issuer"].queryset = issuers_listed(actor)  # type: ignore[attr-defined]

    def data_for_service(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class StepForm(forms.Form):
    """A step carries the version of the document it was opened with. Several stand on one page: each has ids of its own."""

    version = forms.IntegerField(
        min_value=1, widget=forms.HiddenInput, error_messages={"required": _("页面已过期，请刷新后再办理")}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        step = type(self).__name__.removesuffix("Form").lower()
        super().__init__(*args, **{"auto_id": f"id_{step}_%s"} | kwargs)


class CheckForm(StepForm):
    """核稿, here or as it stands on paper."""

    opinion = forms.CharField(
        label=_("核稿意见"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    by_name = forms.CharField(
        label=_("纸质核稿人"),
        max_length=80,
        required=False,
        help_text=_("在纸上核稿的，填写核稿人；不填则为本人"),
    )
    on = DayField(label=_("核稿日期"), required=False)
    scan = forms.FileField(label=_("核稿单扫描件"), required=False)


class ReturnForm(StepForm):
    """退回拟稿人."""

    reason = forms.CharField(
        label=_("退回原因"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("请写明退回原因：拟稿人要据此修改")},
    )  # fmt: skip


class VoidForm(StepForm):
    """作废."""

    reason = forms.CharField(
        label=_("作废原因"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("请写明作废原因：已取的文号不再使用，作废登记须有原因")},
    )  # fmt: skip


class ArchiveForm(StepForm):
    """归档: how long it is kept; the kind's own where nobody says otherwise."""

    retention = forms.ChoiceField(
        label=_("保管期限"), choices=OfficialDocument.Retention.choices, required=False
    )


class SignForm(StepForm):
    """签发 as it stands on the paper."""

    signed_by = forms.CharField(
        label=_("签发人"), max_length=80, error_messages={"required": _("请填写签发人姓名")}
    )
    signed_title = forms.CharField(label=_("职务"), max_length=80, required=False)
    signed_on = DayField(label=_("签发日期"), error_messages=DAY_ERRORS)
    opinion = forms.CharField(label=_("签发意见"), max_length=500, required=False)
    scan = forms.FileField(
        label=_("签发单扫描件"), required=False, help_text=_("纸质签发的，上传签有意见的发文稿纸")
    )


class RegisterForm(StepForm):
    """登记外部文号."""

    number = forms.CharField(
        label=_("对方文号"), max_length=120, error_messages={"required": _("请填写对方的文号")}
    )
    signed_by = forms.CharField(
        label=_("签发人"), max_length=80, error_messages={"required": _("请填写签发人姓名")}
    )
    signed_on = DayField(label=_("签发日期"), error_messages=DAY_ERRORS)
    final = forms.FileField(
        label=_("正式文件"),
        help_text=_("盖章后的扫描件或 PDF"),
        error_messages={"required": _("请上传正式文件")},
    )


class AskForm(StepForm):
    """送会签: the units come as check boxes."""

    unit_ids = forms.TypedMultipleChoiceField(
        label=_("会签单位"), coerce=int, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请选择会签单位")},
    )  # fmt: skip

    def __init__(self, *args: Any, units: Iterable[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit_ids"].choices = [(unit.pk, unit.name) for unit in units]  # type: ignore[attr-defined]


class CountersignForm(forms.Form):
    """会签 of a unit; who and when only where it is entered from paper. Without version: units answer at the same time."""

    unit_id = forms.IntegerField(widget=forms.HiddenInput)
    answer = forms.ChoiceField(
        label=_("会签结论"),
        choices=Countersign.Answer.choices,
        error_messages={"required": _("请选择会签结论")},
    )
    opinion = forms.CharField(
        label=_("会签意见"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class PaperCountersignForm(CountersignForm):
    """会签 as it stands on paper, entered by the office."""

    by_name = forms.CharField(
        label=_("会签人"), max_length=80, error_messages={"required": _("请填写会签人姓名")}
    )
    on = DayField(label=_("会签日期"), error_messages=DAY_ERRORS)
    scan = forms.FileField(label=_("会签单扫描件"), required=False)


class RecheckForm(StepForm):
    """复核."""

    by_name = forms.CharField(
        label=_("复核人"), max_length=80, error_messages={"required": _("请填写复核人姓名")}
    )
    on = DayField(label=_("复核日期"), error_messages=DAY_ERRORS)
    opinion = forms.CharField(label=_("复核意见"), max_length=500, required=False)
    scan = forms.FileField(label=_("复核单扫描件"), required=False)


class SealForm(StepForm):
    """用印."""

    by_name = forms.CharField(
        label=_("监印人"), max_length=80, error_messages={"required": _("请填写监印人姓名")}
    )
    on = DayField(label=_("用印日期"), error_messages=DAY_ERRORS)
    opinion = forms.CharField(
        label=_("用印说明"), max_length=500, required=False, help_text=_("如份数、用印登记簿编号")
    )
    scan = forms.FileField(label=_("用印登记扫描件"), required=False)


class ArchiveZipForm(forms.Form):
    """Which archived documents to pack."""

    year = forms.IntegerField(label=_("年度"), required=False, min_value=1990, max_value=2100)
    retention = forms.ChoiceField(
        label=_("保管期限"), choices=[("", _("全部")), *OfficialDocument.Retention.choices], required=False
    )


class FollowForm(forms.Form):
    """撤销, 废止 or 更正 of a document that was sent."""

    act = forms.ChoiceField(label=_("对原文的处理"), choices=OfficialDocument.Act.choices)
    reason = forms.CharField(
        label=_("理由或更正内容"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("请写明理由；更正的，写明哪一处改成什么")},
    )  # fmt: skip


class RestoreForm(StepForm):
    """恢复 of an earlier version."""

    number = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class FigureForm(StepForm):
    """A figure whose source changed: taken anew, or kept with the reason."""

    ref = forms.CharField(max_length=80, widget=forms.HiddenInput)
    words = forms.CharField(max_length=500, widget=forms.HiddenInput)
    reason = forms.CharField(label=_("保留理由"), max_length=200, required=False)


class IssueForm(StepForm):
    """印发."""

    dated_on = DayField(
        label=_("成文日期"),
        help_text=_("负责人签发的日期；联合行文为最后签发的日期"),
        error_messages=DAY_ERRORS,
    )
