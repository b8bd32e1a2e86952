"""Reads of the page where people check the reader's proposals: counts, one page of rows, names nobody knows, who is at it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from django.db.models import Count, Max, Q

from zhize.apps.regulations.models import Clause, PrintedName, ProposedDuty, RegulationVersion
from zhize.apps.regulations.selectors.directory import Directory
from zhize.core.kernel.likeness import bigrams, dice
from zhize.core.regulation.holders import Sort
from zhize.kit.actor import Actor
from zhize.kit.scope import ScopedQuerySet

State = ProposedDuty.State
SHOWS = ("open", "unsure", "checked", "dropped", "mine", "all", "missing")


@dataclass(frozen=True, slots=True)
class Filter:
    """What the page shows: which rows (`show`), which part of the text, which words; `number` is the page, from 1."""

    show: str = "open"
    section: str = ""
    words: str = ""
    sort: str = ""
    number: int = 1


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the text (一、领导小组职责) with how far its rows are."""

    section: str
    label: str
    heading: str
    checked: int
    total: int
    taken_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """Counts of all rows of a text, and by part."""

    total: int
    checked: int
    dropped: int
    parts: tuple[Part, ...]
    sure: dict[int, int] = field(default_factory=dict)
    people: dict[int, tuple[datetime, str, str]] = field(default_factory=dict)

    def confidences(self) -> list[tuple[int, int]]:
        """For each confidence at which open rows stand, highest first: (per cent, rows of at least so much)."""
        found, so_far = [], 0
        for percent in sorted(self.sure, reverse=True):
            so_far += self.sure[percent]
            found.append((percent, so_far))
        return found

    def at_work(self, actor: Actor, now: datetime, minutes: int) -> list[tuple[str, datetime, str]]:
        """Others who checked rows of this text lately, the latest first: name, when, in which part."""
        lately = [
            found
            for user, found in self.people.items()
            if user != actor.user_id and found[0] >= now - timedelta(minutes=minutes)
        ]
        return [(name, at, label) for at, name, label in sorted(lately, reverse=True)]

    @property
    def open(self) -> int:
        return self.total - self.checked

    @property
    def percent(self) -> int:
        """Rounded down: 100 only when nothing is left."""
        return 100 * self.checked // self.total if self.total else 0


@dataclass(frozen=True, slots=True)
class Name:
    """A printed name with how many rows it stands in and where first."""

    name: str
    count: int
    first: str
    context: str = ""
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Names:
    """Names of all rows: those nobody can tell yet, and rows by name (for the search)."""

    unknown: tuple[Name, ...] = ()
    decided: tuple[PrintedName, ...] = ()
    rows: dict[str, list[int]] = field(default_factory=dict)


def row_by_pk(actor: Actor, pk: int) -> ProposedDuty | None:
    return (
        ProposedDuty.objects.visible_to(actor)
        .select_related("clause", "existing", "text_version__regulation__jurisdiction__region")
        .by_pk(pk)
    )


def _rows(version: RegulationVersion) -> ScopedQuerySet[ProposedDuty]:
    return ProposedDuty.objects.system("of a version the actor sees").filter(text_version=version)


def checking_progress(version: RegulationVersion) -> Progress:
    """How far the checking is, by part of the text, and who is at it: two statements for any number of rows."""
    counted = _rows(version).values(
        "section", "state", "taken_by", "confidence", "checked_by", "checked_by_user"
    )
    rows = list(counted.annotate(n=Count("pk"), last=Max("checked_at")).order_by("section"))
    tops = {
        c.path: c
        for c in Clause.objects.system("of a version the actor sees").filter(
            version=version, path__in={row["section"] for row in rows}
        )
    }
    total: Counter[str] = Counter()
    done: Counter[str] = Counter()
    sure: Counter[int] = Counter()
    takers: dict[str, dict[str, None]] = {}
    people: dict[int, tuple[datetime, str, str]] = {}
    for row in rows:
        total[row["section"]] += row["n"]
        if row["state"] != State.OPEN:
            done[row["section"]] += row["n"]
        else:
            sure[row["confidence"]] += row["n"]
            if row["taken_by"]:
                takers.setdefault(row["section"], {})[row["taken_by"]] = None
        if row["last"] and row["checked_by_user"]:
            label = tops[row["section"]].label if row["section"] in tops else ""
            latest = (row["last"], row["checked_by"], label)
            people[row["checked_by_user"]] = max(people.get(row["checked_by_user"], latest), latest)
    order = sorted(total, key=lambda s: tops[s].order if s in tops else 0)
    parts = tuple(
        Part(
            s,
            tops[s].label if s in tops else s,
            (tops[s].heading or tops[s].text[:20]) if s in tops else "",
            done[s],
            total[s],
            tuple(takers.get(s, ())),
        )
        for s in order
    )
    dropped = sum(row["n"] for row in rows if row["state"] == State.DROPPED)
    return Progress(sum(total.values()), sum(done.values()), dropped, parts, dict(sure), people)


def checking_rows(
    version: RegulationVersion, by: Filter, names: Names, actor: Actor, *, unsure_below: int, size: int
) -> tuple[list[ProposedDuty], int]:
    """One page of rows and how many there are in all. What is uncertain first while open, else as the text goes."""
    rows = _rows(version)
    if by.show in ("open", "unsure"):
        rows = rows.filter(state=State.OPEN)
    if by.show == "unsure":
        rows = rows.filter(confidence__lt=unsure_below)
    elif by.show == "checked":
        rows = rows.exclude(state=State.OPEN)
    elif by.show == "dropped":
        rows = rows.filter(state=State.DROPPED)
    elif by.show == "mine":
        rows = rows.filter(
            Q(checked_by_user=actor.user_id) | Q(taken_by_user=actor.user_id, state=State.OPEN)
        )
    if by.section:
        rows = rows.filter(section=by.section)
    if by.words:
        named = [pk for name, pks in names.rows.items() if by.words in name for pk in pks]
        rows = rows.filter(
            Q(text__icontains=by.words)
            | Q(title__icontains=by.words)
            | Q(clause__label__icontains=by.words)
            | Q(pk__in=named)
        )
    doubt = by.sort != "text" if by.show in ("open", "unsure") else by.sort == "doubt"
    order = ("confidence", "start", "segment", "pk") if doubt else ("start", "segment", "pk")
    count = rows.count()
    first = (by.number - 1) * size
    return list(rows.select_related("clause", "existing").order_by(*order)[first : first + size]), count


def checking_names(version: RegulationVersion, directory: Directory, near_from: Decimal) -> Names:
    """Every printed name of the rows that are not left out: one statement. Beside a name nobody knows, the units most like it."""
    found: dict[str, list[int]] = {}
    first: dict[str, tuple[str, str]] = {}
    unit: dict[str, None] = {}
    rows = _rows(version).exclude(state=State.DROPPED).order_by("start", "segment", "pk")
    for pk, holders, label, text in rows.values_list("pk", "holders", "clause__label", "text"):
        for held in holders:
            found.setdefault(held["name"], []).append(pk)
            first.setdefault(held["name"], (label, text[:40]))
            if held["sort"] == Sort.UNIT and not held.get("unit"):
                unit[held["name"]] = None
    unknown = tuple(
        Name(name, len(found[name]), *first[name], _near(name, directory, near_from))
        for name in unit
        if not directory.knows(name)
    )
    return Names(unknown, tuple(row for name, row in directory.decided.items() if name in found), found)


def _near(name: str, directory: Directory, near_from: Decimal) -> tuple[str, ...]:
    """At most two units whose names share most pairs of characters with this one."""
    marks = bigrams(name)
    alike: dict[str, Fraction] = {}
    for other, unit in directory.units.items():
        likeness = dice(marks, bigrams(other))
        if likeness >= Fraction(near_from):
            alike[unit.name] = max(alike.get(unit.name, Fraction(0)), likeness)
    return tuple(sorted(alike, key=lambda other: (-alike[other], other))[:2])


def printed_name_by_pk(actor: Actor, pk: int) -> PrintedName | None:
    return PrintedName.objects.visible_to(actor).select_related("jurisdiction").by_pk(pk)


def clauses_unread(version: RegulationVersion) -> list[Clause]:
    """Clauses at the ends of the tree, with words, from which no row was made (责任空白), in the order of the text."""
    ends = Clause.objects.system("of a version the actor sees").filter(
        version=version, children__isnull=True, proposed__isnull=True
    )
    return list(ends.exclude(text="").order_by("order")[:200])
