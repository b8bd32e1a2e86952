"""减负情况说明: what calls of a year, or of a part of it, asked of each unit (`requests.statement`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from zhize.apps.orgs.models import Unit
from zhize.apps.requests import mapping
from zhize.apps.requests.models import Call, UnitRequest
from zhize.apps.requests.selectors.calls import HANDED_IN
from zhize.apps.requests.selectors.replies import requests_listed
from zhize.apps.years.models import WorkYear
from zhize.core.kernel.periods import Period
from zhize.core.requests.statement import Answer, Line, state
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day
from zhize.kit.contributions import call_contents
from zhize.kit.scope import ScopedQuerySet

READ = ("call_id", "unit_id", "state", "due_on", "submitted_at", "prefilled")


@dataclass(frozen=True, slots=True)
class YearPart:
    """A year of a jurisdiction, or a part of it: 2012-H1, 2012年上半年, its first and last day."""

    year: WorkYear
    period: Period

    @property
    def code(self) -> str:
        return self.period.code

    @property
    def label(self) -> str:
        return self.period.label


@dataclass(frozen=True, slots=True)
class BurdenLine:
    """What was asked of one unit."""

    unit: Unit
    line: Line


@dataclass(frozen=True, slots=True)
class BurdenStatement:
    """The calls sent within the days, the units in their official order, the line of all, who was asked despite the check."""

    calls: int
    lines: tuple[BurdenLine, ...]
    total: Line
    despite: tuple[Call, ...]


def burden_statement(actor: Actor, part: YearPart, today: date) -> BurdenStatement:
    """Of the calls that the actor sees and that were sent within the days. Three statements, and one a kind of content."""
    found = _sent(actor, part).defer("body").order_by("issued_at", "pk")
    calls = {call.pk: call for call in found}
    rows = UnitRequest.objects.visible_to(actor).filter(call__in=calls).only(*READ)
    asked = with_fields(calls, rows.iterator(2000))
    counted = state((_answer(row, calls[row.call_id], fields) for row, fields in asked), today)
    units = Unit.objects.system("units that were asked").filter(pk__in=[int(pk) for pk in counted.lines])
    ordered = units.select_related("region").order_by("region__order", "order", "code")
    return BurdenStatement(
        len(calls),
        tuple(BurdenLine(unit, counted.lines[str(unit.pk)]) for unit in ordered),
        counted.total,
        tuple(call for call in calls.values() if call.sent_despite),
    )


def with_fields(calls: Mapping[int, Call], rows: Iterable[UnitRequest]) -> Iterator[tuple[UnitRequest, int]]:
    """Each answer with its number of fields: those of its call, and what its content holds (one statement a kind)."""
    fields = {pk: len(mapping.asked_of(call.form)) for pk, call in calls.items()}
    sizes = _sizes(calls)
    for row in rows:
        yield row, fields[row.call_id] + sizes.get(row.pk, 0)


def answers_counted(actor: Actor, part: YearPart) -> ScopedQuerySet[UnitRequest]:
    """The answers that the statement of these days counts, for a list. One statement."""
    return requests_listed(actor).filter(call__in=_sent(actor, part).values("pk"))


def unit_by_code(actor: Actor, code: str) -> Unit | None:
    """A unit within the scope by its code. One statement."""
    return Unit.objects.visible_to(actor).filter(code=code).first()


def _sent(actor: Actor, part: YearPart) -> ScopedQuerySet[Call]:
    """Calls of the year sent within the days; one that was called off asked nobody."""
    rows: ScopedQuerySet[Call] = Call.objects.visible_to(actor).filter(
        jurisdiction_id=part.year.jurisdiction_id,
        year=part.year,
        issued_at__gte=_midnight(part.period.start),
        issued_at__lt=_midnight(part.period.end + timedelta(days=1)),
    )
    return rows.exclude(state=Call.State.CANCELLED)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _answer(row: UnitRequest, call: Call, fields: int) -> Answer:
    handed_in = row.submitted_at if row.state in HANDED_IN else None
    assert call.issued_at is not None  # the selector has looked
    return Answer(
        unit=str(row.unit_id),
        fields=fields,
        prefilled=min(len(row.prefilled), fields),
        asked=local_day(call.issued_at),
        due=row.due_on,
        answered=local_day(handed_in) if handed_in else None,
    )


def _sizes(calls: Mapping[int, Call]) -> dict[int, int]:
    """By request, what its content holds: plan items, figures. One statement a kind that occurs."""
    found: dict[int, int] = {}
    for content in call_contents.items():
        asked = [pk for pk, call in calls.items() if call.content == content.kind]
        if asked:
            found |= content.size(asked)
    return found
