"""工作规则 of the acting jurisdiction: which are in force since when, and each version with its first and last day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch

from zhize.apps.regulations.models import Regulation, RegulationVersion
from zhize.apps.regulations.selectors.texts import LIVE
from zhize.kit.actor import Actor
from zhize.kit.scope import ScopedQuerySet


@dataclass(frozen=True, slots=True)
class Text:
    """One version: in force from, until (both included; None: not yet, or open), and whether one to compare with came before."""

    row: RegulationVersion
    since: date | None
    until: date | None
    follows: bool

    def holds_on(self, day: date) -> bool:
        return self.since is not None and self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class WorkRules:
    """One set of rules with its texts, newest first. `current` is the one in force, or about to be."""

    row: Regulation
    texts: tuple[Text, ...]

    @property
    def current(self) -> Text | None:
        return next((text for text in self.texts if text.row.state in LIVE), None)

    @property
    def draft(self) -> Text | None:
        first = next(iter(self.texts), None)
        return first if first and first.row.state == RegulationVersion.State.DRAFT else None

    def on(self, day: date) -> Text | None:
        """The text people go by that day: until a new one begins, the one before it still holds."""
        return next((text for text in self.texts if text.holds_on(day)), None)


def work_rules_listed(actor: Actor) -> list[WorkRules]:
    """All of them, newest document first: two statements."""
    return [_with_days(row) for row in _rows(actor)[:200]]


def work_rules_by_pk(actor: Actor, pk: int) -> WorkRules | None:
    return next(map(_with_days, _rows(actor).filter(pk=pk)), None)


def _rows(actor: Actor) -> ScopedQuerySet[Regulation]:
    texts = RegulationVersion.objects.visible_to(actor).defer("text").order_by("-number")
    rows: ScopedQuerySet[Regulation] = (
        Regulation.objects.visible_to(actor)
        .filter(sort=Regulation.Sort.WORK_RULES)
        .prefetch_related(Prefetch("versions", queryset=texts))
        .order_by("in_force_from", "pk")
    )
    return rows


def _with_days(row: Regulation) -> WorkRules:
    """A text holds until the day before the next one begins; the last one until the rules end."""
    texts: list[Text] = []
    until = row.in_force_to
    versions = list(row.versions.all())
    for version in versions:
        begun = version.state != RegulationVersion.State.DRAFT
        since = (version.in_force_on or row.in_force_from) if begun else None
        follows = any(v.number < version.number and v.state != v.State.DRAFT for v in versions)
        texts.append(Text(version, since, until if begun else None, follows))
        if since is not None:
            until = since - timedelta(days=1)
    return WorkRules(row, tuple(texts))
