"""催签: who still owes an act on a document, with telephone numbers, as text to paste into the work group."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhize.apps.documents import policies, selectors
from zhize.apps.documents.models import Addressee, Receipt
from zhize.kit.errors import NotAllowed
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page


@require_safe
@page
def chase(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """催签: who has not signed, with telephone numbers, as text to paste into the work group."""
    document = found(selectors.official_of(request.actor, pk))
    if not policies.may_handle(request.actor, document):
        raise NotAllowed(_("只有发文的办公室可以催签"), remedy=_("请切换到办公室的身份"))
    addressees = selectors.addressees_of(document)
    asked = request.GET.get("act", "")
    act = Receipt.Act(asked if asked in ("taken", "attends") else "received")
    waiting = selectors.progress_of(document, addressees).waiting_for(act)
    people = selectors.chase_list(request.actor, waiting, request.now.date())
    lines = [_chase_line(one, people.get(one.unit_id, [])) for one in waiting]
    acts = [Receipt.Act.RECEIVED]
    acts += [Receipt.Act.TAKEN] if document.asks_taking else []
    acts += [Receipt.Act.ATTENDS] if document.asks_attendance else []
    head = _("截至%(day)s，%(number)s《%(title)s》尚有以下 %(n)s 个单位未%(act)s，请登录系统办理：") % {
        "act": act.label,
        "day": request.now.strftime("%-m月%-d日"),
        "number": document.number,
        "title": document.title,
        "n": len(lines),
    }
    context = {
        "document": document,
        "waiting": waiting,
        "acts": acts,
        "act": act,
        "text": "\n".join([head, *lines]) if lines else "",
    }
    return render(request, "documents/official_chase.html", context)


def _chase_line(one: Addressee, posts: list[Any]) -> str:
    people = "、".join(f"{post.user.name} {post.user.phone}".strip() for post in posts[:2])
    return f"{one.unit.name}（{people}）" if people else one.unit.name
