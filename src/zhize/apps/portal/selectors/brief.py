"""The leader's page and a region's sheet: what to decide, what changed, who is stuck and why, gathered from all apps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from zhize.apps.orgs import selectors as orgs
from zhize.apps.orgs.models import Membership, Region, Unit
from zhize.apps.years.models import WorkYear
from zhize.kit import contributions
from zhize.kit.actor import Actor
from zhize.kit.contributions import BriefLine, BriefQuestion

WEEK = timedelta(days=7)
ROWS = 14
NAMED = 6


@dataclass(frozen=True, slots=True)
class Stuck:
    """A matter with the units stuck in it, all for the same reason; `days` is the longest anybody is late."""

    words: str
    url: str
    units: tuple[tuple[str, str], ...]
    more: int
    days: int | None
    why: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the leader's page shows; `left_out` matters are stuck too but did not fit."""

    since: date
    decide: tuple[BriefLine, ...]
    changed: tuple[BriefLine, ...]
    stuck: tuple[Stuck, ...]
    left_out: int


def brief(
    actor: Actor, year: WorkYear, today: date, unit_ids: tuple[int, ...] = (), region: str = ""
) -> Sheet:
    """All apps' lines of the last seven days; of these units of a region only, or of everybody. Two statements beside the apps' own."""
    asked = BriefQuestion(year.pk, today - WEEK, today, unit_ids, region)
    found = [source.load(actor, asked) for source in contributions.briefs.items()]
    stuck = _gathered(actor, [line for one in found for line in one.stuck], today)
    return Sheet(
        since=asked.since,
        decide=tuple(line for one in found for line in one.decide),
        changed=tuple(line for one in found for line in one.changed),
        stuck=tuple(stuck[:ROWS]),
        left_out=len(stuck[ROWS:]),
    )


def _gathered(actor: Actor, lines: Sequence[BriefLine], today: date) -> list[Stuck]:
    """One row a matter and reason, however many units: the most shared first, then the longest late."""
    rows: dict[tuple[str, str], list[BriefLine]] = {}
    for line in lines:
        rows.setdefault((line.words, line.why), []).append(line)
    ids = {line.unit_id for line in lines if line.unit_id}
    units = {unit.pk: unit for unit in Unit.objects.visible_to(actor).filter(pk__in=ids)}
    names = orgs.unit_labels(units.values(), today) if units else {}
    stuck = []
    for (words, why), same in rows.items():
        same.sort(key=lambda line: units[line.unit_id].order if line.unit_id in units else 0)
        late = [(today - line.on).days for line in same if line.on]
        # A single unit's matter opens itself; a shared one opens at each unit's own.
        who = [(names.get(line.unit_id or 0, ""), line.url) for line in same]
        stuck.append(
            Stuck(
                words,
                same[0].url if len(same) == 1 else "",
                tuple(who[:NAMED]),
                len(who[NAMED:]),
                max(late, default=None),
                why,
            )
        )
    return sorted(stuck, key=lambda one: (-len(one.units) - one.more, -(one.days or 0), one.words))


def region_below(actor: Actor, pk: int) -> Region | None:
    """A region directly below the acting one."""
    rows = Region.objects.visible_to(actor).filter(pk=pk, parent_id=actor.region_id or 0)
    return rows.first()


def units_of_region(actor: Actor, region: Region, on: date) -> list[Unit]:
    """The governments assessed there that answer for the region, in order, each once."""
    units = {
        line.membership.unit_id: line.membership.unit
        for line in orgs.members_on(actor, on)
        if line.membership.capacity == Membership.Capacity.ASSESSED
        and line.membership.unit.region_id == region.pk
    }
    return list(units.values())
