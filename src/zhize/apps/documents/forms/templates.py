"""The form that takes a Word template into use."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from zhize.apps.documents.models import OfficialDocument


class TemplateForm(forms.Form):
    """启用公文模板."""

    kind = forms.ChoiceField(label=_("文种"), choices=OfficialDocument.Kind.choices)
    file = forms.FileField(
        label=_("模板文件"),
        help_text=_("Word 文件（.docx），在要填的位置写域，如 {{标题}}"),
        error_messages={
            "required": _("请选择文件"),
            "empty": _("文件是空的（0 字节），请打开原件确认后重新选择"),
        },
    )
