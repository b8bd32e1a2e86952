"""Forms of this app: a call with its fields, an answer, the office's word, the unit's own approval."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhize.apps.documents.models import Evidence
from zhize.apps.orgs.models import Unit
from zhize.apps.requests import mapping
from zhize.kit.actor import Actor
from zhize.kit.contributions import call_contents
from zhize.kit.field_data import value_of
from zhize.kit.fields import FieldSpec
from zhize.kit.forms import DayField, FilesField, ThingForm
from zhize.kit.measures import sources

KINDS = (
    ("long", _("多行文字")),
    ("text", _("一行文字")),
    ("integer", _("整数")),
    ("decimal", _("小数")),
    ("date", _("日期")),
    ("bool", _("是否")),
    ("choice", _("单选")),
)
PREFILLS = (("", _("不预填")), (mapping.DIGEST, _("按本单位数据")), (mapping.LAST, _("沿用上期")))
WHO = (
    ("chosen", _("下面勾选的单位")),
    ("member", _("全部成员单位")),
    ("assessed", _("全部下级政府")),
    ("all", _("成员单位和下级政府")),
)
BLANK_ROWS = 3


class CallForm(forms.Form):
    """What is asked, of whom, by when."""

    title = forms.CharField(label=_("标题"), max_length=100)
    due_on = DayField(label=_("报送期限"))
    period_start = DayField(label=_("所属期起"), required=False)
    period_end = DayField(label=_("所属期止"), required=False)
    body = forms.CharField(
        label=_("要求"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    content = forms.ChoiceField(
        label=_("报送内容"), required=False, help_text=_("选了专门内容的，各单位在相应页面填写")
    )
    source_code = forms.ChoiceField(
        label=_("接收后认定为"), required=False, help_text=_("接收后，该单位相应的履职事项自动落实")
    )
    nil_allowed = forms.BooleanField(label=_("可零报告"), required=False)
    stamp_needed = forms.BooleanField(label=_("须登记本单位审签"), required=False)
    who = forms.ChoiceField(label=_("征集对象"), choices=WHO, widget=forms.RadioSelect, initial="chosen")
    units = forms.MultipleChoiceField(label=_("单位"), required=False, widget=forms.CheckboxSelectMultiple)
    template = forms.CharField(required=False, widget=forms.HiddenInput)
    source = forms.CharField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, units: list[tuple[str, Unit]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = units
        contents = [(c.kind, c.label) for c in call_contents.items()]
        acts = [(s.code, s.label) for s in sources().values() if s.records is None]
        self.fields["content"].choices = [("", _("只有下面的填报项")), *contents]  # type: ignore[attr-defined]
        self.fields["source_code"].choices = [("", _("不认定")), *acts]  # type: ignore[attr-defined]
        self.fields["units"].choices = [(str(u.pk), u.name) for _capacity, u in units]  # type: ignore[attr-defined]

    def unit_ids(self) -> list[int]:
        """The units meant: a whole sort of them, or those ticked."""
        who = self.cleaned_data["who"]
        if who == "chosen":
            return [int(pk) for pk in self.cleaned_data["units"]]
        return [unit.pk for capacity, unit in self.known if who in ("all", capacity)]


class FieldRow(forms.Form):
    """One line of the form editor: what is asked, of which sort."""

    name = forms.CharField(required=False, widget=forms.HiddenInput)
    keep = forms.JSONField(required=False, widget=forms.HiddenInput)
    label = forms.CharField(label=_("填报项"), max_length=60, required=False)
    kind = forms.ChoiceField(label=_("类型"), choices=KINDS, required=False)
    unit = forms.CharField(label=_("单位或选项"), max_length=200, required=False)
    required = forms.BooleanField(label=_("必填"), required=False)
    prefill = forms.ChoiceField(label=_("预填"), choices=PREFILLS, required=False)


_RowSet = forms.formset_factory(FieldRow, extra=BLANK_ROWS, max_num=mapping.MOST_FIELDS)


class FieldRows(_RowSet):  # type: ignore[misc,valid-type]
    """The lines of the editor; an empty line asks nothing. What the editor does not show (limits) is carried along."""

    @staticmethod
    def initial_of(form: list[dict[str, Any]]) -> list[dict[str, Any]]:
        shown = ("name", "label", "kind", "unit", "required", "prefill", "choices")
        return [
            {
                "name": row.get("name", ""),
                "label": row.get("label", ""),
                "kind": row.get("kind", "text"),
                "unit": "、".join(c["label"] for c in row.get("choices", ())) or row.get("unit", ""),
                "required": row.get("required", False),
                "prefill": row.get("prefill", ""),
                "keep": {k: v for k, v in row.items() if k not in shown},
            }
            for row in form
        ]

    def mappings(self) -> list[dict[str, Any]]:
        """The form as it is stored; a new line gets the next free name."""
        rows = [f.cleaned_data for f in self.forms if f.cleaned_data.get("label")]
        taken = {row["name"] for row in rows if row["name"]}
        free = (f"f{number}" for number in range(1, 1000) if f"f{number}" not in taken)
        return [_mapping(row, row["name"] or next(free)) for row in rows]


def _mapping(row: dict[str, Any], name: str) -> dict[str, Any]:
    kind = row["kind"] or "text"
    made = {**(row["keep"] or {}), "name": name, "label": row["label"], "kind": kind}
    words = [w.strip() for w in row["unit"].replace("，", "、").replace(",", "、").split("、") if w.strip()]
    if kind == "choice":
        made["choices"] = [{"value": word, "label": word} for word in words]
    elif row["unit"]:
        made["unit"] = row["unit"]
    if row["required"]:
        made["required"] = True
    if row["prefill"]:
        made["prefill"] = row["prefill"]
    return made


def reply_form(
    fields: tuple[FieldSpec, ...], actor: Actor, *, nil_allowed: bool, draft: bool
) -> type[ThingForm]:
    """The call's fields, then what every answer has: a statement, materials, nothing to report."""
    base = mapping.answer_form(fields, actor, draft=draft)
    common: Any = {"show_hidden_initial": True}
    extra: dict[str, Any] = {
        "statement": forms.CharField(
            label=_("说明"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}), **common
        ),
        "uploads": FilesField(label=_("附件材料"), required=False, help_text=_("可选多个文件；PDF、Word、Excel、图片或文本")),
    }  # fmt: skip
    if nil_allowed:
        extra["nil_report"] = forms.BooleanField(
            label=_("零报告"), required=False, help_text=_("本期没有需要报送的内容，勾选后直接报送"), **common
        )
    return type("ReplyForm", (base,), extra)


def reply_initial(fields: tuple[FieldSpec, ...], answers: dict[str, Any]) -> dict[str, Any]:
    return {f.name: value_of(f, answers.get(f.name)) for f in fields}


class StampForm(forms.Form):
    """The unit's own approval, as it happened on paper."""

    by = forms.CharField(label=_("审签人"), max_length=80, help_text=_("职务和姓名，如“分管副局长 某某”"))
    on = DayField(label=_("审签日期"))
    scan = forms.FileField(label=_("审签件扫描"), required=False)


class ReviewForm(forms.Form):
    """The office's word on an answer, in general and field by field."""

    comment = forms.CharField(
        label=_("审核意见"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("退回时请写明要补正什么，可写在有问题的填报项下"),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, fields: tuple[FieldSpec, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = fields
        for field in fields:
            self.fields[f"c-{field.name}"] = forms.CharField(
                label=_("对此项的意见"), max_length=300, required=False
            )

    def on(self, name: str) -> Any:
        """The bound field for the comment on one field."""
        return self[f"c-{name}"]

    def field_comments(self) -> dict[str, str]:
        return {f.name: self.cleaned_data[f"c-{f.name}"] for f in self.asked}


class PacksForm(forms.Form):
    """Returned workbooks, several or zipped, and the day the office received them."""

    uploads = FilesField(
        label=_("收回的报送包"), help_text=_("可一次选多个 .xlsx，或装有它们的 .zip，至多 500 份")
    )
    received_on = DayField(label=_("收到日期"), help_text=_("以此判断是否逾期"))


class PackUploadForm(forms.Form):
    """The unit's own workbook, filled in."""

    pack = forms.FileField(label=_("填好的表"), help_text=_("只能用从本页导出的 .xlsx"))


class EndForm(forms.Form):
    """Why a call is ended or cancelled."""

    note = forms.CharField(label=_("说明"), max_length=300, required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


def own_evidence(actor: Actor) -> Any:
    """The unit's latest materials, to be used again."""
    return (
        Evidence.objects.visible_to(actor)
        .filter(unit_id=actor.unit_id or 0)
        .order_by("-dated_on", "-pk")[:20]
    )
