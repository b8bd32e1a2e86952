"""发文主体: in whose name documents go out."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zhize.apps.documents import policies
from zhize.apps.documents.specs import ISSUER
from zhize.kit.edit import create_page, update_page
from zhize.kit.list_views import list_page
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import page


@require_safe
@page
def listed(request: HttpRequestWithActor) -> HttpResponse:
    return list_page(
        request, ISSUER, "documents/issuers.html", may_keep=policies.may_keep_issuers(request.actor)
    )


@require_http_methods(["GET", "HEAD", "POST"])
@page
def create(request: HttpRequestWithActor) -> HttpResponse:
    """登记发文主体."""
    back = reverse("documents:issuers")
    return create_page(
        request,
        ISSUER,
        done=lambda _issuer: back,
        cancel=back,
        initial={"has_seal": True},
        title=_("登记发文主体"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@page
def edit(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """修改发文主体."""
    back = reverse("documents:issuers")
    return update_page(request, ISSUER, pk, done=lambda _issuer: back, cancel=back)
