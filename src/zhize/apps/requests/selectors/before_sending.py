"""What a call costs those below and what speaks against sending it (`requests.burden`, `requests.check`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q

from zhize.apps.orgs.models import Unit
from zhize.apps.requests import mapping
from zhize.apps.requests.models import Call, CallUnit, UnitRequest
from zhize.apps.requests.selectors.lights import OPEN
from zhize.apps.years.selectors import calendar
from zhize.core.kernel.findings import Finding, Severity
from zhize.core.requests.burden import Burden, repeated
from zhize.core.requests.check import AskedCall, Earlier, check_call
from zhize.kit.rules import rule


@dataclass(frozen=True, slots=True)
class BeforeSending:
    """What the office is told before a call goes out; `stopped` where it needs a reason to be sent all the same."""

    burden: Burden
    findings: tuple[Finding, ...]

    @property
    def stopped(self) -> bool:
        return any(one.severity is Severity.REFUSE for one in self.findings)


def before_sending(call: Call, today: date) -> BeforeSending:
    """A draft as it stands, under the rules of its jurisdiction today. Three statements beside calendar and rules."""
    asked = mapping.asked_of(call.form)
    labels = tuple(str(one.spec.label) for one in asked)
    known = tuple(str(one.spec.label) for one in asked if one.prefill)
    units = Unit.objects.system("the addressees of a call").filter(
        pk__in=CallUnit.objects.filter(call=call).values("unit_id")
    )
    names = tuple(units.order_by("region__order", "order", "pk").values_list("name", flat=True))
    others = _others(call)
    earlier = tuple(
        Earlier(one.title, tuple(str(row.get("label", "")) for row in one.form))
        for one in others
        if not _is_same(call, one)
    )
    times = 1 + sum(_is_same(call, one) for one in others)
    subject = AskedCall(
        title=call.title,
        body=call.body,
        labels=labels,
        units=names,
        days=calendar().count(today, call.due_on),
        known=known,
        times=times,
        earlier=earlier,
        busy=_busy(call),
    )
    burden = Burden(
        len(names), len(labels), times, len(known), repeated(labels, [one.labels for one in earlier])
    )
    rules = mapping.call_rules(rule("requests/checks", on=today, jurisdiction=call.jurisdiction.code))
    return BeforeSending(burden, check_call(subject, rules))


def _others(call: Call) -> list[Call]:
    """The year's other calls that were sent to some of the same units."""
    same_units = CallUnit.objects.filter(call=call).values("unit_id")
    rows = Call.objects.system("what the year asks already").filter(
        year_id=call.year_id,
        state__in=(Call.State.ISSUED, Call.State.CLOSED),
        pk__in=CallUnit.objects.filter(unit_id__in=same_units).values("call_id"),
    )
    return list(
        rows.exclude(pk=call.pk).only("title", "form", "template", "content").order_by("issued_at", "pk")
    )


def _is_same(call: Call, other: Call) -> bool:
    """Whether both ask the same question, another time."""
    if call.template or call.content:
        return (call.template, call.content) == (other.template, other.content)
    return bool(call.form == other.form)


def _busy(call: Call) -> dict[str, int]:
    """By unit, what else it owes to anybody in the week (Monday to Sunday) of the due date."""
    monday = call.due_on - timedelta(days=call.due_on.weekday())
    rows = UnitRequest.objects.system("what units owe in one week").filter(
        Q(due_on__range=(monday, monday + timedelta(days=6))),
        state__in=OPEN,
        call__state=Call.State.ISSUED,
        unit_id__in=CallUnit.objects.filter(call=call).values("unit_id"),
    )
    return dict(rows.exclude(call=call).order_by().values_list("unit__name").annotate(number=Count("pk")))
