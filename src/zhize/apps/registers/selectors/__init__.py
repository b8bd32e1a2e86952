"""Reads of this app. Each takes the actor; lights take the day."""

from zhize.apps.registers.selectors.cards import due_cards
from zhize.apps.registers.selectors.figures import interval_words, rate_of, rate_words, strip, summaries
from zhize.apps.registers.selectors.matching import Match, Wanted, subjects_meant
from zhize.apps.registers.selectors.measures import measures_of, source_of
from zhize.apps.registers.selectors.records import (
    BESIDE,
    Tally,
    due_of_subject,
    due_records,
    evidence_of,
    others_of_object,
    record_by_pk,
    records_listed,
    records_of_subject,
    records_void,
    tallies_of_subject,
)
from zhize.apps.registers.selectors.sections import readable
from zhize.apps.registers.selectors.standing import (
    DueStanding,
    Standing,
    bounds_of,
    due_q,
    standing,
    standing_q,
)
from zhize.apps.registers.selectors.subjects import (
    find_subjects,
    former_names,
    in_region_q,
    region_aliases,
    regions_below,
    subject_by_pk,
    subjects_listed,
)
from zhize.apps.registers.selectors.whole import Whole, wholes_of

__all__ = [
    "BESIDE",
    "DueStanding",
    "Match",
    "Standing",
    "Tally",
    "Wanted",
    "Whole",
    "bounds_of",
    "due_cards",
    "due_of_subject",
    "due_q",
    "due_records",
    "evidence_of",
    "find_subjects",
    "former_names",
    "in_region_q",
    "interval_words",
    "measures_of",
    "others_of_object",
    "rate_of",
    "rate_words",
    "readable",
    "record_by_pk",
    "records_listed",
    "records_of_subject",
    "records_void",
    "region_aliases",
    "regions_below",
    "source_of",
    "standing",
    "standing_q",
    "strip",
    "subject_by_pk",
    "subjects_listed",
    "subjects_meant",
    "summaries",
    "tallies_of_subject",
    "wholes_of",
]
