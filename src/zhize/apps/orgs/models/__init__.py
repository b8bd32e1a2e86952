"""Regions, programmes, jurisdictions, units, people and their posts, to-dos and messages."""

from zhize.apps.orgs.models.inbox import Notice, Outbox, Todo
from zhize.apps.orgs.models.people import ApiToken, Delegation, OldPassword, Post, Role, User
from zhize.apps.orgs.models.regions import Jurisdiction, Programme, Region
from zhize.apps.orgs.models.roster import UnitContact
from zhize.apps.orgs.models.units import GroupMember, Membership, Succession, Unit, UnitAlias, of_unit

__all__ = [
    "ApiToken",
    "Delegation",
    "GroupMember",
    "Jurisdiction",
    "Membership",
    "Notice",
    "OldPassword",
    "Outbox",
    "Post",
    "Programme",
    "Region",
    "Role",
    "Succession",
    "Todo",
    "Unit",
    "UnitAlias",
    "UnitContact",
    "User",
    "of_unit",
]
