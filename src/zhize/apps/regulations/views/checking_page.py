"""What the pages of checking show: rows ready for the template, counts, filters as links. No writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from zhize.apps.orgs.models import Unit
from zhize.apps.regulations import selectors, services
from zhize.apps.regulations.forms import RowForm
from zhize.apps.regulations.mapping import recurrence_words
from zhize.apps.regulations.mapping.citing import figures_said
from zhize.apps.regulations.models import Duty, DutyHolder, ProposedDuty, RegulationVersion
from zhize.core.duties.cutting import pauses
from zhize.core.duties.titles import short_title
from zhize.core.regulation.holders import Sort
from zhize.kit.clock import local_day
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.rules import Rule, rule

AROUND = 48  # characters of the text shown before and after a row


@dataclass(frozen=True, slots=True)
class Who:
    """A holder as shown: the name, what it is taken for, its role."""

    name: str
    shown: str
    role: str
    kind: str


def rule_values(version: RegulationVersion, now: datetime) -> Rule:
    jurisdiction = version.regulation.jurisdiction
    return rule("regulations/checking", on=local_day(now), jurisdiction=jurisdiction.code)


def list_context(
    request: HttpRequestWithActor,
    version: RegulationVersion,
    asked: QueryDict,
    rows: list[ProposedDuty] | None = None,
) -> dict[str, Any]:
    """The list, or some rows of it with the counts around them (`rows`)."""
    values = rule_values(version, request.now)
    progress = selectors.checking_progress(version)
    by = _filter(asked, progress)
    directory = selectors.directory_of(version.regulation.jurisdiction)
    names = selectors.checking_names(version, directory, Decimal(str(values["name_near"])))
    size = int(values["page_rows"])
    total = len(rows or ())
    unread = selectors.clauses_unread(version) if by.show == "missing" and rows is None else []
    if by.show == "missing" and rows is None:
        rows = []
    if rows is None:
        rows, total = selectors.checking_rows(
            version, by, names, request.actor, unsure_below=int(values["unsure_below"]), size=size
        )
    near = selectors.overlaps_of(version, [r for r in rows if not r.relation], directory, values)
    kept = {"show": by.show, "section": by.section, "q": by.words, "sort": by.sort, "page": str(by.number)}
    query = urlencode({name: value for name, value in kept.items() if value and value != "1"})
    return {
        "version": version,
        "rows": [_shown(row, version, directory) | {"near": near.get(row.pk, [])} for row in rows],
        "total": total,
        "unread": unread,
        "by": by,
        "back": query,
        "progress": progress,
        "shows": _shows(by),
        "pages": _pages(by, total, size),
        "names": names,
        "unit_names": _unit_names(directory) if names.unknown else [],
        "unit_kinds": Unit.Kind.choices,
        "collectives": DutyHolder.Collective.choices,
        "confidences": progress.confidences(),
        "least": int(values["least_accept"]),
        "unsure_below": int(values["unsure_below"]),
        "at_work": [
            (name, f"{timezone.localtime(at):%H:%M}", label)
            for name, at, label in progress.at_work(
                request.actor, request.now, int(values["at_work_minutes"])
            )
        ],
        "me": request.actor.user_id,
        "warnings": version.warnings,
    }


def row_context(
    request: HttpRequestWithActor, row: ProposedDuty, form: RowForm, query: str
) -> dict[str, Any]:
    """One row to be corrected: the whole clause beside it, the places to cut at, the units to choose from."""
    version = row.text_version
    directory = selectors.directory_of(version.regulation.jurisdiction)
    text = row.text
    places = [0, *pauses(text), len(text)]
    return {
        "version": version,
        "item": _shown(row, version, directory),
        "form": form,
        "back": query,
        "pieces": [(start, text[start:end]) for start, end in pairwise(places)],
        "unit_names": _unit_names(directory),
        "roles": [c for c in DutyHolder.Role.choices if c[0] != DutyHolder.Role.UNKNOWN],
        "typed": list(zip(request.POST.getlist("new_name"), request.POST.getlist("new_role"), strict=False)),
    }


def _unit_names(directory: selectors.Directory) -> list[str]:
    units = dict.fromkeys(unit.name for unit in directory.units.values() if unit.valid_to is None)
    return [*units, *(str(one.label) for one in services.COLLECTIVES)]


def _shown(row: ProposedDuty, version: RegulationVersion, directory: selectors.Directory) -> dict[str, Any]:
    text = version.text
    begin = max(text.rfind("\n", 0, row.start) + 1, row.start - AROUND)
    stop = text.find("\n", row.end)
    stop = min(len(text) if stop < 0 else stop, row.end + AROUND)
    original = text[row.start : row.end]
    return {
        "row": row,
        "before": text[begin : row.start],
        "original": original,
        "after": text[row.end : stop],
        "changed": " ".join(row.text.split()) != " ".join(original.replace(" / ", "").split()),
        "title": row.title or short_title(row.text),
        "who": [_who(held, directory) for held in row.holders],
        "period": recurrence_words(row.recurrence),
        "figures": figures_said(row.text),
        "sure": "low" if row.confidence < 60 else "",
        "toggle": _("改为常态履职") if row.nature != Duty.Nature.STANDING else _("改为台账认定"),
    }


def _who(held: dict[str, Any], directory: selectors.Directory) -> Who:
    name = str(held["name"])
    role = dict(DutyHolder.Role.choices).get(held.get("role", ""), "")
    role = "" if held.get("role") == DutyHolder.Role.JOINT else str(role)
    if held["sort"] != Sort.UNIT or held.get("unit"):
        return Who(name, name, role, "known" if held.get("unit") else "collective")
    if directory.leaves_out(name):
        return Who(name, name, role, "left_out")
    if name in directory.collectives:
        return Who(name, name, role, "collective")
    if unit := directory.units.get(name):
        return Who(name, name if unit.name == name else f"{name} → {unit.name}", role, "known")
    return Who(name, name, role, "unknown")


def _filter(asked: QueryDict, progress: selectors.Progress) -> selectors.Filter:
    show = asked.get("show", "")
    if show not in selectors.SHOWS:
        show = "open" if progress.open else "all"
    section = asked.get("section", "")
    number = asked.get("page", "1")
    return selectors.Filter(
        show=show,
        section=section if section in {part.section for part in progress.parts} else "",
        words=asked.get("q", "").strip()[:40],
        sort=asked.get("sort", "") if asked.get("sort") in ("text", "doubt") else "",
        number=int(number) if number.isdigit() and 1 <= int(number) < 10_000 else 1,
    )


def _link(by: selectors.Filter, **changes: str) -> str:
    values = {"show": by.show, "section": by.section, "q": by.words, "sort": by.sort} | changes
    return "?" + urlencode({name: value for name, value in values.items() if value})


def _shows(by: selectors.Filter) -> list[dict[str, Any]]:
    labels = {
        "open": _("待核对"),
        "unsure": _("低把握"),
        "checked": _("已核对"),
        "dropped": _("不登记"),
        "mine": _("我的"),
        "all": _("全部"),
        "missing": _("没有职责的条款"),
    }
    return [
        {"label": label, "url": _link(by, show=show, sort=""), "current": by.show == show}
        for show, label in labels.items()
    ]


def _pages(by: selectors.Filter, total: int, size: int) -> dict[str, str | None]:
    last = max(1, -(-total // size))
    return {
        "previous": _link(by, page=str(by.number - 1)) if by.number > 1 else None,
        "next": _link(by, page=str(by.number + 1)) if by.number < last else None,
    }
