"""Filters of a list, from the specs: a FilterSet of django-filter, and `q` over the spec's search paths."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django_filters
from django import forms
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _

from zhize.kit.actor import Actor
from zhize.kit.fields import Filter, ThingSpec
from zhize.kit.filter_kinds import WRONG, computed, filters_of
from zhize.kit.forms import RefField
from zhize.kit.inside import lookup_of, search_paths, with_inside

SHOWN = 3  # filters beside the keyword; the others stand under 更多条件
SEARCH_WORDS = 8  # more words than anybody types; a bound on the statement's size


if TYPE_CHECKING:
    _Choices = ModelChoiceIterator[models.Model]
else:
    _Choices = ModelChoiceIterator


class Present(_Choices):
    """The choices of a reference that occur in `rows` under `path`, and the one chosen."""

    def __init__(self, field: RefField, rows: models.QuerySet[Any], path: str, chosen: str | None) -> None:
        super().__init__(field)
        # One look into the rows' index for each choice, never all rows: a ledger may have a million.
        occurs = Q(Exists(rows.order_by().filter(**{path: OuterRef("pk")})))
        if chosen and "\0" not in chosen:  # which PostgreSQL takes in no text
            occurs |= Q(**{field.ref.key: chosen})
        self.queryset = self.queryset.filter(occurs)


class ThingFilterSet(django_filters.FilterSet):  # type: ignore[misc]
    """Filters what is valid. A value that makes no sense narrows nothing and is answered in words.

    Expects rows with the aliases of `kit.inside.with_inside`, where the thing has fields inside a JSON column.
    """

    @property
    def form(self) -> forms.Form:
        """A reference offers what stands in these rows, not everything there is; any that exists is understood."""
        made: forms.Form = super().form
        for name, one in self.filters.items():
            field = made.fields[name]
            if (
                isinstance(field, RefField)
                and not one.method
                and not isinstance(field.widget.choices, Present)
            ):
                field.widget.choices = Present(field, self.queryset, one.field_name, self.data.get(name))
        return made

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
            elif said := getattr(self.filters[name], "words", None):
                words = said(value)
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
            error_messages=WRONG,
            widget=forms.TextInput(attrs={"type": "search"}),
        )
    for field in spec.fields:
        if field.filter_q is not None:
            filters[field.name] = computed(field, actor)
        elif field.filter is not Filter.NO and lookup_of(spec, field):
            filters |= filters_of(spec, field, actor)
    return type(f"{spec.model.__name__}FilterSet", (ThingFilterSet,), filters)


def _search(spec: ThingSpec) -> Any:
    """Every word must stand in one of the paths. Where a path leads to many rows, the thing still comes once."""
    paths = search_paths(spec)
    inner = {lookup_of(spec, f) for f in spec.fields if f.inside}
    many = any(_leads_to_many(spec.model, path) for path in paths if path not in inner)

    def narrow(queryset: models.QuerySet[Any], _name: str, value: str) -> models.QuerySet[Any]:
        for word in value.split()[:SEARCH_WORDS]:
            anywhere = Q()
            for path in paths:
                anywhere |= Q(**{f"{path}__icontains": word})
            if many:  # a subquery within the scoped rows: a join would repeat a row for each match
                found = with_inside(spec, spec.model._base_manager.all()).filter(anywhere)
                anywhere = Q(pk__in=found.values("pk"))
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
