"""Reads of signing in: the rule for a person, what is still demanded of a person, tokens of programs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import check_password
from django.db.models import Q

from zhize.apps.orgs.mapping import SignInRule, strictest
from zhize.apps.orgs.models import ApiToken, Jurisdiction, OldPassword, User
from zhize.apps.orgs.selectors.hats import Hat, actor_of, current, hats_of
from zhize.kit.actor import Actor
from zhize.kit.rules import rule_as


def shipped_sign_in_rule(today: date) -> SignInRule:
    """The shipped edition, where no person is known yet."""
    return rule_as(SignInRule, on=today)


def sign_in_rule(user: User | None, today: date) -> SignInRule:
    """The rule for a person: the strictest of the jurisdictions the person has a hat in."""
    codes = {hat.jurisdiction_code for hat in hats_of(user, today)} if user is not None else set()
    return strictest([rule_as(SignInRule, on=today, jurisdiction=code) for code in sorted(codes) or [""]])


def account_named(username: str) -> User | None:
    """The account by its name, without regard to case as at sign-in."""
    return User.objects.filter(username__iexact=username.strip()[:60]).first() if username.strip() else None


def sign_in_actor(user: Any, today: date, *, request_id: str = "") -> Actor:
    """The person as the log names them at the door: under the hat worn first after signing in."""
    hats = hats_of(user, today)
    return actor_of(user, hats[0] if hats else None, request_id=request_id)


def has_totp(user: Any) -> bool:
    return bool(Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).exists())


def totp_demanded(hat: Hat, today: date) -> bool:
    """Whether this hat may only be worn with a one-time code: by the jurisdiction's switch, its rule, or the role."""
    switched = Jurisdiction.objects.system("demand on the acting hat").filter(
        pk=hat.jurisdiction_id, totp_required=True
    )
    rule = rule_as(SignInRule, on=today, jurisdiction=hat.jurisdiction_code)
    return rule.totp_required or hat.role in rule.totp_roles or switched.exists()


def password_is_old(user: User, today: date, now: datetime) -> bool:
    """Whether the password has served its time. An account whose change was never recorded is not called old."""
    if user.password_changed_at is None:
        return False
    return (now - user.password_changed_at).days >= sign_in_rule(user, today).password_max_age_days


def password_reused(user: User, plain: str, depth: int) -> bool:
    """Whether this was the password now or one of the last `depth`. Each look is a slow hash: few by rule."""
    if check_password(plain, user.password):
        return True
    old = OldPassword.objects.filter(user_id=user.pk).order_by("-replaced_at")[:depth]
    return any(check_password(plain, row.digest) for row in old)


def sessions_of(user: Any) -> list[UserSession]:
    """The person's sessions that are alive, newest first."""
    return sorted(UserSession.objects.purge_and_list(user), key=lambda s: s.created_at, reverse=True)


def demo_usernames(usernames: Iterable[str]) -> set[str]:
    """Which of these are accounts of the demonstration."""
    rows = User.objects.filter(username__in=list(usernames), is_demo=True, is_active=True)
    return set(rows.values_list("username", flat=True))


@dataclass(frozen=True, slots=True)
class Presented:
    """A token a program showed, good today: who it acts as, and what for."""

    actor: Actor
    scopes: frozenset[str]


def token_presented(plain: str, today: date, *, request_id: str = "") -> Presented | None:
    """The actor of a bearer token, or None: unknown, revoked, past its day, its post ended, its holder locked.

    A token carries no demand of one-time codes: it was made by a person who had met them.
    """
    good = (
        Q(revoked_at__isnull=True, expires_on__gte=today)
        & current(today, "post__")
        & Q(post__user__is_active=True)
        & (Q(post__user__valid_until__isnull=True) | Q(post__user__valid_until__gte=today))
    )
    digest = hashlib.sha256(plain.encode()).hexdigest()
    rows = ApiToken.objects.system("a program shows its token").filter(good, digest=digest)
    token = rows.select_related("post__user", "post__unit", "post__jurisdiction__region").first()
    if token is None:
        return None
    post = token.post
    hat = next((h for h in hats_of(post.user, today) if h.post_id == post.pk), None)
    if hat is None:
        return None
    actor = actor_of(post.user, hat, request_id=request_id, channel="api")
    return Presented(actor, frozenset(token.scopes))
