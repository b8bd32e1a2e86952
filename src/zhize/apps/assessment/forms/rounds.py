"""Setting a round up, moving it on, registering a scheme."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import yaml
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


class SchemeForm(forms.Form):
    """A scheme as text (YAML or JSON), pasted or uploaded; what it says of itself is read from it."""

    source = forms.CharField(
        label=_("依据"), max_length=200, help_text=_("文件名称和文号"), error_messages=WORDS
    )
    valid_from = DayField(label=_("施行日期"), error_messages=WORDS)
    text = forms.CharField(
        label=_("办法正文"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false"}),
        help_text=_("YAML 格式；可从现行办法复制后修改"),
    )
    file = forms.FileField(label=_("或上传文件"), required=False, help_text=_(".yaml 或 .json"))
    accepted = forms.CharField(
        label=_("保留说明"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("对提示仍予保留的，请写明理由"),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        text = cleaned.get("text", "")
        if upload := cleaned.get("file"):
            text = upload.read(1_000_000).decode("utf-8", errors="replace")
        try:
            body = yaml.safe_load(text)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            place = _("第 %(line)s 行") % {"line": mark.line + 1} if mark else ""
            self.add_error("text", _("读不懂办法正文：%(place)s 格式有误") % {"place": place})
            return cleaned
        if isinstance(body, Mapping) and "editions" in body:
            body = body["editions"][-1].get("body")
        if not isinstance(body, Mapping):
            self.add_error("text", _("请粘贴办法正文，或上传文件"))
        cleaned["body"] = body
        return cleaned
