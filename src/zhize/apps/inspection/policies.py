"""Who may do what with on-site checks: the office plans and announces; groups go; nobody checks the own unit."""

from __future__ import annotations

from zhize.apps.inspection.models import INSIDE, CheckedPlace, GroupPerson, InspectedUnit, Inspection
from zhize.apps.orgs import selectors as orgs
from zhize.kit.actor import Actor

OFFICE = ("office_director", "office_staff")
UNIT = ("unit_head", "liaison", "clerk", *OFFICE)


def may_see_inspections(actor: Actor) -> bool:
    """Everyone with a hat; which ones is the scope's matter."""
    return actor.is_system or actor.jurisdiction_id is not None


def may_plan(actor: Actor) -> bool:
    """Make a new one: the office."""
    return actor.is_system or actor.has(*OFFICE)


def may_keep(actor: Actor, inspection: Inspection) -> bool:
    """Change, announce, call off, close: the office of the jurisdiction."""
    return actor.is_system or (actor.has(*OFFICE) and inspection.jurisdiction_id == actor.jurisdiction_id)


def oversees(actor: Actor) -> bool:
    """Who looks over on-site checks of the own jurisdiction from inside."""
    return actor.is_system or actor.has(*INSIDE)


def goes(actor: Actor, group_id: int | None) -> bool:
    """Whether the person goes with this group and works there (an observer only looks on). One query."""
    if group_id is None or actor.user_id is None:
        return False
    rows = GroupPerson.objects.system("who goes with a group").filter(
        group_id=group_id, user_id=actor.user_id
    )
    return rows.exclude(part=GroupPerson.Part.OBSERVER).exists()


def may_draw(actor: Actor, checked: InspectedUnit) -> bool:
    """Fix a list, draw, undo: the office, and the group that goes to the unit. Reads `checked.inspection` joined."""
    return may_keep(actor, checked.inspection) or goes(actor, checked.group_id)


def may_record(actor: Actor, checked: InspectedUnit) -> bool:
    """Fill in the checklist, hand it over for signing: the group that goes there; the office types in what came on paper."""
    return may_draw(actor, checked)


def may_sign(actor: Actor, place: CheckedPlace, side: str) -> bool:
    """With the own account: people of the group, people of the unit or of the one that answers for it."""
    if side == "group":
        return goes(actor, place.checked.group_id)
    return actor.has(*UNIT) and orgs.answers_for(actor, place.checked.unit)


def may_enter_paper(actor: Actor, place: CheckedPlace) -> bool:
    """Enter a signature on paper, of either side, with its scan."""
    return may_record(actor, place.checked)
