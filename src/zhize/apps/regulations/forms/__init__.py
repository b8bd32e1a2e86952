"""Forms of this app beyond those the kit makes from FieldSpecs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from zhize.apps.documents.models import Evidence
from zhize.apps.regulations.models import Duty, DutyHolder, ProposedDuty
from zhize.kit.actor import Actor
from zhize.kit.forms import DayField, FilesField


class DischargeForm(forms.Form):
    """What a unit hands in: a statement, and evidence - new files, or material registered before."""

    statement = forms.CharField(
        label=_("履行情况说明"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("一两句话写明做了什么、结果如何"),
        error_messages={"required": _("请填写履行情况说明：一两句话写明做了什么、结果如何")},
    )
    uploads = FilesField(
        label=_("佐证材料"), required=False, help_text=_("可选多个文件；PDF、Word、Excel、图片或文本")
    )
    dated_on = DayField(
        label=_("材料日期"),
        required=False,
        help_text=_("材料本身的日期；不填按今天"),
        error_messages={"invalid": _("请按 2012-03-05 的格式填写日期")},
    )
    existing = forms.ModelMultipleChoiceField(
        label=_("选用已登记的材料"), queryset=Evidence.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Evidence.objects.visible_to(actor).filter(unit_id=actor.unit_id or 0)
        self.fields["existing"].queryset = own.order_by("-dated_on", "-pk")  # type: ignore[attr-defined]
        self.recent = list(own.order_by("-dated_on", "-pk")[:20])
        shown = [(e.pk, f"{e.title}（{e.dated_on}）") for e in self.recent]
        self.fields["existing"].widget.choices = shown


class DecisionForm(forms.Form):
    """The office's word on what was handed in."""

    comment = forms.CharField(
        label=_("审核意见"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("退回时必须写明要补正什么"),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)


class WaiveForm(forms.Form):
    """Excusing from an obligation."""

    reason = forms.CharField(
        label=_("免办理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("请写明免办理由：写明情形和依据")},
    )  # fmt: skip
    basis = forms.CharField(
        label=_("依据"), max_length=200, required=False, help_text=_("文号或会议纪要，可不填")
    )


class WaiverAnswerForm(forms.Form):
    """The director's word on a request to be excused."""

    class Answer(models.TextChoices):
        GRANT = "grant", _("同意")
        REFUSE = "refuse", _("不同意")

    action = forms.ChoiceField(label=_("审批"), choices=Answer.choices, widget=forms.RadioSelect)
    opinion = forms.CharField(
        label=_("审批意见"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("不同意时必须写明理由"),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("action") == self.Answer.REFUSE and not cleaned.get("opinion", "").strip():
            self.add_error("opinion", _("请写明不同意的理由：一句话写明为什么仍须履行"))
        return cleaned


class LiftForm(forms.Form):
    """Taking a waiver back."""

    reason = forms.CharField(label=_("取消理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class _TextForm(forms.Form):
    """A text pasted, or a file whose text is read; one of the two."""

    text = forms.CharField(label=_("正文"), required=False, widget=forms.Textarea(attrs={"rows": 14}))
    file = forms.FileField(
        label=_("或上传文件"),
        required=False,
        help_text=_(".docx（含自动编号）、.pdf（文字版）、.html 或 .txt"),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("text", "").strip() and not cleaned.get("file"):
            self.add_error("text", _("请粘贴正文，或上传文件"))
        return cleaned


class RegulationForm(_TextForm):
    """A document and its text."""

    field_order = ("title", "doc_no", "issuer", "issued_on", "in_force_from", "text", "file")
    title = forms.CharField(label=_("标题"), max_length=200)
    doc_no = forms.CharField(
        label=_("文号"), max_length=60, required=False, help_text=_("如 甘政办发〔2011〕58号")
    )
    issuer = forms.CharField(label=_("发文机关"), max_length=120, required=False)
    issued_on = DayField(label=_("成文日期"), required=False)
    in_force_from = DayField(label=_("施行日期"), required=False)


class NextVersionForm(_TextForm):
    """The next version of a text: its full text, or a document that amends the one in force."""

    class Sort(models.TextChoices):
        FULL = "full", _("新版全文")
        AMENDING = "amending", _("修改决定（将第X条修改为……）")

    field_order = ("sort", "in_force_on", "text", "file")
    sort = forms.ChoiceField(label=_("内容"), choices=Sort.choices, initial=Sort.FULL)
    in_force_on = DayField(
        label=_("本版施行日期"), error_messages={"required": _("没有填写。请填写本版开始施行的日期。")}
    )


class RowForm(forms.Form):
    """One proposed duty as a person corrects it. Period and deadline in the few ways an office writes them."""

    class Every(models.TextChoices):
        KEEP = "keep", _("按已有设定")
        NONE = "", _("不设")
        ONCE = "once", _("一次性，按日期")
        YEAR = "year", _("每年")
        HALF = "half", _("每半年")
        QUARTER = "quarter", _("每季度")
        MONTH = "month", _("每月")

    text = forms.CharField(
        label=_("职责原文"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("职责原文是空的：不需要登记的请选“不登记”")},
    )  # fmt: skip
    title = forms.CharField(
        label=_("短标题"), max_length=60, required=False, help_text=_("列表中显示；不填取原文开头")
    )
    nature = forms.ChoiceField(label=_("性质"), choices=Duty.Nature.choices)
    kind = forms.ChoiceField(label=_("类别"), choices=Duty.Kind.choices)
    every = forms.ChoiceField(label=_("周期"), choices=Every.choices, required=False)
    due_on = DayField(label=_("完成日期"), required=False, help_text=_("一次性事项的期限"))
    month_day = forms.CharField(
        label=_("每年几月几日前"), max_length=10, required=False, help_text=_("如 12-31；只用于每年一次的")
    )
    days = forms.IntegerField(
        label=_("期末后几天内"), min_value=-360, max_value=360, required=False,
        help_text=_("0 为期末当日，负数为期末前"),
    )  # fmt: skip
    keep_flag = forms.BooleanField(label=_("登记后仍列为待核事项"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("every") == self.Every.YEAR and (words := cleaned.get("month_day", "").strip()):
            hit = re.fullmatch(r"(\d{1,2})\D+(\d{1,2})\D?", words)
            if hit is None:
                self.add_error("month_day", _("请写成 月-日，如 12-31"))
            else:
                cleaned["fixed"] = {"month": int(hit[1]), "day": int(hit[2])}
        return cleaned

    def recurrence(self, before: Mapping[str, Any]) -> dict[str, Any]:
        """As data of `duties.recurrence`; a way this form cannot say stays as it was."""
        data = self.cleaned_data
        every = data["every"]
        if every == self.Every.KEEP:
            return dict(before)
        if every == self.Every.ONCE:
            return {"every": every, "due": {"date": data["due_on"].isoformat()}} if data["due_on"] else {}
        if not every:
            return {}
        days = data["days"] or 0
        due = {"before_end": {"days": -days}} if days <= 0 else {"after_end": {"days": days}}
        return {"every": every, "due": {"fixed": data["fixed"]} if "fixed" in data else due}

    @classmethod
    def of(cls, row: ProposedDuty) -> RowForm:
        """The form as the row stands."""
        return cls(initial={**{n: getattr(row, n) for n in ("text", "title", "nature", "kind", "keep_flag")},
                            **_period(row.recurrence)})  # fmt: skip

    def holders(self, before: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Holders as posted: those that stay with their role, then the new ones by name (`unit` to be found)."""
        data: Any = self.data
        roles, gone = data.getlist("h_role"), set(data.getlist("h_drop"))
        kept = [
            {**held, "role": roles[at] if at < len(roles) and roles[at] in DutyHolder.Role.values else held["role"]}
            for at, held in enumerate(before)
            if str(at) not in gone
        ]  # fmt: skip
        names, new_roles = data.getlist("new_name"), data.getlist("new_role")
        for at, name in enumerate(names):
            role = new_roles[at] if at < len(new_roles) else ""
            if name.strip():
                kept.append({"name": name.strip()[:80], "sort": "", "unit": None,
                             "role": role if role in DutyHolder.Role.values else DutyHolder.Role.JOINT.value})  # fmt: skip
        return kept


def _period(recurrence: Mapping[str, Any]) -> dict[str, Any]:
    """The initial values of period and deadline."""
    if not recurrence:
        return {"every": ""}
    every, due = recurrence.get("every"), recurrence.get("due", {})
    if set(recurrence) == {"every", "due"}:
        if "date" in due:
            return {"every": every, "due_on": due["date"]}
        if (
            every == "year"
            and set(due.get("fixed", {})) == {"month", "day"}
            and due["fixed"]["day"] != "last"
        ):
            return {"every": every, "month_day": f"{due['fixed']['month']}-{due['fixed']['day']}"}
        for way, sign in (("before_end", -1), ("after_end", 1)):
            if set(due.get(way, {})) == {"days"}:
                return {"every": every, "days": sign * due[way]["days"]}
    return {"every": RowForm.Every.KEEP.value}
