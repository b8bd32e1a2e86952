"""Forms of calls as data to FieldSpecs, answers to values and back. No decisions here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from zhize.apps.requests.models import Call, CallUnit, UnitRequest
from zhize.core.kernel.errors import BadRule
from zhize.core.kernel.findings import Severity
from zhize.core.requests.check import CallRules
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput, Problem
from zhize.kit.field_data import data_form, field_from_mapping, stored
from zhize.kit.fields import FieldSpec, ThingSpec
from zhize.kit.forms import ThingForm
from zhize.kit.rules import Rule

DIGEST, LAST = "digest", "last"
PREFILLS = ("", DIGEST, LAST)
# What the page of an answer asks beside its form; a field of that name would be taken for it.
TAKEN = frozenset({"version", "statement", "nil_report", "uploads", "action", "csrfmiddlewaretoken", "q"})
MOST_FIELDS = 60
# The kind of content of a round of comments (征求意见), which this app brings itself.
COMMENTS = "requests.comments"
_SEVERITY = "severity."


@dataclass(frozen=True, slots=True)
class Asked:
    """One field of a call's form; `prefill`: filled from the unit's own data (digest), from its last answer, or not."""

    spec: FieldSpec
    prefill: str = ""

    @property
    def name(self) -> str:
        return self.spec.name


def asked_of(form: object) -> tuple[Asked, ...]:
    """The fields of a form as stored in `Call.form`. Raises `BadRule` naming the field."""
    rows = form if isinstance(form, list) else []
    return tuple(_asked(row, number) for number, row in enumerate(rows, 1))


def fields_of(call: Call) -> tuple[FieldSpec, ...]:
    return tuple(asked.spec for asked in asked_of(call.form))


def _asked(row: object, number: int) -> Asked:
    data = dict(row) if isinstance(row, Mapping) else row
    prefill = str(data.pop("prefill", "") or "") if isinstance(data, dict) else ""
    where = _("第 %(n)s 项") % {"n": number}
    if prefill not in PREFILLS:
        raise BadRule(_("不认识的预填方式“%(way)s”") % {"way": prefill}, where=where, remedy="digest, last")
    spec = field_from_mapping(data, where)
    if spec.name in TAKEN:
        raise BadRule(
            _("字段名“%(name)s”已有别用") % {"name": spec.name}, where=where, remedy=_("请换一个字段名")
        )
    return Asked(spec, prefill)


def checked_form(form: object) -> list[dict[str, Any]]:
    """A form as it may be stored: known kinds, no name twice. Raises `BadInput` with every place that is wrong."""
    rows = list(form) if isinstance(form, Sequence) and not isinstance(form, str) else []
    problems: list[Problem] = []
    seen: set[str] = set()
    for number, row in enumerate(rows, 1):
        try:
            name = _asked(row, number).name
        except BadRule as error:
            problems.append(Problem(error.what, error.where, error.why, error.remedy))
            continue
        if name in seen:
            problems.append(
                Problem(_("字段名“%(name)s”写了两次") % {"name": name}, _("第 %(n)s 项") % {"n": number})
            )
        seen.add(name)
    if len(rows) > MOST_FIELDS:
        problems.append(
            Problem(
                _("填报项有 %(n)s 个，超过 %(most)s 个") % {"n": len(rows), "most": MOST_FIELDS},
                _("填报项"),
                _("一次要得太多，基层填不过来"),
                _("请删去可以不要的项，或分次征集"),
            )
        )
    if problems:
        raise BadInput(_("填报项有误"), problems)
    return [dict(row) for row in rows]


# A thing for kit.field_data: answers are no columns, so a table without columns of the same names stands in.
_STAND_IN = ThingSpec(
    kind="requests.answer",
    label="",
    model=CallUnit,
    fields=(),
    rows=lambda actor: UnitRequest.objects.visible_to(actor),
    may_view=lambda actor: False,
    may_edit=lambda actor: False,
)


def answer_form(fields: Iterable[FieldSpec], actor: Actor, *, draft: bool) -> type[ThingForm]:
    """The Django form of these fields; a draft may leave out what is required."""
    asked = tuple(replace(f, required=False) if draft else f for f in fields)
    return data_form(_STAND_IN, asked, actor)


def cleaned(
    fields: Sequence[FieldSpec], answers: Mapping[str, Any], actor: Actor, *, draft: bool
) -> dict[str, Any]:
    """Answers as they are stored, checked by the kit's own form. Raises `BadInput`, one place a field."""
    known = {f.name for f in fields}
    if unknown := sorted(set(answers) - known):
        raise BadInput(_("没有填报项“%(name)s”") % {"name": unknown[0]}, remedy=_("请按本次征集的填报项填写"))
    form = answer_form(fields, actor, draft=draft)(data={k: v for k, v in answers.items() if v is not None})
    if not form.is_valid():
        labels = {f.name: str(f.label) for f in fields}
        raise BadInput(
            _("填报内容有误"),
            [
                Problem(str(words), labels.get(name, ""))
                for name, errors in form.errors.items()
                for words in errors
            ],
        )
    values = {f.name: stored(f, form.cleaned_data.get(f.name)) for f in fields}
    return {name: value for name, value in values.items() if value is not None}


def call_rules(found: Rule) -> CallRules:
    """rules/requests/checks.yaml as the core takes it."""
    values = found.plain()
    numbers = {name: values[name] for name in ("least_days", "most_fields", "most_times", "most_at_once")}
    severities = {
        key.removeprefix(_SEVERITY): Severity(value)
        for key, value in values.items()
        if key.startswith(_SEVERITY)
    }
    return CallRules(severities=severities, words=tuple(values["words"]), **numbers)
