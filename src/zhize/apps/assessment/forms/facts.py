"""What a criterion is scored by, as fields: each method asks for its own facts."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhize.apps.assessment.models import Entry
from zhize.core.scoring.methods.base import Method
from zhize.core.scoring.methods.bonus import Bonus
from zhize.core.scoring.methods.deduction import Deduction
from zhize.core.scoring.methods.difference import Difference
from zhize.core.scoring.methods.formula import Formula
from zhize.core.scoring.methods.items import Honours
from zhize.core.scoring.methods.levels import Levels
from zhize.core.scoring.methods.manual import Manual
from zhize.core.scoring.methods.proportion import Proportion
from zhize.core.scoring.methods.survey import Survey
from zhize.core.scoring.scheme import Node

Fields = dict[str, forms.Field]
SEPARATORS = ("，", ",", "\t", "|")


def _figure(label: Any, **more: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, max_digits=20, decimal_places=8, required=False, **more)


def _count(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, required=False)


def _lines(label: Any, help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=4000,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def _fields(method: Method) -> Fields:
    """The fields of a method, by the names its facts have (`mean.X`, `asked.X`, `count.X` for the groups of a survey)."""
    match method:
        case Proportion() | Difference():
            fields: Fields = {"actual": _figure(_("实绩"))}
            if method.target is None:
                fields["target"] = _figure(_("目标"))
            return fields
        case Deduction():
            return (
                {"actual": _figure(_("实有"))}
                if method.required is not None
                else {"count": _figure(_("次数"))}
            )
        case Bonus():
            return {"count": _figure(_("项数"))}
        case Manual():
            return {"value": _figure(_("评分"))}
        case Levels():
            choices = [("", _("请选择")), *((one.code, one.code) for one in method.levels)]
            return {"level": forms.ChoiceField(label=_("等次"), choices=choices, required=False)}
        case Survey():
            fields = {}
            for group in method.groups:
                fields[f"mean.{group.code}"] = _figure(_("%(who)s平均分") % {"who": group.title})
                fields[f"asked.{group.code}"] = _count(_("%(who)s发放份数") % {"who": group.title})
                fields[f"count.{group.code}"] = _count(_("%(who)s有效份数") % {"who": group.title})
            return fields
        case Formula():
            return {
                one.name: _figure(f"{one.title or one.name}{f'（{one.unit}）' if one.unit else ''}")
                for one in method.inputs
            }
        case Honours():
            known = "、".join(one.code for one in method.levels)
            return {
                "items": _lines(_("表彰事项"), _("每行一项：名称，级别（%(levels)s）") % {"levels": known})
            }
    match method.kind:
        case "met":
            yes_no = [("", _("请选择")), ("yes", _("做到")), ("no", _("没有做到"))]
            return {"met": forms.ChoiceField(label=_("是否做到"), choices=yes_no, required=False)}
        case "on_time":
            return {"due": _count(_("应报")), "on_time": _count(_("按时")), "late": _count(_("迟报"))}
        case "ledger":
            return {"items": _lines(_("平时加减分"), _("每行一笔：事由，分值（扣分写负数）"))}
    return {"value": _figure(_("实绩"))}


class FactsForm(forms.Form):
    """Base of the forms made by `facts_form`. `keep`: what was collected is taken as it is."""

    method: Method
    collected: Mapping[str, Any]
    must_say: bool = True

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.must_say and not self.errors and not self.facts():
            raise forms.ValidationError(_("还没有填写评分：请填写，或写明不适用的原因"))
        return cleaned

    def facts(self) -> dict[str, Any]:
        """What `entry_check` takes; empty where nothing was filled in."""
        data = self.cleaned_data
        if data.get("keep"):
            return dict(self.collected)
        if data.get("not_applicable"):
            return {"not_applicable": data["not_applicable"]}
        if isinstance(self.method, Survey):
            return _answers(data)
        if "items" in self.fields:
            return _items(data["items"], self.method) if data["items"].strip() else {}
        found = {
            name: _written(data[name]) for name in _fields(self.method) if data.get(name) not in (None, "")
        }
        if "met" in found:
            found["met"] = found["met"] == "yes"
        return found


def facts_form(leaf: Node, entry: Entry, *, must_say: bool = True) -> type[FactsForm]:
    """The form of one criterion of one object. `must_say` False: it may be left empty among others."""
    assert leaf.method is not None  # nosec B101 - leaves have a method
    fields: Fields = {}
    if entry.collected:
        fields["keep"] = forms.BooleanField(label=_("采用系统采集的数据"), required=False)
    fields |= _fields(leaf.method)
    fields["not_applicable"] = forms.CharField(
        label=_("不适用的原因"), max_length=200, required=False, help_text=_("填写后本项不计分")
    )
    fields["reason"] = forms.CharField(label=_("理由"), max_length=500, required=False)
    fields["version"] = forms.IntegerField(widget=forms.HiddenInput, required=False)
    return type(
        "FactsForm",
        (FactsForm,),
        {"method": leaf.method, "collected": entry.collected, "must_say": must_say, **fields},
    )


def initial_of(entry: Entry) -> dict[str, Any]:
    """The entry's facts in the fields' own form. A mark never starts from what the object gave itself: accepting that is
    an act of its own."""
    facts = dict(entry.facts)
    found: dict[str, Any] = {
        "keep": bool(entry.collected) and facts == entry.collected,
        "reason": entry.reason,
        "version": entry.version,
    }
    if "answers" in facts:
        for code, one in facts["answers"].items():
            found |= {f"{name}.{code}": one.get(name) for name in ("mean", "asked", "count")}
    elif "items" in facts:
        found["items"] = "\n".join(_line(one) for one in facts["items"])
    else:
        found |= facts
    if "met" in facts:
        found["met"] = "yes" if facts["met"] else "no"
    return found


def _written(value: Any) -> Any:
    """Exact text, since a binary fraction is not."""
    return format(value.normalize(), "f") if isinstance(value, Decimal) else value


def _answers(data: Mapping[str, Any]) -> dict[str, Any]:
    answers: dict[str, dict[str, Any]] = {}
    for name, value in data.items():
        part, _dot, code = name.partition(".")
        if code and value is not None:
            answers.setdefault(code, {})[part] = _written(value)
    return {"answers": answers} if answers else {}


def _items(text: str, method: Method) -> dict[str, Any]:
    """Lines of 名称，级别 or 事由，分值; the last separator of a line counts."""
    name = "level" if isinstance(method, Honours) else "points"
    rows = []
    for line in filter(None, (one.strip() for one in text.splitlines())):
        cut = max(line.rfind(mark) for mark in SEPARATORS)
        title, value = (line[:cut], line[cut + 1 :]) if cut > 0 else (line, "")
        rows.append({"title": title.strip(), name: value.strip()})
    return {"items": rows}


def _line(one: Mapping[str, Any]) -> str:
    return f"{one.get('title', '')}，{one.get('level') or one.get('points') or ''}"
