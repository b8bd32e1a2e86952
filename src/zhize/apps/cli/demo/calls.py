"""Calls by template and their answers, as every part of the demonstration sends and takes them in."""

from __future__ import annotations

from datetime import date
from typing import Any

from zhize.apps.cli.demo.stage import Stage, actor, at, liaison_of
from zhize.apps.regulations.models import Duty
from zhize.apps.requests import selectors, services
from zhize.apps.requests.models import Call, UnitRequest
from zhize.kit.things import ThingRef

OFFICE = "gs-office"


def call_by_template(stage: Stage, template: str, day: date, **more: Any) -> Call:
    call = draft_by_template(stage, template, day, **more)
    return services.call_issue(call=call, version=None, actor=actor(OFFICE, day), now=at(day, hour=15))


def draft_by_template(stage: Stage, template: str, day: date, *, capacity: str, **more: Any) -> Call:
    units = selectors.askable(stage.jurisdiction.pk, day)
    more["unit_ids"] = [unit.pk for what, unit in units if capacity in ("all", what)]
    return _drafted(stage, template, day, OFFICE, more)


def template_call(stage: Stage, template: str, day: date, office: str, **more: Any) -> Call:
    """By another office than the province's, of the units named; sent the same day."""
    call = _drafted(stage, template, day, office, more)
    return services.call_issue(call=call, version=None, actor=actor(office, day), now=at(day, hour=15))


def _drafted(stage: Stage, template: str, day: date, office: str, more: dict[str, Any]) -> Call:
    values = selectors.template_values(stage.year, day, stage.jurisdiction.code, template)
    assert values is not None, f"the shipped rule has no template {template}"
    start, end = values.pop("period_start"), values.pop("period_end")
    return services.call_create(
        jurisdiction=stage.jurisdiction,
        year=stage.year,
        period=(start, end),
        actor=actor(office, day),
        now=at(day, hour=9),
        **{**values, **more},
    )


def duty_ref(stage: Stage, code: str) -> ThingRef:
    duty = Duty.objects.system("demonstration").get(jurisdiction=stage.jurisdiction, code=code)
    return ThingRef("regulations.duty", duty.pk)


def answers_of(call: Call) -> list[UnitRequest]:
    rows = UnitRequest.objects.system("demonstration").filter(call=call)
    return list(
        rows.select_related("unit", "call__year", "jurisdiction").order_by(
            "unit__region__order", "unit__order"
        )
    )


def again(row: UnitRequest) -> UnitRequest:
    return UnitRequest.objects.system("demonstration").select_related("unit", "call").get(pk=row.pk)


def accept(row: UnitRequest, day: date) -> None:
    services.request_accept(request=row, version=None, actor=actor(OFFICE, day), now=at(day, hour=17))


def _units(row: UnitRequest) -> list[int]:
    return [pk for pk in (row.unit_id, row.unit.answers_through_id) if pk]


def has_person(row: UnitRequest) -> bool:
    return liaison_of(_units(row), row.due_on) is not None


def person(row: UnitRequest) -> str:
    who = liaison_of(_units(row), row.due_on)
    assert who is not None, f"no demonstration person answers for {row.unit.name}"
    return who
