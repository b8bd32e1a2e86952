"""Plans set against each other: the versions of one, and last year's against this year's."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from zhize.apps.work.mapping.plans import plan_rule
from zhize.apps.work.models import Plan, PlanItem
from zhize.apps.work.selectors.plans import items_of
from zhize.core.papers.days import printed_day
from zhize.core.plans.compare import Compared, Line, compare
from zhize.kit.actor import Actor

TEXTS = ("title", "goal", "measure", "steps", "person", "target")


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of `before` in `after`; `years` where they are plans of different years."""

    before: Plan
    after: Plan
    found: Compared

    @property
    def years(self) -> bool:
        return self.before.year_id != self.after.year_id


def comparable(actor: Actor, plan: Plan) -> list[Plan]:
    """Other plans of the same unit and sort that the actor sees: the version before first, then newest first. One statement."""
    rows = Plan.objects.visible_to(actor).filter(
        jurisdiction_id=plan.jurisdiction_id, unit_id=plan.unit_id, level=plan.level
    )
    rows = rows.exclude(pk=plan.pk).select_related("year").order_by("-year__starts_on", "-number", "-pk")
    return sorted(rows[:50], key=lambda one: (one.pk != plan.previous_id, one.year_id == plan.year_id))


def comparison(one: Plan, other: Plan) -> Comparison:
    """The earlier of the two against the later, by year and number. Eight statements. Reads: `year` of both joined."""
    before, after = sorted((one, other), key=lambda plan: (plan.year.starts_on, plan.number, plan.pk))
    rule = plan_rule(after.year.ends_on, after.jurisdiction.code)
    found = compare(_lines(before), _lines(after), Decimal(rule.threshold))
    return Comparison(before, after, found)


def labels() -> dict[str, str]:
    """The words of an item's fields, in the language of the page, by the name of the column."""
    columns = ("part", "due_on", "lead_unit", "support_units", "duties", "target_value", "money", *TEXTS)
    return {name: str(PlanItem._meta.get_field(name).verbose_name) for name in columns}  # type: ignore[union-attr]


def _lines(plan: Plan) -> list[Line]:
    words = labels()
    return [_line(item, words) for item in items_of(plan)]


def _line(item: PlanItem, words: dict[str, str]) -> Line:
    fields = {words[name]: str(getattr(item, name)) for name in TEXTS}
    fields |= {
        words["part"]: str(item.get_part_display()),
        words["due_on"]: printed_day(item.due_on),
        words["lead_unit"]: item.lead_unit.name,
        words["support_units"]: item.support_names,
        words["duties"]: item.duty_codes,
        words["target_value"]: f"{item.target_value.normalize():f}" if item.target_value is not None else "",
        words["money"]: f"{item.money.normalize():f}" if item.money is not None else "",
    }
    return Line(str(item.pk), item.title, fields, str(item.copied_from_id or ""))
