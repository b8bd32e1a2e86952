"""进展通报: drafted from the ledger, listed, and a page for each region."""

from __future__ import annotations

import zipfile
from collections import Counter
from io import BytesIO

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from zhize.apps.documents.models import OfficialDocument
from zhize.apps.documents.selectors import OFFICIAL, official_of_source, told_of
from zhize.apps.orgs.models import Region
from zhize.apps.regulations.selectors import bounds
from zhize.apps.work import services
from zhize.apps.work.forms.digests import DigestForm
from zhize.apps.work.mapping.digest_paper import region_paper
from zhize.apps.work.models import TaskDigest
from zhize.apps.work.policies import tasks as policies
from zhize.apps.work.selectors import digests as selectors
from zhize.apps.work.selectors.counted import Stretch
from zhize.apps.work.selectors.task_lights import task_light
from zhize.apps.years.models import WorkYear
from zhize.apps.years.selectors import year_in_progress
from zhize.kit.acting import acted, demand
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, StateConflict
from zhize.kit.files.answers import send_bytes
from zhize.kit.officialdoc import Paper, layout_on
from zhize.kit.officialdoc.writers import WRITERS
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.things import ThingRef, resolve
from zhize.kit.views import found, page

Counts = dict[int | None, Counter[str]]
ONLY_OFFICE = (gettext_lazy("只有本辖区办公室可以起草进展通报"), gettext_lazy("请切换到办公室的身份"))


@require_http_methods(["GET", "HEAD", "POST"])
@page
def digests(request: HttpRequestWithActor) -> HttpResponse:
    """The form (days of the year in progress), and the digests made so far."""
    demand(policies.may_hand_out(request.actor), *ONLY_OFFICE)
    today = local_day(request.now)
    year = year_in_progress(request.actor, today)
    if year is None:
        raise StateConflict(
            _("还没有工作年度，没有任务可以通报"), remedy=_("请先在“工作年度”中建立并开启本年度")
        )
    if request.method != "POST":
        return _page(request, DigestForm(year=year, today=today), year, 200)
    return acted(
        request,
        DigestForm(request.POST, year=year, today=today),
        lambda data: services.digest_draft(year=year, **data, actor=request.actor, now=request.now)[1],
        said=_("通报已起草，数据随任务台账核对；请修改文稿后送签发"),
        back=lambda document: _address(request, document),
        again=lambda form, status: _page(request, form, year, status),
    )


def _address(request: HttpRequestWithActor, document: OfficialDocument) -> str:
    return resolve(request.actor, [ThingRef(OFFICIAL, document.pk)])[ThingRef(OFFICIAL, document.pk)].url


def _page(
    request: HttpRequestWithActor, form: django_forms.Form, year: WorkYear, status: int
) -> HttpResponse:
    made = list(selectors.digests_listed(request.actor)[:50])
    return render(request, "work/digests.html", {"form": form, "made": made, "year": year}, status=status)


@require_safe
@page
def digest(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """One digest: its document, what the ledger says now, and the page of each region (`region`, `as`), or all of them
    in one zip."""
    one = found(selectors.digest_by_pk(request.actor, pk))
    where = selectors.stretch_of(one)
    regions = selectors.regions_of(where, request.actor.region_id)
    kind = request.GET.get("as", "")
    if kind:
        return _file(request, one, regions, kind)
    context = {
        "digest": one,
        "documents": official_of_source(request.actor, ThingRef(selectors.KIND, one.pk)),
        "told": told_of(request.actor, ThingRef(selectors.KIND, one.pk)),
        "figures": _figures(one, where),
        "regions": regions,
    }
    return render(request, "work/digest.html", context)


def _figures(digest: TaskDigest, where: Stretch) -> list[tuple[str, int, int]]:
    """Each measure with what was counted at drafting and what is now."""
    now = selectors.counts_of(where)[None]
    then = selectors.totals_of(digest)
    return [(str(one.label), then.get(one.value, 0), now[one]) for one in selectors.Measure]


def _file(
    request: HttpRequestWithActor, digest: TaskDigest, regions: list[Region], kind: str
) -> HttpResponse:
    """One page as .docx or .pdf; without a region, all of them as .docx in a zip."""
    chosen = request.GET.get("region", "")
    counts = selectors.counts_of(selectors.stretch_of(digest))
    if kind == "zip" and not chosen:
        target = BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as bundle:
            for number, one in enumerate(regions, 1):
                name = f"{number:02d}-{one.name}.docx"
                info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                bundle.writestr(info, _bytes(digest, one, counts, "docx"), zipfile.ZIP_DEFLATED)
        return send_bytes(target.getvalue(), f"{digest.label}一地一页.zip", "application/zip")
    region = next((one for one in regions if one.code == chosen), None)
    if region is None or kind not in WRITERS:
        raise BadInput(
            _("没有这张任务进展表：%(name)s") % {"name": f"{chosen[:20]}.{kind[:20]}"},
            remedy=_("请在通报的“一地一页”中选择"),
        )
    made = _bytes(digest, region, counts, kind)
    return send_bytes(made, f"{region.name}{digest.label}任务进展.{kind}", WRITERS[kind].content_type)


def _bytes(digest: TaskDigest, region: Region, counts: Counts, kind: str) -> bytes:
    return WRITERS[kind].write(
        _paper(digest, region, counts), layout_on(digest.ends_on, digest.jurisdiction.code)
    )


def _paper(digest: TaskDigest, region: Region, by_unit: Counts) -> Paper:
    where = selectors.stretch_of(digest)
    tasks = selectors.tasks_of_region(where, region.pk)
    units = {task.lead_unit_id for task in tasks}
    counts: Counter[str] = Counter()
    for unit_id in units:
        counts += by_unit.get(unit_id, Counter())
    day = bounds(digest.ends_on)
    words = [str(task_light(task, day).label) for task in tasks]
    late = selectors.late_tasks(where, selectors.listed_most(digest), region.pk)
    return region_paper(digest, region, counts, tasks, late, words)
