"""The directory's things as lists, forms, Excel and API know them."""

from __future__ import annotations

from typing import Any

from zhize.apps.orgs.specs.frame import REGION, SUCCESSION, UNIT
from zhize.apps.orgs.specs.people import CONTACT, GROUP_MEMBER, MEMBERSHIP, PERSON
from zhize.apps.orgs.specs.roster import ROSTER
from zhize.kit.fields import ThingSpec, register_spec

ALL: tuple[ThingSpec, ...] = (REGION, UNIT, SUCCESSION, MEMBERSHIP, GROUP_MEMBER, PERSON, CONTACT, ROSTER)


def register(*_args: Any) -> None:
    """Called once by the app's `ready`."""
    for spec in ALL:
        register_spec(spec)


__all__ = [
    "ALL",
    "CONTACT",
    "GROUP_MEMBER",
    "MEMBERSHIP",
    "PERSON",
    "REGION",
    "ROSTER",
    "SUCCESSION",
    "UNIT",
    "register",
]
