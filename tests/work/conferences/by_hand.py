"""What the numbers of a digest and of a situation report should be, counted by hand: all rows are read, a plain loop counts.

Nothing here asks the product's selectors or conditions; the rules are written out again, as a clerk with the ledger would
apply them. Each number is compared with this count, and the link is followed: it must list exactly these rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal
from html import unescape
from typing import Any

from django.test import Client

from zhize.apps.registers.models import Record
from zhize.apps.work.models import Resolution, SituationFigure, Task, TaskDigestFigure
from zhize.kit.officialdoc import from_json, refs_of

CHINA = timezone(timedelta(hours=8))


def _day(moment: Any) -> date:
    return moment.astimezone(CHINA).date()  # type: ignore[no-any-return]


def _is(task: Task, measure: str, start: date, end: date) -> bool:
    """One task and one question, as of the evening of `end`."""
    done = task.state == "closed" and (task.done_on is None or task.done_on <= end)
    handed_in = task.state == "asked" and task.done_on is not None and task.done_on <= end
    standing = task.state == "continuing"
    past = task.due_on is not None and task.due_on < end
    late = past and not (done or handed_in or standing)
    return {
        "total": True,
        "done": done,
        "fresh": done and task.done_on is not None and task.done_on >= start,
        "late": late,
        "standing": standing,
        "going": not (done or late or standing),
    }[measure]


def tasks_by_hand(
    year: int, measure: str, start: date, end: date, unit: int | None = None, part: str = ""
) -> set[int]:
    found = set()
    for task in Task.objects.system("by hand").all():
        if task.year_id != year or task.state in ("suspended", "cancelled") or _day(task.created_at) > end:
            continue
        asked = (unit is None or task.lead_unit_id == unit) and (not part or task.part == part)
        if asked and _is(task, measure, start, end):
            found.add(task.pk)
    return found


def records_by_hand(place: int, register: str, start: date, end: date, outcome: str = "") -> set[int]:
    return {
        row.pk
        for row in Record.objects.system("by hand").all()
        if (row.jurisdiction_id, row.type) == (place, register)
        and row.state != "void"
        and start <= row.occurred_on <= end
        and (not outcome or row.outcome == outcome)
    }


def decided_by_hand(conference: int, settled: bool) -> set[int]:
    """The tasks a conference's decisions became: closed, or still to be done (paused, cancelled, continuing are neither)."""
    return {
        task.pk
        for task in Task.objects.system("by hand").all()
        if (task.source_kind, task.source_id) == ("work.conference", conference)
        and (task.state == "closed") is settled
        and (settled or task.state not in ("suspended", "cancelled", "continuing"))
    }


def listed_at(client: Client, url: str) -> set[int]:
    """The rows behind a link, page after page, by the number in each row's address."""
    found: set[int] = set()
    while url:
        page = unescape(client.get(url).content.decode())
        found |= {int(pk) for pk in re.findall(r'<tr data-href="/[\w/-]*?/(\d+)/"', page)}
        further = re.search(r'rel="next" href="([^"]+)"', page)
        url = further[1] if further else ""
    return found


def ids_of(document: Any, kind: str) -> list[int]:
    """The figures of a kind that a drafted document names."""
    refs = (ref.rpartition(":") for ref in refs_of(from_json(document.blocks)))
    return [int(pk) for found, _colon, pk in refs if found == kind]


def digest_differs(client: Client, document: Any) -> list[str]:
    """Each number of a drafted digest against the hand count and against its list."""
    rows = TaskDigestFigure.objects.system("by hand").filter(pk__in=ids_of(document, "work.digest_figure"))
    wrong: list[str] = []
    for one in rows.select_related("digest", "unit"):
        days = (one.digest.starts_on, one.digest.ends_on)
        mine = tasks_by_hand(one.digest.year_id, one.measure, *days, unit=one.unit_id)
        query = {"counted": f"{one.measure}.{one.digest.year_id}.{days[0]}.{days[1]}"}
        if one.unit:
            query["lead_unit"] = one.unit.code
        wrong += _compared(f"{one.unit or ''} {one.measure}", str(one.value), mine, client, _url(query))
    return wrong


def _url(query: dict[str, str]) -> str:
    return "/work/tasks/?" + "&".join(f"{name}={value}" for name, value in query.items())


def situation_differs(client: Client, document: Any) -> list[str]:
    """Each number of a drafted situation report against the hand count and against what its link lists."""
    rows = SituationFigure.objects.system("by hand").filter(pk__in=ids_of(document, "work.situation_figure"))
    wrong: list[str] = []
    for one in rows.select_related("report__conference__year"):
        report = one.report
        days, year = (report.starts_on, report.ends_on), report.conference.year
        what = f"{one.part} {one.measure} {one.code}"
        match one.measure:
            case "total" | "done" | "late":
                mine = tasks_by_hand(year.pk, one.measure, *days, part=one.part)
            case "records" | "failed":
                outcome = "fail" if one.measure == "failed" else ""
                mine = records_by_hand(year.jurisdiction_id, one.code, *days, outcome)
            case "settled" | "open":
                last = int(one.url.split("conference.")[1].split("&")[0])
                mine = decided_by_hand(last, one.measure == "settled")
            case "rate":
                wrong += _rate(what, one.words, year.jurisdiction_id, one.code, *days)
                continue
            case "decided":
                last = int(one.url.split("/conferences/")[1].split("/")[0])
                number = sum(row.conference_id == last for row in Resolution.objects.system("by hand"))
                wrong += [] if one.words == str(number) else [f"{what}: {one.words}, by hand {number}"]
                continue
            case "attained":
                wrong += _attained(client, what, one)
                continue
        wrong += _compared(what, one.words, mine, client, one.url)
    return wrong


def _compared(what: str, printed: str, mine: Iterable[int], client: Client, url: str) -> list[str]:
    mine, listed = set(mine), listed_at(client, url)
    found = [] if printed == str(len(mine)) else [f"{what}: {printed}, by hand {len(mine)}"]
    return found + ([] if listed == mine else [f"{what}: {url} lists {sorted(listed ^ mine)} wrongly"])


def _rate(what: str, printed: str, place: int, register: str, start: date, end: date) -> list[str]:
    passed = len(records_by_hand(place, register, start, end, "pass"))
    all_ = passed + len(records_by_hand(place, register, start, end, "fail"))
    mine = (Decimal(100 * passed) / all_).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return [] if printed == f"{mine}%" else [f"{what}: {printed}, by hand {mine}%"]


def _attained(client: Client, what: str, one: SituationFigure) -> list[str]:
    """A target is no row to count: the link shows this card alone, with the same value and the same word."""
    page = unescape(client.get(one.url).content.decode())
    rows = re.findall(r"<tr data-href=.*?</tr>", page, re.DOTALL)
    words = one.words.removeprefix("本年累计 ").split("，")
    right = len(rows) == 1 and all(word in rows[0] for word in words)
    return [] if right else [f"{what}: {one.words} not on {one.url}"]
