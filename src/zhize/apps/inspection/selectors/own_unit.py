"""Nobody checks the own unit: why a person may not go to a unit, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from zhize.apps.inspection.models import GroupPerson
from zhize.apps.orgs.models import Post, Unit
from zhize.apps.orgs.selectors.people import held_by


def objections(people: Sequence[GroupPerson], units: Iterable[Unit], today: date) -> list[str]:
    """One sentence for each person and unit that do not go together. One statement; `unit.region` is joined."""
    checked = list(units)
    held = held_by([one.user_id for one in people if one.user_id], today) if checked else {}
    return [
        f"{one.name}{why}，不能核查{unit.name}"
        for one in people
        for unit in checked
        if (why := _why(one, unit, held.get(one.user_id or 0, [])))
    ]


def _why(person: GroupPerson, unit: Unit, posts: Sequence[Post]) -> str:
    """“在省质监局任职”, or nothing where the person may go. A government is checked by nobody of its region."""
    government = unit.kind == Unit.Kind.GOVERNMENT
    for post in posts:
        if post.unit_id in (unit.pk, unit.answers_through_id):
            return f"在{post.unit.name}任职"
        if government and post.unit.region_id == unit.region_id:
            return f"在{post.unit.name}任职，属于{unit.region.name}"
    if person.user_id:
        return ""
    if person.workplace in (unit.name, unit.full_name):
        return f"在{person.workplace}工作"
    if government and person.workplace.startswith(unit.region.name):
        return f"在{person.workplace}工作，属于{unit.region.name}"
    return ""
