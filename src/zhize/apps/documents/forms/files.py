"""The form that registers a material: a file and what it proves."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from zhize.apps.documents.models import Evidence
from zhize.kit.forms import DayField


class EvidenceForm(forms.Form):
    """登记佐证材料."""

    file = forms.FileField(
        label=_("文件"),
        help_text=_("PDF、Word、Excel、图片或文本；不收压缩包和带宏的文件"),
        error_messages={
            "required": _("请选择文件"),
            "empty": _("文件是空的（0 字节），请打开原件确认后重新选择"),
        },
    )
    title = forms.CharField(
        label=_("材料名称"), max_length=120, required=False, help_text=_("不填则用文件名")
    )
    doc_no = forms.CharField(label=_("文号"), max_length=60, required=False)
    dated_on = DayField(
        label=_("材料日期"),
        help_text=_("材料本身的成文日期"),
        error_messages={
            "required": _("请填写材料日期"),
            "invalid": _("请按 2012-03-05 的格式填写日期"),
        },
    )
    period_start = DayField(label=_("所属期起"), required=False)
    period_end = DayField(label=_("所属期止"), required=False)
    publicity = forms.ChoiceField(
        label=_("公开属性"), choices=Evidence.Publicity.choices, initial=Evidence.Publicity.ON_REQUEST
    )
