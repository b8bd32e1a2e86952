"""Plain data in, plain data out: what `zhize calc` runs for the methods of this package.

Input as in the JSON schema on each method's page; dates are ISO text, fractions text ("0.95"). Raises CoreError.
"""

from __future__ import annotations

from ..kernel.fields import Fields
from ..kernel.periods import Every, Period, WorkYear
from ..kernel.workdays import WorkCalendar
from .discharge import evaluate
from .discharge_rule import DischargeRule
from .facts_reading import facts_from
from .lights import LONGEST_WARNING, boundaries, light_within
from .recurrence import Recurrence
from .schedule import schedule
from .states import Progress, state_of


def calc_recurrence(data: object) -> dict[str, object]:
    """Method `duties.recurrence`."""
    fields = Fields(data, ("recurrence", "year", "calendar", "in_force", "levels_down"))
    found = schedule(
        Recurrence.from_mapping(fields.data.get("recurrence")),
        _year(fields),
        _calendar(fields) or WorkCalendar(),
        in_force=fields.day_or_none("in_force"),
        levels_down=fields.integer("levels_down", 0, 9, 0),
    )
    return {
        "occurrences": [{**_period(one.period), "due": one.due.isoformat()} for one in found.occurrences],
        "left_out": [{"code": one.period.code, "reason": one.reason} for one in found.left_out],
        "warnings": list(found.warnings),
        "trace": found.trace.as_dict(),
    }


def calc_discharge(data: object) -> dict[str, object]:
    """Method `duties.discharge`."""
    fields = Fields(data, ("rule", "year", "period", "due", "today", "since", "facts"))
    inner = (
        fields.child("period", ("every", "index"))
        if fields.has("period")
        else Fields({"every": "year"}, ("every",))
    )
    period = Period(_year(fields), inner.choice("every", Every), inner.integer("index", 1, 12, 1))
    found = evaluate(
        DischargeRule.from_mapping(fields.data.get("rule")),
        facts_from(fields.data.get("facts") or {}),
        period=period,
        due=fields.day_or_none("due"),
        today=fields.day("today"),
        since=fields.day_or_none("since"),
    )
    return {
        "state": found.state.value,
        "label": found.state.label,
        "progress": found.progress.value,
        "counts": found.counts,
        "pending": found.pending,
        "done_on": found.done_on.isoformat() if found.done_on else None,
        "warnings": list(found.warnings),
        "trace": found.trace.as_dict(),
    }


def calc_lights(data: object) -> dict[str, object]:
    """Method `duties.lights`."""
    fields = Fields(data, ("progress", "due", "done_on", "today", "warn_days", "calendar"))
    progress = fields.choice("progress", Progress)
    due, done_on, today = fields.day_or_none("due"), fields.day_or_none("done_on"), fields.day("today")
    bounds = boundaries(today, fields.integer("warn_days", 0, LONGEST_WARNING), _calendar(fields))
    light = light_within(progress, due, done_on, bounds)
    return {
        "colour": light.colour.value,
        "colour_label": light.colour.label,
        "word": light.word,
        "shape": light.shape,
        "state": state_of(progress, due, done_on, today).value,
        "boundaries": {"today": bounds.today.isoformat(), "warn_until": bounds.warn_until.isoformat()},
    }


def _year(fields: Fields) -> WorkYear:
    return WorkYear(fields.child("year", ("start",)).day("start"))


def _calendar(fields: Fields) -> WorkCalendar | None:
    return WorkCalendar.from_mapping(fields.data["calendar"]) if fields.has("calendar") else None


def _period(period: Period) -> dict[str, object]:
    return {
        "code": period.code,
        "label": period.label,
        "start": period.start.isoformat(),
        "end": period.end.isoformat(),
    }
