"""What a draft comes to: beside the scheme in force, tried on a round, registered."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zhize.apps.assessment import forms, mapping, policies, selectors, services
from zhize.apps.assessment.views.drafts import draft_of
from zhize.apps.orgs.selectors import own_jurisdiction
from zhize.core.scoring.compare import differences, tried
from zhize.kit.errors import BadInput, NotAllowed
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import page


@require_safe
@page
def compared(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """The draft beside the edition in force of the same code."""
    draft = draft_of(request, pk)
    scheme, _body = mapping.edition_body(draft.body)
    edition = selectors.scheme_in_force(own_jurisdiction(request.actor), draft.code, request.now.date())
    rows = differences(edition.scheme, scheme) if edition else ()
    return render(
        request, "assessment/draft_compare.html", {"draft": draft, "edition": edition, "rows": rows}
    )


@require_safe
@page
def what_if(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """试算: the facts of a round (`?round=`) under the draft: whose grade would change."""
    draft = draft_of(request, pk)
    scheme, _body = mapping.edition_body(draft.body)
    rounds = list(selectors.rounds_listed(request.actor).filter(jurisdiction=draft.jurisdiction)[:20])
    wanted = request.GET.get("round", "")
    chosen = next((one for one in rounds if str(one.pk) == wanted), rounds[0] if rounds else None)
    rows: tuple[Any, ...] = ()
    if chosen is not None and policies.may_see_all(request.actor, chosen):
        objects = selectors.objects_of(chosen)
        facts = mapping.assessed_of(objects, selectors.entries_of(objects), selectors.vetoes_of(objects))
        rows = tried(mapping.scheme_of(chosen), scheme, facts)
    context = {
        "draft": draft,
        "rounds": rounds,
        "chosen": chosen,
        "rows": rows,
        "changes": sum(one.differs for one in rows),
    }
    return render(request, "assessment/draft_try.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def register(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """登记为办法: findings must be answered for; the draft is closed then."""
    draft = draft_of(request, pk)
    if not policies.may_write_draft(request.actor, draft):
        raise NotAllowed(_("只有办公室可以登记考核办法"), remedy=_("请切换到办公室的身份"))
    scheme, _body = mapping.edition_body(draft.body)
    findings = selectors.scheme_findings(scheme)
    form = forms.RegisterForm(
        request.POST or None, initial={"source": draft.source, "version": draft.version}
    )
    if request.method == "POST" and form.is_valid():
        try:
            edition = services.draft_register(
                draft=draft, **form.cleaned_data, actor=request.actor, now=request.now
            )
        except BadInput as error:
            form.add_error("accepted" if findings else None, error.problem.what)
        else:
            messages.success(request, _("已登记第 %(n)s 版") % {"n": edition.number})
            return redirect("assessment:edition", edition.pk)
    context = {"draft": draft, "form": form, "findings": findings}
    return render(request, "assessment/draft_register.html", context, status=400 if form.is_bound else 200)
