"""Rows to the core's dataclasses and back. No decisions here."""

from zhize.apps.assessment.mapping.facts import assessed_of, leaf_codes
from zhize.apps.assessment.mapping.frozen import payload_of
from zhize.apps.assessment.mapping.results import grade_label, put_result, score_rows
from zhize.apps.assessment.mapping.schemes import edition_body, scheme_of, scorers_of
from zhize.apps.assessment.mapping.surveys import (
    answers_of,
    at_least_of,
    decimal_of,
    groups_of,
    objections_to,
    plain,
    score_of,
    source_of,
    surveyed_leaves,
)

__all__ = [
    "answers_of",
    "assessed_of",
    "at_least_of",
    "decimal_of",
    "edition_body",
    "grade_label",
    "groups_of",
    "leaf_codes",
    "objections_to",
    "payload_of",
    "plain",
    "put_result",
    "scheme_of",
    "score_of",
    "score_rows",
    "scorers_of",
    "source_of",
    "surveyed_leaves",
]
