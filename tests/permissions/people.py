"""The people of the matrix: one of every role in each of four jurisdictions, beside an account without any hat.

Things live in the middle (兰州市, key `lz`), so that a person of 甘肃省 looks down on them, one of 天水市 from beside
and one of 城关区 up. In every jurisdiction 质监局 owes and hands in, 工商局 is another member unit.
"""

from __future__ import annotations

from datetime import date

from tests.world import SINCE, World

from zhize.apps.orgs.models import Membership, Post, Unit, User

HOME = "lz"
PLACES = {"own": "lz", "parent": "gs", "sibling": "ts", "child": "cg"}
UNTIL = date(2099, 12, 31)
ROLES = {  # key: (role, which unit)
    "leader": ("leader", "office"),
    "director": ("office_director", "office"),
    "staff": ("office_staff", "office"),
    "head": ("unit_head", "zjj"),
    "liaison": ("liaison", "zjj"),
    "clerk": ("clerk", "zjj"),
    "other": ("liaison", "gsj"),
    "assessor": ("assessor", "office"),
    "inspector": ("inspector", "office"),
    "sysadmin": ("system_admin", "office"),
    "secadmin": ("security_admin", "office"),
    "auditor": ("audit_admin", "office"),
    "external": ("external_auditor", "office"),
}
NEEDS_END = {"assessor", "inspector", "external"}


def unit_key(place: str, what: str) -> str:
    """The key in `world.unit` of 质监局, 工商局 or the office of a jurisdiction."""
    return what if place == "gs" else f"{place}_{what}"


def add_people(world: World) -> dict[tuple[str, str], User]:
    """(place, role) → the person; adds the departments of the lower three."""
    for place in ("lz", "ts", "cg"):
        for what, name in (("zjj", "质监局"), ("gsj", "工商局")):
            unit = Unit.objects.create(
                code=f"matrix-{place}-{what}", region=world.region[place], name=f"{world.region[place].name}{name}",
                name_en=f"{place} {what}", kind="department", order=50, valid_from=SINCE,
            )  # fmt: skip
            world.unit[unit_key(place, what)] = unit
            Membership.objects.create(
                jurisdiction=world.jurisdiction[place], unit=unit, capacity="member", valid_from=SINCE
            )
    people: dict[tuple[str, str], User] = {}
    for where, place in PLACES.items():
        for key, (role, unit) in ROLES.items():
            user = User.objects.create(
                username=f"matrix-{place}-{key}", name=f"{place} {key}（演示）", password="!", is_demo=True
            )
            world.post[f"{where}.{key}"] = Post.objects.create(
                user=user, unit=world.unit[unit_key(place, unit)], jurisdiction=world.jurisdiction[place], role=role,
                title=f"{key}（演示）", starts_on=SINCE, ends_on=UNTIL if key in NEEDS_END else None,
            )  # fmt: skip
            people[where, key] = user
    return people
