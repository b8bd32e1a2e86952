"""What the small forms of actions share: the version the page was opened with, a text of several lines."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

REQUIRED = {"required": _("请填写这一项")}


def lines(label: Any, rows: int = 3, most: int = 1000, **more: Any) -> forms.CharField:
    """A text of several lines."""
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **more)


class VersionForm(forms.Form):
    """An action that needs no words."""

    version = forms.IntegerField(widget=forms.HiddenInput)
