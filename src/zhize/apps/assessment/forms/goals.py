"""备案目标: each goal as the plan has it; a box for what is wanted instead, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from zhize.apps.assessment.selectors import Goal
from zhize.apps.assessment.services import Ask
from zhize.kit.action_forms import VersionForm


@dataclass(frozen=True, slots=True)
class GoalFields:
    """One goal on the page; nothing to fill in where the scheme fixes it."""

    goal: Goal
    asked: BoundField | None
    why: BoundField | None


class GoalsForm(VersionForm):
    """What is left empty is confirmed as it stands."""

    def __init__(self, *args: Any, goals: Sequence[Goal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.goals = goals
        for n, goal in enumerate(goals):
            if goal.card:
                self.fields[f"asked{n}"] = forms.DecimalField(
                    label=_("申请调整为"), required=False, max_digits=18, decimal_places=4
                )
                self.fields[f"why{n}"] = forms.CharField(label=_("调整理由"), required=False, max_length=300)

    def groups(self) -> list[GoalFields]:
        return [
            GoalFields(goal, *(self[f"{name}{n}"] if goal.card else None for name in ("asked", "why")))
            for n, goal in enumerate(self.goals)
        ]

    def asks(self) -> dict[str, Ask]:
        data = self.cleaned_data
        return {
            goal.code: Ask(data[f"asked{n}"], data[f"why{n}"])
            for n, goal in enumerate(self.goals)
            if data.get(f"asked{n}") is not None
        }
