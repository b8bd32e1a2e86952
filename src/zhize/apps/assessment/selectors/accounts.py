"""履职情况: what each member unit owed in a year and did, in words. No score, no order but the official one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from zhize.apps.orgs.models import Unit
from zhize.apps.orgs.selectors import members_on
from zhize.apps.regulations.models import Obligation
from zhize.apps.regulations.selectors import Light, bounds, light_of_row
from zhize.apps.years.models import WorkYear
from zhize.kit.actor import Actor
from zhize.kit.contributions import Digest, digests

NAMED = 5


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing owed, with its light on the day."""

    row: Obligation
    light: Light


@dataclass(frozen=True, slots=True)
class Account:
    """A unit's year so far. `owed`: what was due by today or done before; standing duties are told apart."""

    unit: Unit
    owed: tuple[Owed, ...]
    standing: int

    def count(self, *lights: Light) -> int:
        return sum(1 for one in self.owed if one.light in lights)

    @property
    def done(self) -> int:
        return self.count(Light.DONE, Light.DONE_LATE)

    @property
    def late(self) -> int:
        return self.count(Light.DONE_LATE)

    @property
    def waived(self) -> int:
        return self.count(Light.WAIVED)

    @property
    def open(self) -> tuple[Owed, ...]:
        """Due and not done."""
        settled = (Light.DONE, Light.DONE_LATE, Light.WAIVED)
        return tuple(one for one in self.owed if one.light not in settled)

    @property
    def words(self) -> str:
        """应落实6项，已落实5项（其中逾期落实1项），未落实1项：报送年度总结。"""
        if not self.owed:
            return (
                f"截至目前没有到期的履职事项；常态履职{self.standing}项。"
                if self.standing
                else "截至目前没有到期的履职事项。"
            )
        said = f"应落实{len(self.owed) - self.waived}项，已落实{self.done}项"
        said += f"（其中逾期落实{self.late}项）" if self.late else ""
        said += f"，免办{self.waived}项" if self.waived else ""
        if self.open:
            named = "、".join(one.row.duty.title for one in self.open[:NAMED])
            said += f"，未落实{len(self.open)}项：{named}" + ("等" if len(self.open) > NAMED else "")
        said += f"；常态履职{self.standing}项" if self.standing else ""
        return f"{said}。"


def accounts_of(actor: Actor, year: WorkYear, today: date) -> list[Account]:
    """Every member unit of the acting jurisdiction, in official order. Four statements whatever the number of units."""
    members = [line.membership for line in members_on(actor, min(today, year.ends_on))]
    units = [one.unit for one in members if one.capacity == one.Capacity.MEMBER]
    return _accounts(actor, year, today, units)


def account_of(actor: Actor, year: WorkYear, unit: Unit, today: date) -> Account:
    return _accounts(actor, year, today, [unit])[0]


def _accounts(actor: Actor, year: WorkYear, today: date, units: Sequence[Unit]) -> list[Account]:
    rows = (
        Obligation.objects.visible_to(actor)
        .filter(year=year, unit__in=[one.pk for one in units])
        .select_related("duty")
        .order_by("due_on", "duty__order", "pk")
    )
    day = bounds(today)
    owed: dict[int, list[Owed]] = {one.pk: [] for one in units}
    standing = dict.fromkeys(owed, 0)
    for row in rows:
        light = light_of_row(row, day)
        if row.status == Obligation.Status.STANDING:
            standing[row.unit_id] += 1
        elif light in (Light.DONE, Light.DONE_LATE, Light.WAIVED) or (row.due_on and row.due_on <= today):
            owed[row.unit_id].append(Owed(row, light))
    return [Account(one, tuple(owed[one.pk]), standing[one.pk]) for one in units]


def digests_of(unit_id: int, year: WorkYear, today: date) -> list[Digest]:
    """What the other apps know of the unit's year, in words with links."""
    end = min(today, year.ends_on)
    found = (source.load(unit_id, year.jurisdiction_id, year.starts_on, end) for source in digests.items())
    return [one for one in found if one is not None and one.lines]
