"""A candidate item read from a unit's own plan, as a form: edited, dropped (not ticked) or accepted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhize.apps.work.models import Plan
from zhize.apps.work.selectors.plan_file import Named
from zhize.apps.work.specs.plans import item_form
from zhize.core.plans.found import MOST, Found, Year
from zhize.core.plans.steps import steps_found
from zhize.kit.actor import Actor
from zhize.kit.forms import ThingForm, form_class
from zhize.kit.reading import READABLE
from zhize.kit.several import MARK, SeveralField

NAMES = ("support_names", "co_act_names")
PREFIX = "i"


class PlanFileForm(forms.Form):
    """The unit's own plan as a file."""

    file = forms.FileField(
        label=gettext_lazy("计划文件"),
        widget=forms.FileInput(attrs={"accept": ",".join(f".{kind}" for kind in READABLE)}),
        help_text=gettext_lazy("Word（.docx）、PDF、网页或文本；旧的 .doc 请先用 Word 或 WPS 另存为 .docx"),
        error_messages={
            "required": gettext_lazy("请选择本单位的计划文件"),
            "empty": gettext_lazy("文件是空的，请重新选择"),
        },
    )


class NamesField(SeveralField):
    """Several names in one line, each of which must be known: many such fields on one page would be too many boxes."""

    def __init__(self, options: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__([], **kwargs)
        self.options = options


class FoundForm(ThingForm):
    """The fields of an item; `take` ticked means that it becomes one."""

    take = forms.BooleanField(required=False)
    place = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    notes: Sequence[str] = ()


def found_form(plan: Plan, actor: Actor, named: Named) -> type[FoundForm]:
    """The form of the plan's items, its choices read once however many items stand on the page."""
    spec = item_form(plan)
    plain = tuple(f for f in spec.fields if f.name not in (*NAMES, "lead_unit", "carries"))
    made = form_class(replace(spec, fields=plain), actor)
    fields = dict(made.base_fields)
    names = [(one.name, one.name) for one in named.units]
    by_pk = {str(one.pk): one for one in named.units}
    for name, label in (("support_names", _("配合单位")), ("co_act_names", _("会同单位"))):
        fields[name] = NamesField(names, label=label, required=False, max_length=400)
    fields["lead_unit"] = forms.TypedChoiceField(
        label=_("牵头单位"),
        choices=[(pk, one.name) for pk, one in by_pk.items()],
        coerce=lambda pk: by_pk[pk],
    )
    for field in fields.values():
        field.show_hidden_initial, field.help_text = False, ""
    for name in ("goal", "measure", "steps"):
        fields[name].widget.attrs["rows"] = 3
    return type("PlanFoundForm", (FoundForm,), fields)


def forms_of(
    made: type[FoundForm], found: Sequence[Found], plan: Plan, named: Named, start: int = 0
) -> list[FoundForm]:
    """What was read, as it is first shown."""
    return [_shown(made, number, one, plan, named) for number, one in enumerate(found, start)]


def _shown(made: type[FoundForm], number: int, one: Found, plan: Plan, named: Named) -> FoundForm:
    notes = list(one.notes)
    lead = named.unit(one.lead) if one.lead else plan.unit
    if lead is None:
        notes.append(_("“%(name)s”不在可选的单位里，牵头单位先填本单位") % {"name": one.lead})
        lead = plan.unit
    year = Year(plan.year.starts_on, plan.year.ends_on)
    initial = {
        "take": one.sure, "place": one.place, "title": one.title, "part": one.part, "goal": one.goal,
        "measure": one.measure, "steps": steps_found(one.steps, year, one.due), "due_on": one.due, "lead_unit": str(lead.pk), "person": one.person,
        "target": one.target, "money": one.money,
        "support_names": _names(one.supports, named, notes), "co_act_names": _names(one.co_acts, named, notes),
    }  # fmt: skip
    form = made(prefix=f"{PREFIX}{number}", initial=initial)
    form.notes = notes
    return form


def _names(printed: Sequence[str], named: Named, notes: list[str]) -> str:
    known = {name: named.unit(name) for name in printed}
    if strange := [name for name, unit in known.items() if unit is None]:
        notes.append(_("“%(names)s”不在可选的单位里，没有填入") % {"names": MARK.join(strange)})
    return MARK.join(dict.fromkeys(unit.name for unit in known.values() if unit is not None))


def forms_posted(made: type[FoundForm], data: Any) -> list[FoundForm]:
    """All items of the page as they came back: those ticked to be judged, the others as they were left."""
    found = []
    for number in range(min(_count(data), MOST)):
        prefix = f"{PREFIX}{number}"
        if data.get(f"{prefix}-take"):
            found.append(made(data, prefix=prefix))
        else:
            found.append(made(prefix=prefix, initial=_left(made, data, prefix)))
    return found


def _left(made: type[FoundForm], data: Any, prefix: str) -> dict[str, Any]:
    return {
        name: field.widget.value_from_datadict(data, {}, f"{prefix}-{name}")
        for name, field in made.base_fields.items()
    }


def _count(data: Any) -> int:
    text = str(data.get("count", ""))
    return int(text) if text.isdecimal() and len(text) < 6 else 0


def rows_of(found: Sequence[FoundForm]) -> list[dict[str, Any]]:
    """What the ticked ones say, as the service takes it. Only after all of them are valid."""
    return [
        {name: value for name, value in form.data_for_service().items() if name not in ("take", "place")}
        for form in found
        if form.is_bound
    ]


def problems_of(found: Sequence[FoundForm]) -> list[tuple[str, str]]:
    """(id of the control, words) of each thing to correct."""
    return [
        (form[name].id_for_label, f"{number}. {form[name].label}：{words}")
        for number, form in enumerate(found, 1)
        if form.is_bound
        for name, told in form.errors.items()
        for words in told
        if name in form.fields
    ]
