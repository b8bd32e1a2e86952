"""Beside each page and each act: what plain Django needs for the same rows in the same template engine, without the house."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

import openpyxl
from django.db import transaction
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.template import engines

from zhize.apps.regulations.models import Obligation
from zhize.apps.work.models import Task

ROWS = 100
WHY = "bare page"
LIST = """<!doctype html><title>bare</title><table>{% for o in rows %}<tr>
<td>{{ o.pk }}</td><td><a href="/obligations/{{ o.pk }}/">{{ o.duty.title }}</a></td><td>{{ o.unit.name }}</td>
<td>{{ o.period_label }}</td><td>{{ o.due_on }}</td><td>{{ o.status }}</td><td>{{ o.done_on or "" }}</td></tr>{% endfor %}</table>"""
TASKS = """<!doctype html><title>bare</title><table>{% for o in rows %}<tr>
<td>{{ o.code }}</td><td><a href="/work/tasks/{{ o.pk }}/">{{ o.title }}</a></td><td>{{ o.lead_unit.name }}</td>
<td>{{ o.due_on }}</td><td>{{ o.state }}</td><td>{{ o.percent }}</td><td>{{ o.last_word }}</td></tr>{% endfor %}</table>"""
TASK = """<!doctype html><title>bare</title><dl>{% for name, value in facts %}<dt>{{ name }}</dt><dd>{{ value }}</dd>{% endfor %}</dl>
<table>{% for one in units %}<tr><td>{{ one.unit.name }}</td><td>{{ one.role }}</td></tr>{% endfor %}</table>"""


def _page(template: str, **context: Any) -> HttpResponse:
    return HttpResponse(engines["jinja2"].from_string(template).render(context))


def obligations(request: HttpRequest) -> HttpResponse:
    """A hundred rows, joined."""
    assert request.user.is_authenticated  # session and account are read, as on every page
    rows = Obligation.objects.system(WHY).select_related("duty", "unit").order_by("due_on", "id")
    return _page(LIST, rows=rows[:ROWS])


def tasks(request: HttpRequest) -> HttpResponse:
    """As many rows as the house's list shows, joined."""
    assert request.user.is_authenticated
    rows = Task.objects.system(WHY).select_related("lead_unit").order_by("due_on", "id")
    return _page(TASKS, rows=rows[:50])


def task(request: HttpRequest, pk: int) -> HttpResponse:
    """One task with its units."""
    assert request.user.is_authenticated
    row = Task.objects.system(WHY).select_related("lead_unit", "year").get(pk=pk)
    facts = [(f.verbose_name, getattr(row, f.name)) for f in row._meta.concrete_fields]
    return _page(
        TASK,
        facts=facts,
        units=row.participants.all().system(WHY).select_related("unit"),  # type: ignore[attr-defined]
    )


class _Line:
    def write(self, text: str) -> str:
        return text


def export(request: HttpRequest) -> StreamingHttpResponse:
    """Every task as CSV, streamed."""
    assert request.user.is_authenticated
    names = ("code", "title", "lead_unit__name", "supports", "due_on", "state", "percent", "last_word")
    writer = csv.writer(_Line())

    def lines() -> Iterator[str]:
        yield writer.writerow(names)
        rows = Task.objects.system(WHY).order_by("due_on", "id").values_list(*names)
        for row in rows.iterator(chunk_size=2000):
            yield writer.writerow(row)

    return StreamingHttpResponse(lines(), content_type="text/csv")


@transaction.atomic
def update(pk: int) -> None:
    """Read, change, save."""
    row = Task.objects.system(WHY).select_for_update().get(pk=pk)
    row.title = f"{row.title}。"
    row.save()


@transaction.atomic
def update_many(pks: list[int], due_on: Any) -> None:
    """One statement for all."""
    Task.objects.system(WHY).filter(pk__in=pks).update(due_on=due_on)


def count(year_id: int) -> list[dict[str, Any]]:
    """Of each unit and state how many: what a circular tells, in one statement."""
    rows = Task.objects.system(WHY).filter(year_id=year_id).order_by()
    return list(rows.values("lead_unit__name", "state").annotate(n=Count("pk")))


@transaction.atomic
def load(raw: bytes, **given: Any) -> None:
    """A workbook read and its rows written, unchecked."""
    rows = (
        openpyxl.load_workbook(io.BytesIO(raw), read_only=True)
        .worksheets[0]
        .iter_rows(min_row=2, values_only=True)
    )
    Task.objects.bulk_create(Task(code=str(row[1]), title=str(row[2]), **given) for row in rows)
