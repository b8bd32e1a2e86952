"""Reads of rounds of comments: what a unit proposes, the table of adoption, the rounds on a draft."""

from __future__ import annotations

from collections import Counter

from django.db.models import Count
from django.utils.translation import gettext as _

from zhize.apps.requests import mapping
from zhize.apps.requests.mapping.adoption_paper import Adoption
from zhize.apps.requests.models import Call, CallFile, DraftComment, UnitRequest
from zhize.apps.requests.selectors.calls import calls_listed
from zhize.apps.requests.selectors.lights import MISSING
from zhize.kit.actor import Actor
from zhize.kit.scope import ScopedQuerySet
from zhize.kit.things import ThingRef


def call_files(call: Call) -> list[CallFile]:
    """What was sent along with a call the actor sees, in the order it was added. One statement."""
    return list(CallFile.objects.filter(call=call).select_related("evidence__file").order_by("pk"))


def call_file_by_pk(actor: Actor, pk: int) -> CallFile | None:
    """A file sent along with a call the actor sees. One statement."""
    rows = CallFile.objects.filter(pk=pk, call__in=Call.objects.visible_to(actor).values("pk"))
    return rows.select_related("evidence__file").first()


def comments_of(actor: Actor, request: UnitRequest) -> list[DraftComment]:
    """What one unit proposes, in its own order: the office sees it once it is handed in. One statement."""
    return list(DraftComment.objects.visible_to(actor).filter(request=request).order_by("number", "pk"))


def comments_listed(actor: Actor) -> ScopedQuerySet[DraftComment]:
    rows: ScopedQuerySet[DraftComment] = DraftComment.objects.visible_to(actor)
    return rows.select_related("unit__region", "request__call")


def comments_to(actor: Actor, call: Call) -> ScopedQuerySet[DraftComment]:
    """The comments handed in to a call, for those who oversee it."""
    states = (UnitRequest.State.SUBMITTED, UnitRequest.State.ACCEPTED)
    rows: ScopedQuerySet[DraftComment] = comments_listed(actor).filter(
        request__call=call, request__state__in=states
    )
    return rows


def adoption_of(actor: Actor, call: Call) -> Adoption:
    """The standing of a round for those who oversee it; units in official order. Two statements."""
    rows = list(
        UnitRequest.objects.visible_to(actor)
        .filter(call=call)
        .select_related("unit")
        .order_by("unit__region__order", "unit__order", "pk")
    )
    counted = comments_to(actor, call).order_by().values_list("verdict").annotate(number=Count("pk"))
    sent = [row for row in rows if row.state not in MISSING]
    return Adoption(
        asked=len(rows),
        commented=tuple(row.unit.name for row in sent if not _is_nil(row)),
        no_comment=tuple(row.unit.name for row in sent if _is_nil(row)),
        missing=tuple(row.unit.name for row in rows if row.state in MISSING and not row.not_awaited),
        not_awaited=tuple(
            (row.unit.name, row.not_awaited) for row in rows if row.state in MISSING and row.not_awaited
        ),
        verdicts=Counter(dict(counted)),
    )


def awaited_in(actor: Actor, call: Call) -> list[UnitRequest]:
    """The answers a round still waits for, in official order. One statement."""
    rows = UnitRequest.objects.visible_to(actor).filter(call=call, state__in=MISSING, not_awaited="")
    return list(rows.select_related("unit__region").order_by("unit__region__order", "unit__order", "pk"))


def _is_nil(row: UnitRequest) -> bool:
    return bool((row.handed_in or {}).get("nil_report"))


def rounds_on(actor: Actor, ref: ThingRef) -> list[Call]:
    """The rounds of comments on a draft of another app (a plan, an official document), newest first, with how many have
    answered; empty where there are none or the actor does not oversee calls. One statement."""
    rows = calls_listed(actor).filter(content=mapping.COMMENTS, source_kind=ref.kind, source_id=ref.id)
    return list(rows.order_by("-pk")[:20])


def comments_missing(request_id: int) -> list[str]:
    """What keeps an answer from being handed in: a round wants comments, or 无意见. One statement."""
    written = DraftComment.objects.system("is anything proposed").filter(request_id=request_id).exists()
    return [] if written else [_("没有写修改意见；没有意见的，请点“无意见”")]


def comments_words(request_ids: list[int]) -> dict[int, str]:
    """One line an answer for lists. One statement."""
    rows = DraftComment.objects.system("lines of answers the actor sees").filter(request_id__in=request_ids)
    counted = rows.order_by().values_list("request_id").annotate(number=Count("pk"))
    return {pk: _("意见 %(n)s 条") % {"n": number} for pk, number in counted}
