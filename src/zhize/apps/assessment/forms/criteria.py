"""Writing a scheme: one criterion with its method."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhize.apps.assessment.forms.methods import method_data, method_fields, method_initial
from zhize.core.scoring.methods import METHODS
from zhize.core.scoring.scheme import SourceKind
from zhize.kit.action_forms import REQUIRED

PARENT = "parent"
_AREA = {"rows": 3}


class CriterionForm(forms.Form):
    """One criterion. With `kind` “parent” it has criteria below it and no method of its own."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    number = forms.CharField(label=_("序号"), max_length=20, required=False)
    title = forms.CharField(label=_("名称"), max_length=200, error_messages=REQUIRED)
    points = forms.CharField(label=_("分值"), max_length=12, required=False)
    part = forms.BooleanField(label=_("加减分项，不计入总分"), required=False)
    text = forms.CharField(
        label=_("评分标准"), max_length=4000, required=False, widget=forms.Textarea(attrs=_AREA)
    )
    only = forms.CharField(
        label=_("只适用于"),
        max_length=1000,
        required=False,
        help_text=_("单位代码或分组，用顿号隔开；不填为全部"),
    )
    cap = forms.CharField(label=_("本项最高分"), max_length=12, required=False)
    floor = forms.CharField(label=_("本项最低分"), max_length=12, required=False)
    scorer = forms.CharField(
        label=_("评分单位"), max_length=200, required=False, help_text=_("单位代码；不填为领导小组办公室")
    )
    evidence = forms.CharField(
        label=_("佐证"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs=_AREA),
        help_text=_("一行一件"),
    )
    clauses = forms.CharField(
        label=_("对应条款"), max_length=200, required=False, help_text=_("如：四（一）、四（二）")
    )
    self_scored = forms.BooleanField(label=_("由考核对象自评"), required=False, initial=True)
    source_kind = forms.ChoiceField(
        label=_("数据来源"), choices=[(one.value, one.words) for one in SourceKind], required=False
    )
    source_codes = forms.CharField(
        label=_("来源代码"), max_length=300, required=False, help_text=_("指标卡代码、职责编号等，用顿号隔开")
    )
    kind = forms.ChoiceField(label=_("计分方法"), choices=())

    METHOD_FIELDS: tuple[str, ...] = ()

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = [(one.kind, one.label) for one in METHODS.values()]
        self.fields["kind"].choices = [(PARENT, _("由下级项目合计")), *rows]  # type: ignore[attr-defined]
        options = method_fields(kind)
        self.fields |= options
        self.METHOD_FIELDS = tuple(options)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("kind") and cleaned["kind"] != PARENT:
            cleaned["method"] = method_data(cleaned["kind"], cleaned)
        return cleaned

    def fields_of_criterion(self, before: Mapping[str, Any]) -> dict[str, Any]:
        """What the form says as fields of a criterion; empty ones take the old value away, what the form does not show
        (the note of a source) stays."""
        data = self.cleaned_data
        leaf = data["kind"] != PARENT
        source = {
            "kind": data["source_kind"] or SourceKind.MANUAL.value,
            "codes": _list(data["source_codes"]),
            "note": (before.get("source") or {}).get("note", ""),
        }
        plain = source["kind"] == SourceKind.MANUAL.value and not source["codes"] and not source["note"]
        found: dict[str, Any] = {name: data[name].strip() for name in ("number", "title", "points", "text", "cap", "floor", "scorer")}  # fmt: skip
        found |= {
            "part": "bonus" if data["part"] else "",
            "only": _list(data["only"]),
            "evidence": [line.strip() for line in data["evidence"].splitlines() if line.strip()],
            "clauses": _list(data["clauses"]),
            "source": None if plain or not leaf else {name: value for name, value in source.items() if value},
            "self_scored": None if data["self_scored"] or not leaf else False,
        }
        if leaf:
            found["method"] = data["method"]
        return found


def criterion_initial(node: Mapping[str, Any]) -> dict[str, Any]:
    """A criterion's data as the form shows it."""
    source = node.get("source") or {}
    method = node.get("method") or {}
    found = {
        name: node.get(name, "") for name in ("number", "title", "points", "text", "cap", "floor", "scorer")
    }
    return found | {
        "part": node.get("part") == "bonus",
        "only": "、".join(node.get("only") or ()),
        "evidence": "\n".join(node.get("evidence") or ()),
        "clauses": "、".join(node.get("clauses") or ()),
        "self_scored": node.get("self_scored", True),
        "source_kind": source.get("kind", SourceKind.MANUAL.value),
        "source_codes": "、".join(source.get("codes") or ()),
        "kind": method.get("kind", PARENT),
        **method_initial(method),
    }


def _list(text: str) -> list[str]:
    parts = re.split(r"[、，,\n]", text)
    return [part.strip() for part in parts if part.strip()]
