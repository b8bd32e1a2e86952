"""Reads of this app. Each takes the actor; lights take the day."""

from zhize.apps.regulations.selectors.counts import duty_ids_of_sources, records_each, records_of
from zhize.apps.regulations.selectors.lights import Light, Tally, bounds, light_of_row, light_q, tally_q
from zhize.apps.regulations.selectors.obligations import (
    discharge_by_pk,
    discharges_of,
    evidence_of_discharge,
    light_counts,
    lights_by_duty,
    obligation_by_pk,
    obligations_lit,
    obligations_of_duty,
    obligations_of_unit,
    waivers_of,
)
from zhize.apps.regulations.selectors.texts import (
    clause_by_pk,
    clauses_of,
    duties_listed,
    duties_of_clauses,
    duty_by_pk,
    regulation_by_pk,
    regulations_listed,
    version_by_pk,
    version_current,
)

__all__ = [
    "Light",
    "Tally",
    "bounds",
    "clause_by_pk",
    "clauses_of",
    "discharge_by_pk",
    "discharges_of",
    "duties_listed",
    "duties_of_clauses",
    "duty_by_pk",
    "duty_ids_of_sources",
    "evidence_of_discharge",
    "light_counts",
    "light_of_row",
    "light_q",
    "lights_by_duty",
    "obligation_by_pk",
    "obligations_lit",
    "obligations_of_duty",
    "obligations_of_unit",
    "records_each",
    "records_of",
    "regulation_by_pk",
    "regulations_listed",
    "tally_q",
    "version_by_pk",
    "version_current",
    "waivers_of",
]
