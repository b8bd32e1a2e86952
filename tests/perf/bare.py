"""The bare page: what plain Django needs for the same hundred rows, in the same template engine, without the house."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template import engines

from zhize.apps.regulations.models import Obligation

ROWS = 100
TEMPLATE = """<!doctype html><title>bare</title><table>{% for o in rows %}<tr>
<td>{{ o.pk }}</td><td><a href="/obligations/{{ o.pk }}/">{{ o.duty.title }}</a></td><td>{{ o.unit.name }}</td>
<td>{{ o.period_label }}</td><td>{{ o.due_on }}</td><td>{{ o.status }}</td><td>{{ o.done_on or "" }}</td></tr>{% endfor %}</table>"""


def obligations(request: HttpRequest) -> HttpResponse:
    assert request.user.is_authenticated  # session and account are read, as on every page
    rows = (
        Obligation.objects.system("bare page").select_related("duty", "unit").order_by("due_on", "id")[:ROWS]
    )
    return HttpResponse(engines["jinja2"].from_string(TEMPLATE).render({"rows": rows}))
