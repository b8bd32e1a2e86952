"""The self-evaluation as one form: for each criterion points, a word, evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from zhize.apps.assessment.models import Entry
from zhize.apps.assessment.selectors import SheetLine, evidence_of
from zhize.apps.assessment.services import SelfRow
from zhize.apps.documents.models import Evidence
from zhize.core.scoring.numbers import say, shown
from zhize.core.scoring.scheme import Node, Part
from zhize.kit.actor import Actor
from zhize.kit.forms import DayField, FilesField

RECENT = 30


@dataclass(frozen=True, slots=True)
class LeafFields:
    """The fields of one criterion, as a page shows them together."""

    leaf: Node
    entry: Entry
    points: BoundField
    statement: BoundField
    uploads: BoundField
    existing: BoundField | None


class SelfForm(forms.Form):
    """`leaves`: the criteria the object speaks about, with its entries. What is ticked of `existing` stays or is added."""

    summary = forms.CharField(
        label=_("自评报告"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("总体情况、主要成效、存在问题；可不填"),
    )
    dated_on = DayField(label=_("新传材料的日期"), required=False, help_text=_("不填按今天"))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        leaves: list[tuple[Node, Entry]],
        lines: list[SheetLine],
        actor: Actor,
        unit_ids: list[int],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.leaves, self.lines = leaves, lines
        own = Evidence.objects.visible_to(actor).filter(unit_id__in=unit_ids).order_by("-dated_on", "-pk")
        self.recent = list(own[:RECENT])
        for leaf, entry in leaves:
            self._add(leaf, entry)

    def _add(self, leaf: Node, entry: Entry) -> None:
        most = leaf.method.most(leaf.worth) if leaf.method else None
        low = None if leaf.part is Part.BONUS else 0
        self.fields[f"points_{leaf.code}"] = forms.DecimalField(
            label=_("自评得分"),
            required=False,
            decimal_places=2,
            min_value=low,
            max_value=None if most is None else shown(most),
            help_text=_("最高 %(most)s 分") % {"most": say(most)} if most is not None else "",
            initial=entry.self_points,
        )
        self.fields[f"statement_{leaf.code}"] = forms.CharField(
            label=_("自评说明"),
            required=False,
            max_length=1000,
            initial=entry.self_statement,
            widget=forms.Textarea(attrs={"rows": 2}),
        )
        self.fields[f"uploads_{leaf.code}"] = FilesField(label=_("上传佐证"), required=False)
        held = evidence_of(entry)
        offered = {one.pk: one for one in [*held, *self.recent]}
        if offered:
            self.fields[f"existing_{leaf.code}"] = forms.TypedMultipleChoiceField(
                label=_("选用已登记的材料"),
                required=False,
                coerce=int,
                choices=[(pk, f"{one.title}（{one.dated_on}）") for pk, one in offered.items()],
                initial=[one.pk for one in held],
                widget=forms.CheckboxSelectMultiple,
            )
        self.offered = {**getattr(self, "offered", {}), **offered}

    def groups(self) -> list[LeafFields]:
        """The fields criterion by criterion."""
        return [
            LeafFields(
                leaf=leaf,
                entry=entry,
                points=self[f"points_{leaf.code}"],
                statement=self[f"statement_{leaf.code}"],
                uploads=self[f"uploads_{leaf.code}"],
                existing=self[f"existing_{leaf.code}"] if f"existing_{leaf.code}" in self.fields else None,
            )
            for leaf, entry in self.leaves
        ]

    def rows(self) -> list[SelfRow]:
        """What `self_save` takes."""
        data = self.cleaned_data
        return [
            SelfRow(
                code=leaf.code,
                points=data[f"points_{leaf.code}"],
                statement=data[f"statement_{leaf.code}"],
                uploads=data[f"uploads_{leaf.code}"],
                existing=[
                    self.offered[pk] for pk in data.get(f"existing_{leaf.code}", []) if pk in self.offered
                ],
            )
            for leaf, _entry in self.leaves
        ]
