"""通讯录: the telephone book of the jurisdiction, as a list and as text to paste."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhize.apps.orgs import selectors
from zhize.apps.orgs.specs import CONTACT
from zhize.kit.errors import NotAllowed
from zhize.kit.list_views import list_page
from zhize.kit.lists import Listing
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import page

TEXT_LINES = 2000


@require_safe
@page
def contacts(request: HttpRequestWithActor) -> HttpResponse:
    """通讯录: the telephone book of the jurisdiction."""
    return list_page(
        request,
        CONTACT,
        "orgs/contacts.html",
        text_url=f"{reverse('orgs:contacts_text')}?{request.GET.urlencode()}",
    )


@require_safe
@page
def contacts_text(request: HttpRequestWithActor) -> HttpResponse:
    """The same conditions as text, a line a person, ready to paste into a message."""
    if not CONTACT.may_view(request.actor):
        raise NotAllowed(_("您还没有岗位，不能查看通讯录"), remedy=_("请联系系统管理员"))
    listing = Listing(CONTACT, request.actor, request.GET, path=reverse("orgs:contacts"))
    rows = listing.all_rows(CONTACT.listed_fields)[:TEXT_LINES]
    lines = [
        " ".join(filter(None, (selectors.unit_name(p.unit), p.user.name, p.title, p.user.phone)))
        for p in rows
    ]
    context = {
        "lines": lines,
        "text": "\n".join(lines),
        "back": listing.address(),
        "full": len(lines) == TEXT_LINES,
    }
    return render(request, "orgs/contacts_text.html", context)
