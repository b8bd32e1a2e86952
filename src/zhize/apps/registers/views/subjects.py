"""Enterprises: list, one with everything registered about it, form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhize.apps.orgs.models import Region
from zhize.apps.registers import policies, selectors
from zhize.apps.registers.models import Record, RecordType, record_type
from zhize.apps.registers.selectors import Tally
from zhize.apps.registers.specs import SUBJECT, spec_on
from zhize.apps.registers.views.shared import day_of, get_or_post
from zhize.kit.columns import columns_of
from zhize.kit.edit import create_page, update_page
from zhize.kit.list_views import list_page
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page

SUGGESTED = 12
OF_SUBJECT = ("subject_name", "subject_code", "region")


@require_safe
@page
def listed(request: HttpRequestWithActor) -> HttpResponse:
    """企业档案: enterprises of the own region and below."""
    return list_page(
        request,
        SUBJECT,
        "registers/subjects.html",
        title=_("企业档案"),
        may_keep=policies.may_keep_subjects(request.actor),
    )


@require_safe
@page
def suggest(request: HttpRequestWithActor) -> HttpResponse:
    """Names that begin or hold what is being typed, as options of the form's own list."""
    words = request.GET.get("subject_name", "").strip()
    found_ = selectors.find_subjects(request.actor, words, SUGGESTED) if len(words) > 1 else []
    return render(request, "registers/_suggest.html", {"found": found_})


@get_or_post
@page
def create(request: HttpRequestWithActor) -> HttpResponse:
    own = Region.objects.visible_to(request.actor).by_pk(request.actor.region_id or 0)
    return create_page(
        request, SUBJECT, cancel=reverse("registers:subjects"), initial={"region": own, "kind": "enterprise"},
        title=_("登记企业"),
    )  # fmt: skip


@get_or_post
@page
def edit(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """修改: a name given up is kept as a former one."""
    return update_page(
        request,
        SUBJECT,
        pk,
        cancel=reverse("registers:subject", args=[pk]),
        may=lambda subject: policies.may_change_subject(request.actor, subject),
    )


@require_safe
@page
def detail(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """一企一档: facts, pass history, what is due, and every record by type."""
    subject = found(selectors.subject_by_pk(request.actor, pk))
    today = day_of(request)
    tallies = selectors.tallies_of_subject(request.actor, pk)
    rows = selectors.records_of_subject(request.actor, pk) if tallies else []
    groups = [_group(type_, of_type, rows, today) for type_, of_type in _by_type(rows, tallies, today)]
    due = [group["type"] for group in groups if group["type"].reading.due]
    evidence = selectors.evidence_of(rows)
    context = {
        "subject": subject,
        "former": selectors.former_names(subject),
        "groups": groups,
        "n": sum(one.n for one in tallies),
        "figures": [g["figure"] for g in groups if g["figure"]],
        "due": selectors.due_of_subject(request.actor, pk, due, today) if due else 0,
        "evidence": evidence[: selectors.BESIDE],
        "evidence_cut": len(evidence) > selectors.BESIDE,
        "may_edit": policies.may_change_subject(request.actor, subject),
        "keeps": [
            one
            for one in selectors.readable(request.actor, today)
            if policies.may_keep(request.actor, one) and one.rule.subject
        ],
    }
    return render(request, "registers/subject.html", context)


def _by_type(
    rows: Sequence[Record], tallies: Sequence[Tally], today: date
) -> list[tuple[RecordType, list[Tally]]]:
    """Each register with its counts, in the order of the newest record of each."""
    codes = dict.fromkeys([*(row.type for row in rows), *(one.type for one in tallies)])
    return [(record_type(code, today), [one for one in tallies if one.type == code]) for code in codes]


def _group(
    type_: RecordType, tallies: Sequence[Tally], rows: Sequence[Record], today: date
) -> dict[str, Any]:
    """One register's records of the enterprise, as its list shows them; figures count all of them, shown or not."""
    shown = [
        f for f in spec_on(type_.code, today).listed_fields if f.default_column and f.name not in OF_SUBJECT
    ]
    columns = columns_of(shown)
    judged = [one for one in tallies if one.outcome != Record.Outcome.NONE]
    return {
        "type": type_,
        "n": sum(one.n for one in tallies),
        "figure": _figure(type_, judged),
        "history": _history(judged) if any(one.outcome == Record.Outcome.FAIL for one in judged) else [],
        "heads": [
            {"label": c.label, "numeric": c.numeric, "cls": "col-tight" if c.spec.light else ""}
            for c in columns
        ],
        "rows": [
            {
                "url": reverse("registers:record", args=[row.pk]),
                "cells": [(c.spec.light, c.raw(row), c.text(row)) for c in columns],
            }
            for row in rows
            if row.type == type_.code
        ],
    }


def _passed(tallies: Sequence[Tally]) -> int:
    return sum(one.n for one in tallies if one.outcome == Record.Outcome.PASS)


def _figure(type_: RecordType, judged: Sequence[Tally]) -> dict[str, Any] | None:
    """The pass rate over all that was judged in one register: samplings and verifications are never added up."""
    passed, total = _passed(judged), sum(one.n for one in judged)
    rate = selectors.rate_of(passed, total - passed)
    if rate is None:
        return None
    words = {"register": type_.label, "passed": rate.passed, "total": rate.total}
    return {
        "value": selectors.rate_words(rate),
        "caption": _("%(register)s合格率（%(passed)s/%(total)s）") % words,
        "url": f"#register-{type_.code}",
    }


def _history(judged: Sequence[Tally]) -> list[dict[str, Any]]:
    """Passed of judged by year, newest first."""
    years: dict[int, list[Tally]] = {}
    for one in judged:
        years.setdefault(one.year, []).append(one)
    return [
        {
            "label": _("%(year)s年") % {"year": year},
            "value": _passed(found_),
            "of": sum(one.n for one in found_),
            "text": f"{_passed(found_)}/{sum(one.n for one in found_)}",
        }
        for year, found_ in sorted(years.items(), reverse=True)
    ]
