"""Writes of signing in: a password chosen, one's own sessions ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.db import transaction

from zhize.apps.orgs.log_types import PASSWORD_CHANGED, SESSION_ENDED
from zhize.apps.orgs.models import OldPassword, User
from zhize.apps.orgs.selectors.sign_in import sign_in_rule
from zhize.apps.orgs.services.saving import ref
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.clock import local_day
from zhize.kit.errors import NotAllowed


@transaction.atomic
def password_choose(*, user: User, password: str, actor: Actor, now: datetime) -> User:
    """The person's own new password; that it is good was checked before (`sign_in.passwords`).

    Keeps the digest of the old one as long as the rule wants (password_history), and ends the forced change.
    """
    if actor.user_id != user.pk:
        raise NotAllowed("只能修改自己的口令", remedy="替别人重置口令请到人员页")
    OldPassword.objects.create(user=user, digest=user.password, replaced_at=now)
    depth = sign_in_rule(user, local_day(now)).password_history
    kept = OldPassword.objects.filter(user=user).order_by("-replaced_at", "-pk").values("pk")[:depth]
    OldPassword.objects.filter(user=user).exclude(pk__in=list(kept.values_list("pk", flat=True))).delete()
    forced = user.must_change_password
    user.set_password(password)
    user.must_change_password = False
    user.password_changed_at = now
    user.version += 1
    user.save(update_fields=["password", "must_change_password", "password_changed_at", "version"])
    record(PASSWORD_CHANGED, actor=actor, thing=ref(user), now=now, after={"forced": forced})
    return user


@transaction.atomic
def sessions_end(*, sessions: Sequence[UserSession], actor: Actor, now: datetime) -> int:
    """Ends sessions of the own account; gives how many. Another person's are ended by locking the account."""
    if any(session.user_id != actor.user_id for session in sessions):
        raise NotAllowed("只能结束自己的登录")
    for session in sessions:
        session.end()
    if sessions:
        record(
            SESSION_ENDED,
            actor=actor,
            thing=None,
            now=now,
            after={"sessions": [{"address": s.ip, "since": s.created_at.isoformat()} for s in sessions]},
        )
    return len(sessions)
