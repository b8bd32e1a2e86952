"""Words for what entries name by code: kinds of things, their fields, and values that are choices.

Words come from the thing's description, else from its model, else from any model of the same app that has the
field (an entry about an obligation also holds the discharge's fields), else from `COUNTS`. A code nobody knows stays.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhize.kit.fields import specs

# What services count or sum up, which no model has as a field.
COUNTS: dict[str, Promise] = {
    "added": gettext_lazy("新增"),
    "changed": gettext_lazy("修改"),
    "kept": gettext_lazy("不变"),
    "same": gettext_lazy("不变"),
    "ended": gettext_lazy("停用"),
    "moved": gettext_lazy("移交"),
    "days": gettext_lazy("天数"),
    "years": gettext_lazy("年度"),
    "usernames": gettext_lazy("账号"),
    "id": gettext_lazy("编号"),
    "units": gettext_lazy("责任单位"),
    "duties": gettext_lazy("职责"),
    "common": gettext_lazy("共同职责"),
    "flagged": gettext_lazy("待核对"),
    "unowned": gettext_lazy("没有责任主体的条款"),
    "segments": gettext_lazy("段落"),
    "pairs": gettext_lazy("职责与责任主体"),
    "warnings": gettext_lazy("提示"),
    "evidence": gettext_lazy("佐证材料"),
    "lines": gettext_lazy("行数"),
    "kind": gettext_lazy("类别"),
    "sha256": gettext_lazy("摘要（SHA-256）"),
    "predecessors": gettext_lazy("原单位"),
    "successors": gettext_lazy("承接单位"),
    "post": gettext_lazy("岗位"),
    "person": gettext_lazy("姓名"),
    "scopes": gettext_lazy("权限范围"),
}


def kind_words(kind: str) -> str:
    """ "documents.file" → 文件."""
    if kind in specs():
        return str(specs()[kind].label)
    model = _model(kind)
    return str(model._meta.verbose_name) if model else kind


def field_words(kind: str, name: str) -> str:
    """The label of a field; the code itself where nobody has given it words."""
    if kind in specs():
        for field in specs()[kind].fields:
            if field.name == name:
                return str(field.label)
    for found in _fields(kind, name):
        words = str(found.verbose_name)
        if words != name.replace("_", " "):  # Django's own guess is no word of ours
            return words
    return str(COUNTS.get(name, name))


def value_words(kind: str, name: str, value: Any) -> str:
    """A value as a person reads it: choices and yes and no in words, lists as JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, list) and not any(isinstance(one, list | dict) for one in value):
        return "、".join(map(str, value))
    if not isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    for field in _fields(kind, name):
        words = dict(field.flatchoices).get(value)
        if words is not None:
            return str(words)
    return value


@lru_cache(maxsize=256)
def _model(kind: str) -> type[models.Model] | None:
    """The model of a kind: WorkYear for "years.work_year", StoredFile for "documents.file"."""
    if kind in specs():
        return specs()[kind].model
    label, _dot, last = kind.partition(".")
    word = last.replace("_", "")
    if not word or not apps.is_installed(f"zhize.apps.{label}"):
        return None
    known = list(apps.get_app_config(label).get_models())
    exact = [m for m in known if m._meta.model_name == word]
    return next(iter(exact or [m for m in known if (m._meta.model_name or "").endswith(word)]), None)


def _fields(kind: str, name: str) -> Iterator[models.Field[Any, Any]]:
    model = _model(kind)
    if model is None:
        return
    for one in (
        model,
        *(m for m in apps.get_app_config(model._meta.app_label).get_models() if m is not model),
    ):
        for field in one._meta.concrete_fields:
            if field.name == name:
                yield field
