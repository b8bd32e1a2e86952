"""What a unit's own plan, uploaded as a file, says may be items of its plan; and the units its printed names stand for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from zhize.apps.orgs.models import Unit, UnitAlias
from zhize.apps.regulations.selectors.lexicon import lexicon_on
from zhize.apps.work.mapping.plan_words import words_on
from zhize.apps.work.models import Plan
from zhize.apps.work.selectors.plan_choices import units_for
from zhize.core.plans.found import Reading, Year
from zhize.core.plans.reading import plan_read
from zhize.kit.actor import Actor

SHORTEST = 3  # 质监局 may stand for 省质监局 where no other unit ends so; two characters tell too little


def plan_text_read(text: str, plan: Plan, today: date) -> Reading:
    """The candidates in a text, for the year of this plan; nothing is written."""
    year = Year(plan.year.starts_on, plan.year.ends_on)
    return plan_read(text, year, words_on(today), lexicon_on(today))


@dataclass(frozen=True, slots=True)
class Named:
    """Units one may choose, and which of them a printed name means."""

    units: list[Unit]
    known: dict[str, Unit]

    def unit(self, printed: str) -> Unit | None:
        """By name, full name or alias; else the one unit whose name ends so."""
        if found := self.known.get(printed):
            return found
        ends = [one for one in self.units if one.name.endswith(printed)] if len(printed) >= SHORTEST else []
        return ends[0] if len(ends) == 1 else None


def named_units(actor: Actor, today: date) -> Named:
    """Two statements."""
    units = list(units_for(actor, today))
    known = {one.full_name: one for one in reversed(units) if one.full_name}
    by_id = {one.pk: one for one in units}
    aliases = UnitAlias.objects.visible_to(actor).filter(unit_id__in=by_id).values_list("name", "unit_id")
    known |= {name: by_id[pk] for name, pk in aliases}
    return Named(units, known | {one.name: one for one in reversed(units)})
