"""Who may do what with years and the calendar."""

from __future__ import annotations

from zhize.apps.years.models import WorkYear
from zhize.kit.actor import Actor


def may_manage_years(actor: Actor) -> bool:
    """The office keeps its jurisdiction's years: the director and the staff (二（二）: it draws up the year's plan)."""
    return actor.is_system or actor.has("office_director", "office_staff")


def may_change_year(actor: Actor, year: WorkYear) -> bool:
    """Only one's own jurisdiction's year."""
    return actor.is_system or (may_manage_years(actor) and year.jurisdiction_id == actor.jurisdiction_id)


def may_edit_calendar(actor: Actor) -> bool:
    """Holidays are shared by all jurisdictions of the installation: only its system administrators change them."""
    return actor.is_system or actor.has("system_admin")


def may_see_calendar(actor: Actor) -> bool:
    """Everybody with a hat: due dates hang on it."""
    return actor.is_system or actor.jurisdiction_id is not None
