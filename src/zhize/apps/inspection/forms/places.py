"""Forms of a place checked: one item at a time, what both sides sign, corrections."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhize.apps.inspection.models import CheckItem, PlaceEntry, PlaceSignature
from zhize.apps.inspection.services import OnPaper, Said
from zhize.kit.action_forms import VersionForm, lines
from zhize.kit.forms import DayField, FilesField

UNLESS = [("", _("适用")), (PlaceEntry.Verdict.NOT_APPLICABLE.value, PlaceEntry.Verdict.NOT_APPLICABLE.label)]
REASON = {"required": _("请写明理由")}


class PlaceForm(forms.Form):
    """指定 a place."""

    name = forms.CharField(
        label=_("核查点"), max_length=120, error_messages={"required": _("请填写核查点")},
        help_text=_("如：市质监局（查阅台账）"),
    )  # fmt: skip
    note = forms.CharField(
        label=_("为什么指定"), max_length=300, error_messages=REASON, help_text=_("如：查阅台账、群众举报")
    )


class ReplaceForm(forms.Form):
    """A substitute stands in."""

    reason = lines(_("为什么去不了"), rows=2, most=300, error_messages=REASON)


class EntryForm(forms.Form):
    """One item of the checklist at one place."""

    verdict = forms.ChoiceField(
        label=_("判定"), choices=PlaceEntry.Verdict.choices, required=False, widget=forms.RadioSelect
    )
    number = forms.DecimalField(
        label=_("数值"), max_digits=18, decimal_places=2, required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )  # fmt: skip
    words = lines(_("情况"), rows=2, most=2000, required=False)
    pictures = FilesField(label=_("照片"), required=False, help_text=_("可一次选几张，已有的保留"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Any = None, files: Any = None, *, item: CheckItem, entry: PlaceEntry | None = None
    ) -> None:
        start: dict[str, Any] = {"version": 0}
        if entry:
            start = {name: getattr(entry, name) for name in ("verdict", "number", "words", "version")}
        super().__init__(data, files, initial=start, auto_id=f"id_{item.pk}_%s")
        self.item = item
        if item.how == CheckItem.How.JUDGE:
            del self.fields["number"]
        elif item.how == CheckItem.How.NUMBER:
            self.fields["verdict"].choices = UNLESS  # type: ignore[attr-defined]
        else:
            self.fields["verdict"].choices = UNLESS  # type: ignore[attr-defined]
            del self.fields["number"]
        self.fields["pictures"].widget.attrs["accept"] = "image/*,.pdf"

    def said(self) -> Said:
        d = self.cleaned_data
        return Said(d.get("verdict", ""), d.get("number"), d.get("words", ""), d.get("pictures") or ())


class FinishForm(VersionForm):
    """提交签字."""

    visited_on = DayField(label=_("到场日期"), error_messages={"required": _("请填写日期")})
    present = forms.CharField(
        label=_("被查方在场人员"), max_length=200, required=False, help_text=_("姓名和职务")
    )
    summary = lines(_("核查情况"), most=2000, required=False, help_text=_("清单之外要说的"))


class ReopenForm(VersionForm):
    """退回记录."""

    reason = lines(_("退回理由"), rows=2, most=500, error_messages=REASON)


class SignForm(forms.Form):
    """在线签字."""

    side = forms.ChoiceField(choices=PlaceSignature.Side.choices, widget=forms.HiddenInput)
    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    opinion = forms.CharField(
        label=_("签字意见"), max_length=500, required=False, help_text=_("无异议可不填；有不同看法写在这里")
    )


class PaperForm(forms.Form):
    """纸质签字."""

    side = forms.ChoiceField(label=_("签字方"), choices=PlaceSignature.Side.choices)
    name = forms.CharField(
        label=_("签字人"), max_length=80, error_messages={"required": _("请填写签字件上的姓名")}
    )
    title = forms.CharField(label=_("签字人职务"), max_length=80, required=False)
    on = DayField(label=_("签字日期"), error_messages={"required": _("请填写签字件上的日期")})
    opinion = forms.CharField(label=_("签字意见"), max_length=500, required=False)
    scan = forms.FileField(label=_("签字件扫描件"), error_messages={"required": _("请选择扫描件")})

    def paper(self) -> OnPaper:
        d = self.cleaned_data
        return OnPaper(d["name"], d["on"], d["scan"], d["title"], d["opinion"])


class CorrectForm(forms.Form):
    """更正 of one item."""

    item = forms.ChoiceField(label=_("核查项目"))
    verdict = forms.ChoiceField(label=_("更正为"), choices=PlaceEntry.Verdict.choices)
    words = lines(_("更正后的情况"), rows=2, most=2000, required=False)
    reason = lines(_("更正理由"), rows=2, most=500, error_messages=REASON)

    def __init__(self, *args: Any, items: list[CheckItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._items = {str(one.pk): one for one in items}
        self.fields["item"].choices = [(key, one.name) for key, one in self._items.items()]  # type: ignore[attr-defined]

    def chosen(self) -> CheckItem:
        return self._items[self.cleaned_data["item"]]
