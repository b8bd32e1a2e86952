"""Filters of a list, from the specs: a FilterSet of django-filter, and `q` over the spec's search paths."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import django_filters
from django import forms
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from zhize.kit.actor import Actor
from zhize.kit.columns import is_concrete
from zhize.kit.fields import FieldSpec, Filter, Kind, ThingSpec
from zhize.kit.forms import DATE_FORMATS, RefField, bounds, date_input

SHOWN = 3  # filters beside the keyword; the others stand under 更多条件
SEARCH_WORDS = 8  # more words than anybody types; a bound on the statement's size
_WRONG: dict[str, Any] = {
    "invalid_choice": _("不在可选范围内。请从列表中选择。"),
    "max_length": _("太长，最多 %(limit_value)d 个字。请缩短。"),
    "null_characters_not_allowed": _("含有看不见的空字符。请重新输入。"),
}


class _RefFilter(django_filters.Filter):  # type: ignore[misc]
    field_class = RefField


class ThingFilterSet(django_filters.FilterSet):  # type: ignore[misc]
    """Filters what is valid. A value that makes no sense narrows nothing and is answered in words."""

    def filter_queryset(self, queryset: models.QuerySet[Any]) -> models.QuerySet[Any]:
        for name, value in self.form.cleaned_data.items():
            queryset = self.filters[name].filter(queryset, value)
        return queryset

    @property
    def rows(self) -> models.QuerySet[Any]:
        self.form.is_valid()
        return self.filter_queryset(self.queryset)

    def problems(self) -> list[str]:
        """ "类别：不在可选范围内。请从列表中选择。" for each filter that was not applied."""
        return [
            f"{self.form.fields[name].label}：{' '.join(map(str, errors))}"
            for name, errors in self.form.errors.items()
        ]

    def bar(self) -> tuple[list[Any], list[Any], bool]:
        """Bound fields shown at once, those folded away, and whether one of the folded is in use.

        The keyword and the first three: choices, numbers and dates before words typed, the two ends of a
        range never apart.
        """
        names = [name for name in self.form.fields if name != "q"]
        names.sort(key=lambda name: isinstance(self.form.fields[name], forms.CharField))
        shown = ["q"] if "q" in self.form.fields else []
        room = SHOWN
        for name in names:
            pair = [n for n in (name, f"{name.removesuffix('_from')}_to") if n in names and n not in shown]
            group = pair if name.endswith("_from") else [n for n in [name] if n not in shown]
            alone = name.endswith("_to") and f"{name.removesuffix('_to')}_from" in names
            if group and not alone and len(group) <= room:
                shown += group
                room -= len(group)
        more = [name for name in self.form.fields if name not in shown]
        used = any(self.data.get(name) for name in more)
        return [self.form[name] for name in shown], [self.form[name] for name in more], used

    def chips(self) -> list[tuple[str, str]]:
        """(parameter, words) of each filter in force."""
        found = []
        for name, value in self.form.cleaned_data.items():
            if value in (None, "", []):
                continue
            field = self.form.fields[name]
            if isinstance(field, RefField):
                words = field.label_from_instance(value)
            else:
                words = str(dict(getattr(field, "choices", ())).get(self.data.get(name), value))
            found.append((name, f"{field.label}：{words}"))
        return found


def filterset_class(spec: ThingSpec, actor: Actor) -> type[ThingFilterSet]:
    """The FilterSet of a thing's list, as this actor may choose from it."""
    filters: dict[str, Any] = {}
    if spec.search:
        filters["q"] = django_filters.CharFilter(
            method=_search(spec),
            label=_("关键词"),
            max_length=100,
            error_messages=_WRONG,
            widget=forms.TextInput(attrs={"type": "search"}),
        )
    for field in spec.fields:
        if field.filter_q is not None:
            filters[field.name] = _computed(field)
        elif field.filter is not Filter.NO and (field.filter_path or is_concrete(spec, field)):
            filters |= _filters(spec, field, actor)
    return type(f"{spec.model.__name__}FilterSet", (ThingFilterSet,), filters)


def _search(spec: ThingSpec) -> Any:
    """Every word must stand in one of the paths. Where a path leads to many rows, the thing still comes once."""
    many = any(_leads_to_many(spec.model, path) for path in spec.search)

    def narrow(queryset: models.QuerySet[Any], _name: str, value: str) -> models.QuerySet[Any]:
        for word in value.split()[:SEARCH_WORDS]:
            anywhere = Q()
            for path in spec.search:
                anywhere |= Q(**{f"{path}__icontains": word})
            if many:  # a subquery within the scoped rows: a join would repeat a row for each match
                anywhere = Q(pk__in=spec.model._base_manager.filter(anywhere).values("pk"))
            queryset = queryset.filter(anywhere)
        return queryset

    return narrow


def _leads_to_many(model: Any, path: str) -> bool:
    for part in path.split("__"):
        field = model._meta.pk if part == "pk" else model._meta.get_field(part)
        if field.one_to_many or field.many_to_many:
            return True
        model = field.related_model or model
    return False


def _filters(spec: ThingSpec, field: FieldSpec, actor: Actor) -> dict[str, Any]:
    if field.filter is Filter.RANGE:
        return _range(spec, field)
    if field.filter is Filter.CONTAINS:
        one = django_filters.CharFilter(
            field.name, lookup_expr="icontains", label=field.label, max_length=100, error_messages=_WRONG
        )
    elif field.kind is Kind.REF and field.ref:
        one = _RefFilter(
            field.filter_path or field.name,
            label=field.label,
            ref=field.ref,
            actor=actor,
            empty_label=_("全部"),
            error_messages=_WRONG,
        )
    elif field.kind is Kind.BOOL:
        one = django_filters.TypedChoiceFilter(
            field_name=field.name,
            choices=[("", _("全部")), ("1", _("是")), ("0", _("否"))],
            coerce=_flag,
            empty_value=None,
            label=field.label,
            error_messages=_WRONG,
        )
    elif field.choices:
        one = django_filters.ChoiceFilter(
            field_name=field.name,
            choices=field.choices.choices,
            empty_label=_("全部"),
            label=field.label,
            error_messages=_WRONG,
        )
    elif field.kind in {Kind.INTEGER, Kind.DECIMAL}:
        one = _number(spec, field, "exact", field.label)
    elif field.kind is Kind.DATE:
        one = _date(field, "exact", field.label)
    else:
        one = django_filters.CharFilter(field.name, label=field.label, max_length=200, error_messages=_WRONG)
    return {field.name: one}


def _computed(field: FieldSpec) -> Any:
    """A choice that is not a column (a light): its own condition for each value."""
    condition = field.filter_q

    def narrow(queryset: models.QuerySet[Any], _name: str, value: str) -> models.QuerySet[Any]:
        return queryset.filter(condition(value)) if condition else queryset

    return django_filters.ChoiceFilter(
        method=narrow,
        choices=field.choices.choices if field.choices else [],
        empty_label=_("全部"),
        label=field.label,
        error_messages=_WRONG,
    )


def _flag(value: str) -> bool:
    return value == "1"


def _range(spec: ThingSpec, field: FieldSpec) -> dict[str, Any]:
    """Two filters, `name_from` and `name_to`, both inclusive."""
    ends = {
        f"{field.name}_from": ("gte", format_lazy(_("{label}自"), label=field.label)),
        f"{field.name}_to": ("lte", format_lazy(_("{label}至"), label=field.label)),
    }
    if field.kind is Kind.DATE:
        moment = isinstance(spec.model._meta.get_field(field.name), models.DateTimeField)
        make = _day if moment else _date
        return {name: make(field, lookup, label) for name, (lookup, label) in ends.items()}
    return {name: _number(spec, field, lookup, label) for name, (lookup, label) in ends.items()}


def _date(field: FieldSpec, lookup: str, label: Any) -> Any:
    wrong = {"invalid": _("不是日期。请按 2012-03-05 的样式填写。")}
    return django_filters.DateFilter(
        field.name,
        lookup_expr=lookup,
        label=label,
        input_formats=DATE_FORMATS,
        widget=date_input(),
        error_messages=wrong,
    )


def _day(field: FieldSpec, lookup: str, label: Any) -> Any:
    """A bound of days on a moment: the day is the office's, and its whole length belongs to it."""

    def narrow(queryset: models.QuerySet[Any], _name: str, value: date) -> models.QuerySet[Any]:
        day = value if lookup == "gte" else value + timedelta(days=1)
        midnight = timezone.make_aware(datetime.combine(day, time.min))
        return queryset.filter(**{f"{field.name}__{'gte' if lookup == 'gte' else 'lt'}": midnight})

    one = _date(field, lookup, label)
    one.method = narrow
    return one


def _number(spec: ThingSpec, field: FieldSpec, lookup: str, label: Any) -> Any:
    low, high = bounds(field, spec.model._meta.get_field(field.name))
    if field.kind is Kind.DECIMAL:
        low, high = low if low is not None else -(10**15), high if high is not None else 10**15
    return django_filters.NumberFilter(
        field.name,
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
