"""Who may do what in the directory: three administrators, none of whom can do another's part (三员分立).

The matrix. The system administrator keeps the structure and the accounts; the security administrator gives
and takes power (administrators' posts, one-time codes, locks); the audit administrator reads and changes
nothing; the office keeps its own business data (who is a member, who sits in the leading group). Each
works in the own jurisdiction; one level down only while the child has no administrator of its own.

==============================  ======  ========  =====  ======  ============
act                             system  security  audit  office  everybody
==============================  ======  ========  =====  ======  ============
regions, units, successions     own                      -       read
units a document names          own                      own     read
programmes                      top                      -       read
jurisdictions (make, name)      own+1                    -       read
one-time codes for everybody            own              -
members, group's member list                             own     read
accounts, ordinary posts        own+1                    -       own contact
administrators' posts, auditor          own+1            -
lock and unlock an account              own              -
tokens and delegations                  revoke           -       own post
people, posts (list)            own     own       own    own     contacts
rules: of the work / of sign-in / of files
                                files   sign-in          work    read
==============================  ======  ========  =====  ======  ============

The system itself (loading reference data, the demonstration) may do everything; its reason is in the log.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from zhize.apps.orgs.models import Delegation, Jurisdiction, Post, Region, Unit
from zhize.apps.orgs.models.people import ADMIN_ROLES, GUARDED_ROLES, UNIT_ROLES
from zhize.kit.actor import Actor

OFFICE = ("office_director", "office_staff")
READERS = ("system_admin", "security_admin", "audit_admin", "external_auditor", *OFFICE)


def may_read_directory(actor: Actor) -> bool:
    """Everybody with a hat: the directory is what a liaison telephones from."""
    return actor.is_system or actor.jurisdiction_id is not None


def may_read_people(actor: Actor) -> bool:
    """Administrators and the office; others have the contacts page, which shows no account data."""
    return actor.is_system or actor.has(*READERS)


def may_manage_structure(actor: Actor) -> bool:
    """The system administrator, before a region is known (menus, empty forms)."""
    return actor.is_system or actor.has("system_admin")


def may_manage_region(actor: Actor, region: Region) -> bool:
    """The system administrator of the region itself or of the one directly above.

    One level down is allowed because a county without any person in the product still has to be set up by
    somebody; a level further would let a province rewrite what a prefecture answers for.
    """
    if actor.is_system:
        return True
    return actor.has("system_admin") and actor.region_id in {region.pk, region.parent_id} - {None}


def may_manage_units_of(actor: Actor, region: Region) -> bool:
    """As for the region: a unit's name and dates belong to the region's own administrator."""
    return may_manage_region(actor, region)


def may_add_named_units(actor: Actor, jurisdiction: Jurisdiction) -> bool:
    """The office, for units its documents name: in the own region and unchecked, so that reading a text never waits for an
    administrator, while names and order stay the administrator's."""
    return may_keep_members_of(actor, jurisdiction) or may_manage_units_of(actor, jurisdiction.region)


def may_manage_programmes(actor: Actor, own: Jurisdiction | None) -> bool:
    """Only at the top: every jurisdiction below shares the list of programmes."""
    if actor.is_system:
        return True
    return actor.has("system_admin") and own is not None and own.parent_id is None


def may_manage_jurisdiction(actor: Actor, jurisdiction: Jurisdiction) -> bool:
    """Its own system administrator, or the parent's, who sets it up."""
    if actor.is_system:
        return True
    return actor.has("system_admin") and _own_or_child(actor, jurisdiction)


def may_set_security(actor: Actor, jurisdiction: Jurisdiction) -> bool:
    """The jurisdiction's own security administrator: demands on sign-in are not the system administrator's."""
    return actor.is_system or (actor.has("security_admin") and actor.jurisdiction_id == jurisdiction.pk)


def may_keep_members(actor: Actor) -> bool:
    """The office (clause 二): who is a member is the group's business, not an administrator's."""
    return actor.is_system or actor.has(*OFFICE)


def may_keep_members_of(actor: Actor, jurisdiction: Jurisdiction) -> bool:
    """Only the own jurisdiction's list: a prefecture's members are its own affair (clause 四)."""
    return actor.is_system or (may_keep_members(actor) and actor.jurisdiction_id == jurisdiction.pk)


def may_name_contacts(actor: Actor, unit: Unit) -> bool:
    """Give notice of who answers for the unit: its own people, or those of the unit that answers for it."""
    own = actor.unit_id is not None and actor.unit_id in (unit.pk, unit.answers_through_id)
    return actor.is_system or (own and actor.has(*UNIT_ROLES, *OFFICE))


def may_open_post(actor: Actor, *, jurisdiction: Jurisdiction, role: str, child_has_admin: bool) -> bool:
    """Ordinary posts: the system administrator; administrators' and auditors' posts: the security administrator.

    Whoever keeps accounts must not be able to make administrators, and whoever makes administrators keeps
    no accounts. In a child jurisdiction only while it has no such administrator (`child_has_admin`).
    That nobody opens a post for the own person is checked by the service, in words.
    """
    if actor.is_system:
        return True
    needed = "security_admin" if role in GUARDED_ROLES else "system_admin"
    if not actor.has(needed):
        return False
    if actor.jurisdiction_id == jurisdiction.pk:
        return True
    return jurisdiction.parent_id == actor.jurisdiction_id and not child_has_admin


def may_administer_people(actor: Actor) -> bool:
    """Before a person is known: who sees the buttons."""
    return actor.is_system or actor.has("system_admin", "security_admin")


def may_create_users(actor: Actor) -> bool:
    return actor.is_system or actor.has("system_admin", "security_admin")


def may_manage_user(actor: Actor, posts: Iterable[tuple[int, str]]) -> bool:
    """The person's account, given the open posts as (jurisdiction, role).

    A unit-level post elsewhere (the city's liaison to the province) does not take the person from the own
    administrator; an office or administrator's post elsewhere does, or a prefecture could reset the
    password of somebody who works for the province. Administrators' accounts are kept by the security
    administrator, and the security administrator's by the system administrator, so that no one of the
    three can sign in as another without two people knowing.
    """
    if actor.is_system:
        return True
    held = list(posts)
    if any(where != actor.jurisdiction_id and role not in UNIT_ROLES for where, role in held):
        return False
    if held and all(where != actor.jurisdiction_id for where, _ in held):
        return False
    roles = {role for _, role in held}
    if roles & (GUARDED_ROLES - {"security_admin"}):
        return actor.has("security_admin")
    return actor.has("system_admin")


def may_lock_user(actor: Actor, posts: Iterable[tuple[int, str]]) -> bool:
    """A lock is a measure of security: the security administrator, for people with a post in the own jurisdiction."""
    if actor.is_system:
        return True
    return actor.has("security_admin") and any(where == actor.jurisdiction_id for where, _ in posts)


def may_delegate(actor: Actor, post: Post) -> bool:
    """The holder of the post, in person: a deputy cannot pass the hat on."""
    return actor.is_system or (post.user_id == actor.user_id and not actor.on_behalf_of)


def may_revoke_delegation(actor: Actor, delegation: Delegation) -> bool:
    """The holder, the deputy, or the jurisdiction's security administrator."""
    if actor.is_system or actor.user_id in {delegation.post.user_id, delegation.deputy_id}:
        return True
    return actor.has("security_admin") and actor.jurisdiction_id == delegation.post.jurisdiction_id


def may_hand_over(actor: Actor, post: Post) -> bool:
    """The person who leaves, or whoever may open such a post in the jurisdiction."""
    if actor.is_system or (post.user_id == actor.user_id and not actor.on_behalf_of):
        return actor.is_system or post.role not in ADMIN_ROLES
    needed = "security_admin" if post.role in GUARDED_ROLES else "system_admin"
    return actor.has(needed) and actor.jurisdiction_id == post.jurisdiction_id


def may_make_token(actor: Actor, post: Post) -> bool:
    """For the own post only: a token acts as that hat, and its entries name its holder."""
    return actor.is_system or (post.user_id == actor.user_id and not actor.on_behalf_of)


def may_revoke_token(actor: Actor, post: Post) -> bool:
    if actor.is_system or post.user_id == actor.user_id:
        return True
    return actor.has("security_admin") and actor.jurisdiction_id == post.jurisdiction_id


RULE_KEEPERS = {"office": OFFICE, "security": ("security_admin",), "system": ("system_admin",)}


def may_adjust_rule(actor: Actor, keeper: str) -> bool:
    """Who keeps a kind of rules adjusts those of the own jurisdiction: the office what is the work's, administrators theirs."""
    return actor.is_system or (actor.jurisdiction_id is not None and actor.has(*RULE_KEEPERS[keeper]))


def refusal_of_rule(keeper: str) -> str:
    """Said to everybody else."""
    return str(
        {
            "office": _("只有本辖区的办公室可以调整这项规则"),
            "security": _("只有本辖区的安全管理员可以调整这项规则"),
            "system": _("只有本辖区的系统管理员可以调整这项规则"),
        }[keeper]
    )


def _own_or_child(actor: Actor, jurisdiction: Jurisdiction) -> bool:
    return actor.jurisdiction_id is not None and actor.jurisdiction_id in {
        jurisdiction.pk,
        jurisdiction.parent_id,
    }
