"""Reads of this app. Each takes the actor."""

from zhize.apps.requests.selectors.calls import (
    addressees,
    askable,
    burden_of,
    call_by_pk,
    calls_listed,
    content_of,
    counts_as,
)
from zhize.apps.requests.selectors.consolidated import Consolidated, consolidated
from zhize.apps.requests.selectors.lights import ReplyLight, light_of, light_q
from zhize.apps.requests.selectors.packs import (
    pack_conflicts,
    pack_counts,
    pack_files_listed,
    pack_run_by_pk,
    pack_runs_of,
    packs_due,
)
from zhize.apps.requests.selectors.replies import (
    Answering,
    answering,
    evidence_of,
    files_of,
    last_answers,
    own_request,
    reminders_of,
    request_by_pk,
    requests_listed,
    requests_of_unit,
)
from zhize.apps.requests.selectors.templates import Template, templates

__all__ = [
    "Answering",
    "Consolidated",
    "ReplyLight",
    "Template",
    "addressees",
    "answering",
    "askable",
    "burden_of",
    "call_by_pk",
    "calls_listed",
    "consolidated",
    "content_of",
    "counts_as",
    "evidence_of",
    "files_of",
    "last_answers",
    "light_of",
    "light_q",
    "own_request",
    "pack_conflicts",
    "pack_counts",
    "pack_files_listed",
    "pack_run_by_pk",
    "pack_runs_of",
    "packs_due",
    "reminders_of",
    "request_by_pk",
    "requests_listed",
    "requests_of_unit",
    "templates",
]
