"""待办/已办/待阅/已阅: everything that awaits any of my hats."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhize.apps.orgs import selectors as orgs
from zhize.apps.orgs.hats import SESSION_KEY
from zhize.apps.orgs.services import hat_wear
from zhize.apps.orgs.services.todos import notices_read
from zhize.apps.portal.selectors import inbox_groups, kind_choices
from zhize.apps.portal.views.inbox_files import MOST, NOTICES, TODOS, file_of
from zhize.kit.clock import local_day
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.things import ThingRef, resolve
from zhize.kit.views import found, page


@require_safe
@page
def inbox(request: HttpRequestWithActor) -> HttpResponse:
    """待办, by due date over all hats, or of one kind, or of one hat."""
    hats = list(request.hats)  # type: ignore[attr-defined]
    worn = [hat for hat in hats if str(hat.post_id) == request.GET.get("post")]
    today = local_day(request.now)
    counts = orgs.todos_count(worn or hats, today=today)
    kinds = frozenset(request.GET.get("kind", "").split(",")) & frozenset(counts)
    if request.GET.get("export"):
        items = orgs.todos_open(worn or hats, kinds=kinds, limit=MOST).items
        return file_of(request, TODOS, items, _("待办"))
    waiting = orgs.todos_open(worn or hats, kinds=kinds, after=_after(request.GET.get("after", "")))
    shown = [counts[kind] for kind in kinds or counts]
    context = {
        "groups": inbox_groups(request.actor, waiting.items, today),
        "after": _address(request, after=_key(waiting.after)) if waiting.after else None,
        "total": sum(number for number, _late in shown),
        "overdue": sum(late for _number, late in shown),
        "choices": [
            (one, _address(request, kind=one.kinds, after="")) for one in kind_choices(counts, kinds)
        ],
        "all_kinds": _address(request, kind="", after="") if kinds else None,
        "hats_shown": [
            (hat, _address(request, post=hat.post_id, kind="", after=""), hat in worn) for hat in hats
        ]
        if len(hats) > 1
        else [],
        "all_hats": _address(request, post="", kind="", after="") if worn else None,
        "narrowed": bool(kinds or worn),
        "waiting": sum(number for number, _late in counts.values()),
        "file": _address(request, kind=",".join(sorted(kinds)), export="xlsx"),
        "unread": orgs.notices_unread(request.actor),
        "tab": "todo",
    }
    return render(request, "portal/inbox.html", context)


def _address(request: HttpRequestWithActor, **changes: object) -> str:
    """The inbox with some of its choices changed, empty ones left out."""
    kept = {name: request.GET[name] for name in ("post", "kind") if request.GET.get(name)}
    query = {name: str(value) for name, value in {**kept, **changes}.items() if value}
    return reverse("portal:inbox") + (f"?{urlencode(query)}" if query else "")


@require_safe
@page
def done(request: HttpRequestWithActor) -> HttpResponse:
    """已办: what these hats have done, latest first."""
    if request.GET.get("export"):
        rows = orgs.todos_done(list(request.hats), limit=MOST)  # type: ignore[attr-defined]
        return file_of(request, TODOS, rows, _("已办"))
    before = _before(request.GET.get("before", ""))
    items = orgs.todos_done(list(request.hats), before=before, limit=51)  # type: ignore[attr-defined]
    rows, more = items[:50], len(items) > 50
    last = rows[-1].todo if rows and more else None
    context = {
        "items": rows,
        "before": f"{last.done_at.isoformat()}_{last.pk}" if last and last.done_at else "",
        "waiting": _waiting(request),
        "unread": orgs.notices_unread(request.actor),
        "tab": "done",
    }
    return render(request, "portal/done.html", context)


@require_safe
@page
def notices(request: HttpRequestWithActor) -> HttpResponse:
    """待阅: messages to read."""
    return _notices(request, read=False)


@require_safe
@page
def notices_seen(request: HttpRequestWithActor) -> HttpResponse:
    """已阅: messages read."""
    return _notices(request, read=True)


def _notices(request: HttpRequestWithActor, *, read: bool) -> HttpResponse:
    if request.GET.get("export"):
        told = orgs.notices(request.actor, read=read, limit=MOST)
        return file_of(request, NOTICES, told, _("已阅") if read else _("待阅"))
    before = request.GET.get("before", "")
    start = int(before) if before.isdigit() else None
    rows = orgs.notices(request.actor, read=read, before=start, limit=51)
    more = len(rows) > 50
    rows = rows[:50]
    cards = resolve(request.actor, [ThingRef(n.ref_kind, n.ref_id) for n in rows if n.ref_id])
    context = {
        "items": [(n, cards.get(ThingRef(n.ref_kind, n.ref_id)) if n.ref_id else None) for n in rows],
        "before": rows[-1].pk if rows and more else "",
        "unread": orgs.notices_unread(request.actor),
        "waiting": _waiting(request),
        "read": read,
        "tab": "seen" if read else "notices",
    }
    return render(request, "portal/notices.html", context)


@require_POST
@page
def notices_mark(request: HttpRequestWithActor) -> HttpResponse:
    """全部标为已阅, or one."""
    chosen = [int(x) for x in request.POST.getlist("notice") if x.isdigit()]
    notices_read(actor=request.actor, now=request.now, ids=chosen or None)
    return redirect("portal:notices")


@require_http_methods(["GET", "HEAD", "POST"])
@page
def handle(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """办理: opens the matter; where it awaits another hat, sent as a form it puts that hat on first."""
    item = found(orgs.todo_by_pk(list(request.hats), pk))  # type: ignore[attr-defined]
    todo, hat = item.todo, item.hat
    actor = request.actor
    if hat.post_id != actor.post_id:
        if request.method != "POST":  # following a link changes nothing
            return render(request, "portal/other_hat.html", {"todo": todo, "hat": hat})
        request.session[SESSION_KEY] = hat.post_id
        actor = orgs.actor_of(request.user, hat, request_id=request.request_id)
        hat_wear(post_id=hat.post_id, title=hat.post_title, actor=actor, now=request.now)
    ref = ThingRef(todo.ref_kind, todo.ref_id)
    card = resolve(actor, [ref]).get(ref)
    if card is None:
        messages.warning(request, _("“%(title)s”已不在这个身份可以查看的范围内。") % {"title": todo.title})
        return redirect("portal:inbox")
    return redirect(card.url)


def _waiting(request: HttpRequestWithActor) -> int:
    """How many to-dos are open over all hats, for the tabs of the other pages. One statement."""
    today = local_day(request.now)
    counts = orgs.todos_count(list(request.hats), today=today)  # type: ignore[attr-defined]
    return sum(number for number, _late in counts.values())


def _key(after: tuple[date | None, int] | None) -> str:
    return f"{after[0].isoformat() if after[0] else ''}_{after[1]}" if after else ""


def _after(text: str) -> tuple[date | None, int] | None:
    """The inverse of `_key`; an altered address starts from the first page."""
    day, _sep, pk = text.partition("_")
    try:
        return (date.fromisoformat(day) if day else None, int(pk)) if pk else None
    except ValueError:
        return None


def _before(text: str) -> tuple[datetime, int] | None:
    at, _sep, pk = text.rpartition("_")
    try:
        return (datetime.fromisoformat(at), int(pk)) if at else None
    except ValueError:
        return None
