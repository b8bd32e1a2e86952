"""考核组: its name, its people, whom it scores by what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhize.apps.assessment.models import Assessed, ScoringGroup
from zhize.apps.orgs.models import User
from zhize.core.scoring.scheme import Node


class _Several(forms.TypedMultipleChoiceField):
    """Boxes to tick, at least one."""

    def __init__(self, label: Any, coerce: Any = int, help_text: Any = "") -> None:
        super().__init__(
            label=label,
            coerce=coerce,
            help_text=help_text,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("请至少选一个")},
        )


class ScoringGroupForm(forms.Form):
    """The whole of a group."""

    name = forms.CharField(
        label=_("考核组名称"), max_length=40, error_messages={"required": _("请填写名称，如“第一考核组”")}
    )
    people = _Several(_("考核员"), help_text=_("今天有考核员岗位的人；不能给任职单位评分"))
    objects = _Several(_("考核对象"))
    codes = _Several(_("评分项目"), coerce=str, help_text=_("办法写明评分单位的项目不在此列"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        group: ScoringGroup | None,
        people: Sequence[User],
        objects: Sequence[Assessed],
        leaves: Sequence[Node],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.initial = _initial(group, leaves)
        for name, choices in (
            ("people", [(one.pk, one.name) for one in people]),
            ("objects", [(one.pk, one.name) for one in objects]),
            ("codes", [(leaf.code, leaf.name) for leaf in leaves]),
        ):
            self.fields[name].choices = choices  # type: ignore[attr-defined]


def _initial(group: ScoringGroup | None, leaves: Sequence[Node]) -> dict[str, Any]:
    """A new group scores everything that is open to groups, unless boxes are unticked."""
    if group is None:
        return {"codes": [leaf.code for leaf in leaves]}
    return {
        "name": group.name,
        "people": [one.pk for one in group.people.all()],
        "objects": [one.pk for one in group.scored.all()],
        "codes": group.codes,
        "version": group.version,
    }
