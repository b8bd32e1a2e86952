"""Forms of this app beyond those the kit makes from a type's fields."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from zhize.kit.forms import DayField


class VoidForm(forms.Form):
    """Taking a record out of lists and counts."""

    reason = forms.CharField(
        label=_("作废原因"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("请写明作废原因，如：重复登记")},
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)


class MaterialForm(forms.Form):
    """A report, a certificate: the file and its own date."""

    upload = forms.FileField(label=_("材料"), help_text=_("检验报告、检定证书等；PDF、图片或 Word"))
    title = forms.CharField(
        label=_("材料名称"), max_length=120, required=False, help_text=_("不填则用文件名")
    )
    dated_on = DayField(label=_("材料日期"), required=False, help_text=_("不填按今天"))
