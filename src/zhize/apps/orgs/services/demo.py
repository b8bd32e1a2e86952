"""The demonstration's people (演示数据): made once, marked, with passwords the caller chooses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction

from zhize.apps.orgs.log_types import DEMO_LOADED
from zhize.apps.orgs.models import Jurisdiction, Post, Unit, User
from zhize.apps.orgs.services.reference_rows import demo_people_read
from zhize.apps.orgs.services.saving import demand
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.fields import Outcome

WHY = "loading the demonstration"


@transaction.atomic
def demo_people_load(*, path: Path, passwords: Mapping[str, str], actor: Actor, now: datetime) -> Outcome:
    """Makes the accounts and posts of demo.yaml that are not there yet; those that are stay as they are.

    `passwords` names one per user name, "" for all others; equal passwords are hashed once. Reference data
    must be loaded before, with the counties of the demonstration. Refuses: anybody but the system.
    """
    demand(actor.is_system, "演示数据只能由运维命令装载")
    people, _counties = demo_people_read(path)
    hashes: dict[str, str] = {}

    def digest(username: str) -> str:
        plain = passwords.get(username, passwords.get("", ""))
        if plain not in hashes:
            hashes[plain] = make_password(plain or None)
        return hashes[plain]

    known = set(User.objects.values_list("username", flat=True))
    users = [
        User(
            username=p["username"],
            name=p["name"],
            phone=p["phone"],
            email=p["email"],
            is_demo=True,
            password=digest(p["username"]),
            password_changed_at=now,
            created_at=now,
        )
        for p in people
        if p["username"] not in known
    ]
    User.objects.bulk_create(users)
    Post.objects.bulk_create(_posts(people, {u.username: u for u in users}))
    if users:
        record(
            DEMO_LOADED, actor=actor, thing=None, now=now, after={"usernames": [u.username for u in users]}
        )
    return Outcome(added=len(users), changed=0, same=len(people) - len(users))


def _posts(people: list[dict[str, Any]], users: Mapping[str, User]) -> list[Post]:
    units = {u.code: u for u in Unit.objects.system(WHY)}
    jurisdictions = {j.code: j for j in Jurisdiction.objects.system(WHY)}
    return [
        Post(
            user=users[person["username"]],
            unit=units[hat["unit"]],
            jurisdiction=jurisdictions[hat["jurisdiction"]],
            role=hat["role"],
            title=hat["post"],
            starts_on=hat["valid_from"],
            ends_on=_last_day(hat["valid_to"]),
            preferred=bool(hat["acting"]) and person["two_hats"],
        )
        for person in people
        if person["username"] in users
        for hat in person["hats"]
    ]


def _last_day(valid_to: date | None) -> date | None:
    """The files' dates end before `valid_to`; a post names its last day."""
    return valid_to - timedelta(days=1) if valid_to else None
