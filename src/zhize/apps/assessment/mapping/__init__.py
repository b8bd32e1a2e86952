"""Rows to the core's dataclasses and back. No decisions here."""

from zhize.apps.assessment.mapping.facts import assessed_of, leaf_codes
from zhize.apps.assessment.mapping.frozen import payload_of
from zhize.apps.assessment.mapping.results import grade_label, put_result, score_rows
from zhize.apps.assessment.mapping.schemes import edition_body, scheme_of, scorers_of

__all__ = [
    "assessed_of",
    "edition_body",
    "grade_label",
    "leaf_codes",
    "payload_of",
    "put_result",
    "scheme_of",
    "score_rows",
    "scorers_of",
]
