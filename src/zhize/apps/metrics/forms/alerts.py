"""回应: a word to an alert."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class AlertForm(forms.Form):
    answer = forms.CharField(
        label=_("回应"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写明原因和打算，如“已查明，系汇总口径调整”"),
        error_messages={"required": _("没有写回应。请写明原因和打算。")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
