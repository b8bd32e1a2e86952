"""What the sign-in libraries report, written into the log: the only receivers of signals in the house.

The chain is the account's first jurisdiction, where its auditor reads it, or "system". No password, no code, and no
name that is no account: people type their password into the wrong box.
"""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa import signals as mfa
from allauth.socialaccount import signals as sso
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed

from zhize.apps.orgs import log_types, selectors
from zhize.apps.orgs.models import User
from zhize.apps.orgs.sign_in import session
from zhize.apps.orgs.sign_in.lockout import client_address, tried_username
from zhize.kit import clock
from zhize.kit.actor import Actor
from zhize.kit.audit import LogType, record
from zhize.kit.things import ThingRef


def connect() -> None:
    """Called once by the app's `ready`. Nothing here depends on whether axes has heard a signal before us."""
    for signal, receiver in (
        (user_logged_in, signed_in),
        (user_logged_out, signed_out),
        (user_login_failed, refused),
        (user_locked_out, locked_out),
        (mfa.authenticator_added, code_added),
        (mfa.authenticator_removed, code_removed),
        (mfa.authenticator_reset, code_renewed),
        (mfa.authentication_failed, code_refused),
        (sso.social_account_added, sso_connected),
        (sso.social_account_removed, sso_disconnected),
    ):
        signal.connect(receiver, dispatch_uid=f"zhize.orgs.{receiver.__name__}")


def signed_in(sender: Any, request: Any, user: Any, **_: Any) -> None:
    session.begin(request, user)
    methods = [str(one.get("method")) for one in get_authentication_records(request, user)]
    _write(log_types.SIGNED_IN, request, user, after={"by": methods})


def signed_out(sender: Any, request: Any, user: Any, **_: Any) -> None:
    if user is not None:
        _write(log_types.SIGNED_OUT, request, user, after={"why": getattr(request, "session_ended", "")})


def refused(sender: Any, credentials: dict[str, Any], request: Any = None, **_: Any) -> None:
    """A wrong password. While locked out nothing more is written: the lock itself was."""
    locked_before = (
        getattr(request, "axes_locked_out", False)
        and getattr(request, "axes_failures_since_start", None) is None
    )
    if request is not None and not locked_before:
        _stranger(log_types.SIGN_IN_FAILED, request, tried_username(request, credentials))


def locked_out(sender: Any, request: Any, username: str, ip_address: str, **_: Any) -> None:
    """The failure that locks; axes reports later tries of a locked account too, without a count."""
    if getattr(request, "axes_failures_since_start", None) is not None:
        _stranger(log_types.LOCKED_OUT, request, username)


def code_added(sender: Any, request: Any, user: Any, authenticator: Any, **_: Any) -> None:
    if authenticator.type == "totp":
        _write(log_types.TOTP_ACTIVATED, request, user)


def code_removed(sender: Any, request: Any, user: Any, authenticator: Any, **_: Any) -> None:
    if authenticator.type == "totp":
        _write(log_types.TOTP_DEACTIVATED, request, user)


def code_renewed(sender: Any, request: Any, user: Any, authenticator: Any, **_: Any) -> None:
    _write(log_types.CODES_RENEWED, request, user)


def code_refused(sender: Any, request: Any, user: Any, **_: Any) -> None:
    _write(log_types.TOTP_REFUSED, request, user)


def sso_connected(sender: Any, request: Any, sociallogin: Any, **_: Any) -> None:
    _write(log_types.SSO_CONNECTED, request, sociallogin.user, after={"subject": sociallogin.account.uid})


def sso_disconnected(sender: Any, request: Any, socialaccount: Any, **_: Any) -> None:
    _write(log_types.SSO_DISCONNECTED, request, socialaccount.user, after={"subject": socialaccount.uid})


def _write(log_type: LogType, request: Any, user: Any, after: dict[str, Any] | None = None) -> None:
    """An entry of somebody known, under the hat worn where one is, with the address it came from."""
    worn = getattr(request, "actor", None) if getattr(request, "user", None) == user else None
    actor = worn if worn is not None and worn.post_id else None
    actor = actor or selectors.sign_in_actor(
        user, clock.today(), request_id=getattr(request, "request_id", "")
    )
    thing = ThingRef("orgs.user", user.pk)
    entry = {"address": client_address(request), **(after or {})}
    record(log_type, actor=actor, thing=thing, now=clock.now(), after=entry)


def _stranger(log_type: LogType, request: Any, username: str) -> None:
    """An entry of somebody who is not signed in; the account tried is the thing, where there is one."""
    user: User | None = selectors.account_named(username)
    tried = selectors.sign_in_actor(user, clock.today()) if user is not None else None
    record(
        log_type,
        actor=Actor(
            user_id=None,
            name="未登录者",
            username=user.username if user else "",
            request_id=getattr(request, "request_id", ""),
        ),
        thing=ThingRef("orgs.user", user.pk) if user else None,
        now=clock.now(),
        after={"address": client_address(request), "known": user is not None},
        jurisdiction_code=tried.jurisdiction_code if tried else "",
    )
