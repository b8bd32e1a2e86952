"""Asking for figures, and the grid a unit fills in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhize.apps.metrics.forms.numbers import figure_from, periods_from
from zhize.apps.metrics.models import Card, CellKey, Collection
from zhize.apps.metrics.selectors.grids import Cell, Grid
from zhize.apps.metrics.services import Written
from zhize.core.kernel.periods import Period
from zhize.kit.forms import DayField


class CollectionForm(forms.Form):
    """拟定指标征集: which cards, which periods, of whom, by when."""

    title = forms.CharField(label=_("标题"), max_length=100)
    cards = forms.ModelMultipleChoiceField(
        label=_("指标"),
        queryset=Card.objects.none(),
        error_messages={"required": _("没有选指标。请至少选一项。")},
    )
    periods = forms.CharField(
        label=_("填报期间"),
        max_length=200,
        help_text=_("可写几期，用、分开，如 2012年第三季度、2012年第四季度"),
    )
    subject = forms.ChoiceField(
        label=_("数据属于"), choices=Collection.Subject.choices,
        help_text=_("选“下一级各地区”的，市州替各县区填：一张表上各地区为行、各指标为列"),
    )  # fmt: skip
    units = forms.MultipleChoiceField(label=_("征集对象"), widget=forms.CheckboxSelectMultiple)
    due_on = DayField(label=_("报送期限"))
    body = forms.CharField(
        label=_("要求"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    table_no = forms.CharField(label=_("表号"), max_length=40, required=False)
    authority = forms.CharField(label=_("制定机关"), max_length=80, required=False)
    valid_until = DayField(label=_("有效期至"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, cards: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cards"].queryset = cards  # type: ignore[attr-defined]
        self.fields["units"].choices = units  # type: ignore[attr-defined]

    def groups(self) -> list[tuple[str, list[Card], int]]:
        """The cards by dimension, and how many of each are chosen."""
        chosen = self.chosen()
        found: dict[str, list[Card]] = {}
        for card in self.fields["cards"].queryset:  # type: ignore[attr-defined]
            found.setdefault(card.get_dimension_display(), []).append(card)
        return [(label, cards, sum(c.pk in chosen for c in cards)) for label, cards in found.items()]

    def chosen(self) -> set[int]:
        """Ids of the chosen cards, as sent or as they were."""
        value = self["cards"].value() or []
        return {int(getattr(one, "pk", one)) for one in value if str(getattr(one, "pk", one)).isdigit()}

    def clean_periods(self) -> list[Period]:
        return periods_from(self.cleaned_data["periods"])


@dataclass
class GridInput:
    """What was typed into a grid: understood cells, and for the others the words typed and what is wrong with them."""

    cells: dict[CellKey, Written] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    nothing: dict[str, bool] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, post: Mapping[str, str], grid: Grid) -> GridInput:
        """Every cell of the grid from its fields: name, name-none, name-reason."""
        found = cls()
        for cell in grid.cells:
            found._cell(cell, post)
        return found

    def _cell(self, cell: Cell, post: Mapping[str, str]) -> None:
        text = post.get(cell.name, "").strip()
        is_none = bool(post.get(f"{cell.name}-none"))
        reason = post.get(f"{cell.name}-reason", "")
        self.typed[cell.name], self.reasons[cell.name], self.nothing[cell.name] = text, reason, is_none
        value = None
        if text and not is_none:
            try:
                value = figure_from(text, whole=cell.card.decimals == 0, unit=cell.card.unit)
            except forms.ValidationError as error:
                self.errors[cell.name] = "".join(error.messages)
                return
        self.cells[cell.key] = Written(value, is_none, reason)
