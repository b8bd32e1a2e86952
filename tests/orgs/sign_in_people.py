"""Steps of the sign-in tests: a real account (no demonstration person), signing in by the form, computed codes."""

from __future__ import annotations

from typing import Any

from allauth.mfa.totp.internal import auth
from django.contrib.auth.hashers import make_password
from django.test import Client
from tests.world import World

from zhize.apps.audit.models import Entry
from zhize.apps.orgs.models import User

PASSWORD = "Zhiliang-2012"
NEW = "Xin-kouling-2012"


def real(world: World, key: str, **changes: Any) -> User:
    """The person of the world as in real work: not of the demonstration, with a password that keeps the rule."""
    User.objects.filter(pk=world.user[key].pk).update(
        is_demo=False, password=make_password(PASSWORD), **changes
    )
    return User.objects.get(pk=world.user[key].pk)


def sign_in(client: Client, username: str, password: str = PASSWORD, **extra: Any) -> Any:
    return client.post("/account/login/", {"login": username, "password": password}, **extra)


def code_now(secret: str) -> str:
    counter = next(iter(auth.yield_hotp_counters_from_time()))
    return str(auth.format_hotp_value(auth.hotp_value(secret, counter)))


def entries(kind: str) -> list[Entry]:
    return list(Entry.objects.system("test").filter(type=kind).order_by("pk"))
