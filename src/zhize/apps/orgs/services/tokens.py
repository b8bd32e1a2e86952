"""接口令牌: a program acts under one post for named scopes; the plain token is shown once."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from zhize.apps.orgs import policies
from zhize.apps.orgs.log_types import TOKEN_CREATED, TOKEN_REVOKED
from zhize.apps.orgs.models import ApiToken, Post
from zhize.apps.orgs.services.saving import checked, demand, locked, ref
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, StateConflict

PREFIX = "zz_"
LONGEST = timedelta(days=366)


def token_digest(plain: str) -> str:
    """SHA-256 of the token, as stored. A token has 256 random bits, so no salt or slow hash is needed."""
    return hashlib.sha256(plain.encode()).hexdigest()


@transaction.atomic
def api_token_create(
    *,
    post: Post,
    label: str,
    scopes: Sequence[str],
    expires_on: date,
    known_scopes: Sequence[str],
    actor: Actor,
    now: datetime,
) -> tuple[ApiToken, str]:
    """Makes a token for the own post; gives the row and the plain token, which is stored nowhere.

    Refuses: another's post, unknown or no scopes, a term past or longer than a year.
    """
    today = local_day(now)
    demand(policies.may_make_token(actor, post), "只能为自己的岗位建立接口令牌")
    if not scopes:
        raise BadInput("没有选择权限范围", remedy="请至少选择一项")
    if unknown := sorted(set(scopes) - set(known_scopes)):
        raise BadInput(f"没有这样的权限范围：{'、'.join(unknown)}")
    if not today <= expires_on <= today + LONGEST:
        raise BadInput("有效期须在今天起一年之内", why="长期有效的令牌难以收回")
    plain = PREFIX + secrets.token_urlsafe(32)
    row = ApiToken(
        post=post,
        label=label,
        digest=token_digest(plain),
        scopes=sorted(set(scopes)),
        created_at=now,
        expires_on=expires_on,
    )
    checked(row)
    row.save()
    record(
        TOKEN_CREATED,
        actor=actor,
        thing=ref(row),
        now=now,
        after={"post": post.pk, "label": label, "scopes": row.scopes, "expires_on": str(expires_on)},
    )
    return row, plain


@transaction.atomic
def api_token_revoke(*, token: ApiToken, actor: Actor, now: datetime) -> ApiToken:
    """Revokes a token at once: the holder, or the jurisdiction's security administrator."""
    current = locked(ApiToken, token.pk)
    demand(policies.may_revoke_token(actor, current.post), "您不能撤销这个令牌")
    if current.revoked_at is not None:
        raise StateConflict("这个令牌已经撤销")
    current.revoked_at = now
    current.save(update_fields=["revoked_at"])
    record(TOKEN_REVOKED, actor=actor, thing=ref(current), now=now, after={"revoked_at": now.isoformat()})
    return current
