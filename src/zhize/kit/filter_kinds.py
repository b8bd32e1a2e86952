"""The filters of one field, by its kind and the way it is narrowed; what is wrong is said in words."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import django_filters
from django import forms
from django.db import models
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from zhize.kit.actor import Actor
from zhize.kit.fields import FieldSpec, Filter, Kind, ThingSpec
from zhize.kit.forms import DATE_FORMATS, RefField, bounds, date_input
from zhize.kit.inside import column_of, lookup_of

WRONG: dict[str, Any] = {
    "invalid_choice": _("不在可选范围内。请从列表中选择。"),
    "max_length": _("太长，最多 %(limit_value)d 个字。请缩短。"),
    "null_characters_not_allowed": _("含有看不见的空字符。请重新输入。"),
}


class _RefFilter(django_filters.Filter):  # type: ignore[misc]
    field_class = RefField


def filters_of(spec: ThingSpec, field: FieldSpec, actor: Actor) -> dict[str, Any]:
    path = lookup_of(spec, field)
    if field.filter is Filter.RANGE:
        return _range(spec, field, path)
    if field.filter is Filter.CONTAINS:
        one = django_filters.CharFilter(
            path, lookup_expr="icontains", label=field.label, max_length=100, error_messages=WRONG
        )
    elif field.kind is Kind.REF and field.ref:
        one = _ref(field, actor, field_name=path)
    elif field.kind is Kind.BOOL:
        one = django_filters.TypedChoiceFilter(
            field_name=path,
            choices=[("", _("全部")), ("1", _("是")), ("0", _("否"))],
            coerce=_flag,
            empty_value=None,
            label=field.label,
            error_messages=WRONG,
        )
    elif field.choices:
        one = django_filters.ChoiceFilter(
            field_name=path,
            choices=field.choices.choices,
            empty_label=_("全部"),
            label=field.label,
            error_messages=WRONG,
        )
    elif field.kind in {Kind.INTEGER, Kind.DECIMAL}:
        one = _number(spec, field, path, "exact", field.label)
    elif field.kind is Kind.DATE:
        one = _date(field, path, "exact", field.label)
    else:
        one = django_filters.CharFilter(path, label=field.label, max_length=200, error_messages=WRONG)
    return {field.name: one}


def _ref(field: FieldSpec, actor: Actor, **where: Any) -> Any:
    return _RefFilter(
        label=field.label, ref=field.ref, actor=actor, empty_label=_("全部"), error_messages=WRONG, **where
    )


def computed(field: FieldSpec, actor: Actor) -> Any:
    """A choice or a reference with a condition of its own for each value: a light, a region with what lies below."""
    condition = field.filter_q

    def narrow(queryset: models.QuerySet[Any], _name: str, value: Any) -> models.QuerySet[Any]:
        return queryset.filter(condition(value)) if condition and value not in (None, "") else queryset

    if field.kind is Kind.REF and field.ref:
        return _ref(field, actor, method=narrow)
    if field.filter_words:
        one = django_filters.CharFilter(
            method=narrow, label=field.label, max_length=200, error_messages=WRONG, widget=forms.HiddenInput
        )
        one.words = field.filter_words
        return one
    return django_filters.ChoiceFilter(
        method=narrow,
        choices=field.choices.choices if field.choices else [],
        empty_label=_("全部"),
        label=field.label,
        error_messages=WRONG,
    )


def _flag(value: str) -> bool:
    return value == "1"


def _range(spec: ThingSpec, field: FieldSpec, path: str) -> dict[str, Any]:
    """Two filters, `name_from` and `name_to`, both inclusive."""
    ends = {
        f"{field.name}_from": ("gte", format_lazy(_("{label}自"), label=field.label)),
        f"{field.name}_to": ("lte", format_lazy(_("{label}至"), label=field.label)),
    }
    if field.kind is Kind.DATE:
        make = _day if isinstance(column_of(spec, field), models.DateTimeField) else _date
        return {name: make(field, path, lookup, label) for name, (lookup, label) in ends.items()}
    return {name: _number(spec, field, path, lookup, label) for name, (lookup, label) in ends.items()}


def _date(field: FieldSpec, path: str, lookup: str, label: Any) -> Any:
    wrong = {"invalid": _("不是日期。请按 2012-03-05 的样式填写。")}
    return django_filters.DateFilter(
        path,
        lookup_expr=lookup,
        label=label,
        input_formats=DATE_FORMATS,
        widget=date_input(),
        error_messages=wrong,
    )


def _day(field: FieldSpec, path: str, lookup: str, label: Any) -> Any:
    """A bound of days on a moment: the day is the office's, and its whole length belongs to it."""

    def narrow(queryset: models.QuerySet[Any], _name: str, value: date) -> models.QuerySet[Any]:
        day = value if lookup == "gte" else value + timedelta(days=1)
        midnight = timezone.make_aware(datetime.combine(day, time.min))
        return queryset.filter(**{f"{path}__{'gte' if lookup == 'gte' else 'lt'}": midnight})

    one = _date(field, path, lookup, label)
    one.method = narrow
    return one


def _number(spec: ThingSpec, field: FieldSpec, path: str, lookup: str, label: Any) -> Any:
    low, high = bounds(field, column_of(spec, field))
    if field.kind is Kind.DECIMAL:
        low, high = low if low is not None else -(10**15), high if high is not None else 10**15
    return django_filters.NumberFilter(
        path,
        lookup_expr=lookup,
        label=label,
        min_value=low,
        max_value=high,
        error_messages={
            "invalid": _("不是数字。请填写数字，如 12。"),
            "min_value": _("不能小于 %(limit_value)s。请改大。"),
            "max_value": _("不能大于 %(limit_value)s。请改小。"),
        },
    )
