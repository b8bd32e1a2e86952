"""Setting a round up, moving it on."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhize.apps.assessment.selectors import Edition
from zhize.apps.years.models import WorkYear
from zhize.kit.forms import DayField

WORDS = {"required": _("请填写这一项")}


class RoundForm(forms.Form):
    """A new round of the year."""

    title = forms.CharField(label=_("考核名称"), max_length=120, error_messages=WORDS)
    scheme = forms.ChoiceField(label=_("考核办法"), choices=())
    basis = forms.CharField(
        label=_("考核依据"), max_length=200, required=False, help_text=_("文件名称和文号，写入通报")
    )
    cut_off_on = DayField(label=_("数据截止日期"), help_text=_("此后发生的不计入"), error_messages=WORDS)
    self_due_on = DayField(label=_("自评期限"), error_messages=WORDS)

    def __init__(self, *args: Any, year: WorkYear, editions: list[Edition], **kwargs: Any) -> None:
        self.editions = {one.code: one for one in editions}
        kwargs.setdefault("initial", {})
        kwargs["initial"] = {
            "title": f"{year.label}市州质量工作考核",
            "cut_off_on": min(year.ends_on, date(year.ends_on.year, 11, 30)),
            **kwargs["initial"],
        }
        super().__init__(*args, **kwargs)
        self.fields["scheme"].choices = [(one.code, one.title) for one in editions]  # type: ignore[attr-defined]

    @property
    def edition(self) -> Edition:
        return self.editions[self.cleaned_data["scheme"]]


class MoveForm(forms.Form):
    """A step of a round; going back needs a reason."""

    action = forms.CharField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("原因"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
