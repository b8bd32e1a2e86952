"""Forms that lay a task out: its parts, its units, its steps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhize.apps.orgs.models import Unit
from zhize.apps.work.models import TaskUnit
from zhize.apps.work.services import NewStep, Part
from zhize.apps.work.specs.tasks import UNITS
from zhize.kit.action_forms import VersionForm, lines
from zhize.kit.actor import Actor
from zhize.kit.forms import DayField, RefField


class DivideForm(forms.Form):
    """分解: one part of a task."""

    title = forms.CharField(
        label=_("子任务"), max_length=120, error_messages={"required": _("请填写子任务：一句话说清做什么")}
    )
    person = forms.CharField(label=_("责任人"), max_length=40, required=False)
    due_on = DayField(label=_("完成期限"), required=False, help_text=_("不晚于整项任务的期限"))
    weight = forms.IntegerField(
        label=_("权重"), min_value=1, max_value=100, initial=1,
        help_text=_("各子任务进度按权重汇总；都填 1 即平均"),
        error_messages={"min_value": _("权重应为 1 至 100"), "max_value": _("权重应为 1 至 100")},
    )  # fmt: skip
    goal = lines(_("目标"), rows=2, most=500, required=False)

    def __init__(self, *args: Any, actor: Actor, among: list[int] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lead = RefField(UNITS, actor, label=_("承办单位"), empty_label=_("请选择"), error_messages={
            "required": _("请选择承办单位"),
        })  # fmt: skip
        if among is not None:
            lead.queryset = lead.queryset.filter(pk__in=among)  # type: ignore[union-attr]
        self.fields["lead_unit"] = lead
        self.order_fields(["title", "lead_unit", "person", "due_on", "weight", "goal"])


class UnitsForm(VersionForm):
    """参与单位: one line a unit, its role first."""

    units = lines(
        _("参与单位"), rows=6, most=4000,
        help_text=_("一行一个单位：责任（牵头、配合、指导）、单位、承担部分，用空格隔开，如“配合 省工商局 查处无照经营”"),
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._actor = actor

    def clean_units(self) -> list[Part]:
        """Each line read; the first that cannot be is named. One statement."""
        roles = {str(label): value for value, label in TaskUnit.Role.choices}
        rows = list(_numbered(self.cleaned_data["units"]))
        named = {words[1] for _n, _line, words in rows if len(words) > 1}
        units: dict[str, Unit] = {}
        for one in UNITS.load(self._actor).filter(name__in=named):
            units.setdefault(one.name, one)
        found = []
        for number, line, words in rows:
            role, unit = roles.get(words[0]), units.get(words[1]) if len(words) > 1 else None
            if role is None or unit is None:
                raise forms.ValidationError(
                    _("第 %(n)s 行读不出责任和单位：%(line)s。请写成“配合 省工商局 查处无照经营”，单位用全称")
                    % {"n": number, "line": line[:40]}
                )
            found.append(Part(unit, role, words[2][:200] if len(words) > 2 else ""))
        return found


class StepsForm(VersionForm):
    """节点计划: one line a step."""

    steps = lines(
        _("节点"), rows=6, most=3000, required=False,
        help_text=_("一行一个节点：日期、累计进度、做到什么，用空格隔开，如“2012-05-31 40% 完成抽样”；留空即不设节点"),
    )  # fmt: skip

    def clean_steps(self) -> list[NewStep]:
        """Each line read; the first that cannot be is named."""
        found, day_of = [], DayField()
        for number, line, parts in _numbered(self.cleaned_data["steps"]):
            try:
                day, percent = day_of.clean(parts[0]), int(parts[1].rstrip("%％"))
            except (IndexError, ValueError, forms.ValidationError) as error:
                raise forms.ValidationError(
                    _("第 %(n)s 行读不出日期和进度：%(line)s。请写成“2012-05-31 40%% 完成抽样”")
                    % {"n": number, "line": line[:40]}
                ) from error
            found.append(NewStep(day, percent, parts[2][:80] if len(parts) > 2 else ""))
        return found


def _numbered(text: str) -> Iterator[tuple[int, str, list[str]]]:
    """Lines that say something, with their number and their first, second and remaining words."""
    for number, line in enumerate(text.splitlines(), 1):
        if words := line.split(maxsplit=2):
            yield number, line, words
