"""Writing a scheme: where it starts from, the whole, registering it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhize.apps.assessment.forms.lines import (
    demand_lines,
    demands_from,
    grade_lines,
    grades_from,
    veto_lines,
    vetoes_from,
)
from zhize.apps.assessment.selectors import Edition
from zhize.core.scoring.scheme import Away, Lacking
from zhize.kit.action_forms import REQUIRED
from zhize.kit.forms import DayField

PARENT = "parent"
_AREA = {"rows": 3}


class StartForm(forms.Form):
    """A printed table, pasted or as a file; or a scheme in force to copy."""

    text = forms.CharField(
        label=_("粘贴考核表"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        help_text=_("从 Word 或 Excel 中整表复制；也可以是“一、……（20分）”这样的文字稿"),
    )
    file = forms.FileField(
        label=_("或上传文件"),
        required=False,
        help_text=_(".xlsx、.docx、.pdf、.html、.txt；也收 .yaml、.json"),
    )
    copy = forms.ChoiceField(label=_("或复制施行中的办法"), required=False, choices=())
    code = forms.SlugField(
        label=_("办法代码"),
        max_length=60,
        help_text=_("字母、数字和短横；同一代码的新版接在旧版之后"),
        error_messages=REQUIRED,
    )
    source = forms.CharField(label=_("依据"), max_length=200, required=False, help_text=_("文件名称和文号"))

    def __init__(self, *args: Any, editions: list[Edition], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = [(one.code, one.title) for one in editions]
        self.fields["copy"].choices = [("", _("不复制")), *rows]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        given = [name for name in ("text", "file") if cleaned.get(name)]
        if given and "copy" not in self.changed_data:
            cleaned["copy"] = ""  # offered by the page, not chosen
        given += [name for name in ("copy",) if cleaned.get(name)]
        if not given and not self.errors:
            self.add_error("text", _("请粘贴考核表、上传文件，或选一个施行中的办法"))
        elif len(given) > 1:
            self.add_error(given[1], _("粘贴、上传、复制三者只用一种"))
        return cleaned


class WholeForm(forms.Form):
    """What holds for the whole table: total, grades, vetoes, rounding."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label=_("办法名称"), max_length=200, error_messages=REQUIRED)
    points = forms.CharField(label=_("总分"), max_length=12, required=False)
    cap = forms.CharField(
        label=_("总分最高"), max_length=12, required=False, help_text=_("有加分的请写，如 105")
    )
    floor = forms.CharField(label=_("总分最低"), max_length=12, required=False)
    not_applicable = forms.ChoiceField(
        label=_("不适用的项目"), choices=[(one.value, one.words.removeprefix("不适用，")) for one in Away]
    )
    missing = forms.ChoiceField(
        label=_("没有数据的项目"),
        choices=[(Lacking.OPEN.value, _("总分待定")), (Lacking.ZERO.value, _("按零分计"))],
    )
    grades = forms.CharField(
        label=_("等次"), required=False, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "一行一等，从高到低：名称 = 起 = 止 = 名额。起含本数、止不含；不含起写 >90，含止写 ≤89；没有的留空，名额写 30% 或 3，可不写"
        ),
    )  # fmt: skip
    places = forms.ChoiceField(
        label=_("分等前取整"),
        required=False,
        choices=[
            ("", _("按公布的分数")),
            ("0", _("先取整数")),
            ("1", _("先保留一位小数")),
            ("2", _("先保留两位小数")),
        ],
    )
    ties = forms.ChoiceField(
        label=_("名额边上分数相同"),
        required=False,
        choices=[("", _("没有规定")), ("out", _("都不进")), ("in", _("都进"))],
    )
    vetoes = forms.CharField(
        label=_("一票否决"), required=False, widget=forms.Textarea(attrs=_AREA),
        help_text=_("一行一项：情形 = 结果。结果写等次，或“不高于B级”“降1级”“最高59分”"),
    )  # fmt: skip
    demands = forms.CharField(
        label=_("后续要求"), required=False, widget=forms.Textarea(attrs=_AREA),
        help_text=_("一行一条：要求 = 等次或“后3名” = 天数 = 约谈或书面报告。后两格可不写；通报印发后成为考核对象的任务，书面报告的成为其报送件"),
    )  # fmt: skip
    note = forms.CharField(
        label=_("说明"), max_length=1000, required=False, widget=forms.Textarea(attrs=_AREA)
    )

    def __init__(self, *args: Any, body: Mapping[str, Any], **kwargs: Any) -> None:
        self.body = body
        super().__init__(*args, **kwargs)

    def clean_grades(self) -> list[dict[str, Any]]:
        return grades_from(self.cleaned_data["grades"], (self.body.get("scale") or {}).get("grades") or ())

    def clean_vetoes(self) -> list[dict[str, Any]]:
        grades = self.cleaned_data.get("grades") or ()
        codes = {one["label"]: one["code"] for one in grades}
        return vetoes_from(self.cleaned_data["vetoes"], self.body.get("vetoes") or (), codes)

    def clean_demands(self) -> list[dict[str, Any]]:
        codes = {one["label"]: one["code"] for one in self.cleaned_data.get("grades") or ()}
        return demands_from(self.cleaned_data["demands"], codes)

    def applied(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """The body of a scheme with what the form says; what the form does not show stays."""
        data = self.cleaned_data
        made = dict(body)
        for name in ("title", "points", "cap", "floor", "note"):
            made[name] = data[name].strip()
        made["not_applicable"], made["missing"] = data["not_applicable"], data["missing"]
        made["vetoes"], made["demands"] = data["vetoes"], data["demands"]
        made["scale"] = self._scale(body.get("scale") or {}) if data["grades"] else None
        return {name: value for name, value in made.items() if value not in ("", None, [])}

    def _scale(self, before: Mapping[str, Any]) -> dict[str, Any]:
        data = self.cleaned_data
        scale: dict[str, Any] = {"grades": data["grades"]}
        if data["places"]:
            scale["rounding"] = {**(before.get("rounding") or {}), "places": int(data["places"])}
        if data["ties"]:
            scale["ties"] = data["ties"]
        return scale


def whole_initial(body: Mapping[str, Any]) -> dict[str, Any]:
    """The whole of a scheme as the form shows it."""
    scale = body.get("scale") or {}
    grades = scale.get("grades") or ()
    labels = {one["code"]: one.get("label") or one["code"] for one in grades}
    found = {name: body.get(name, "") for name in ("title", "points", "cap", "floor", "note")}
    return found | {
        "not_applicable": body.get("not_applicable", Away.REDISTRIBUTE.value),
        "missing": body.get("missing", Lacking.OPEN.value),
        "grades": grade_lines(grades),
        "places": str((scale.get("rounding") or {}).get("places", "")),
        "ties": scale.get("ties", ""),
        "vetoes": veto_lines(body.get("vetoes") or (), labels),
        "demands": demand_lines(body.get("demands") or (), labels),
    }


class RegisterForm(forms.Form):
    """The draft becomes an edition."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    source = forms.CharField(
        label=_("依据"), max_length=200, help_text=_("文件名称和文号"), error_messages=REQUIRED
    )
    valid_from = DayField(label=_("施行日期"), error_messages=REQUIRED)
    accepted = forms.CharField(
        label=_("保留说明"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("对提示仍予保留的，请写明理由"),
    )
