"""The grid of a request: the unit fills it in, the office looks at what was handed in, cell by cell."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhize.apps.metrics import policies, selectors, services
from zhize.apps.metrics.forms import GridInput
from zhize.apps.metrics.forms.numbers import plain
from zhize.apps.metrics.selectors.grids import Grid
from zhize.apps.orgs.selectors import region_name
from zhize.apps.requests import policies as asking
from zhize.apps.requests import services as requests
from zhize.apps.requests.models import Call, UnitRequest
from zhize.kit.errors import BadInput, NotAllowed, StateConflict
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page

OPEN = (
    UnitRequest.State.WAITING,
    UnitRequest.State.DRAFTING,
    UnitRequest.State.RETURNED,
    UnitRequest.State.WITHDRAWN,
)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def entry(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """GET: the grid. POST `action`: save, carry, submit by the unit; accept, return by the office."""
    row: UnitRequest = found(selectors.request_of(request.actor, pk))
    may_fill = asking.may_answer(request.actor, row)
    if request.method != "POST":
        return _page(request, row, may_fill=may_fill)
    action = request.POST.get("action", "")
    if action in ("accept", "return"):
        return _decide(request, row, action)
    if not may_fill:
        raise NotAllowed(_("只有被征集单位的人员可以填报"), remedy=_("请切换到该单位的身份"))
    return _fill(request, row, action)


def _fill(request: HttpRequestWithActor, row: UnitRequest, action: str) -> HttpResponse:
    grid: Grid = found(selectors.grid_of(row, handed=False))
    version = _version(request)
    typed = GridInput.read(request.POST, grid)
    if typed.errors:
        return _page(request, row, may_fill=True, typed=typed, status=422)
    services.entries_save(
        request=row, cells=typed.cells, version=version, actor=request.actor, now=request.now
    )
    if action == "carry":
        number = services.entries_carry_over(request=row, version=None, actor=request.actor, now=request.now)
        messages.info(request, _("已按上期填入 %(number)s 格，请核对后报送") % {"number": number})
    elif action == "submit":
        try:
            requests.request_submit(request=row, version=None, actor=request.actor, now=request.now)
        except BadInput as error:
            problems = [str(problem) for problem in error.problems]
            return _page(request, row, may_fill=True, problems=problems, status=422)
        messages.success(request, _("已报送，等待办公室审核"))
    else:
        messages.success(request, _("已保存，还没有报送"))
    return redirect("metrics:entry", pk=row.pk)


def _decide(request: HttpRequestWithActor, row: UnitRequest, action: str) -> HttpResponse:
    if not asking.may_review(request.actor, row):
        raise NotAllowed(
            _("只有本辖区办公室可以审核报送，且不能审核本单位的报送"),
            remedy=_("请由办公室其他身份的人员办理"),
        )
    version = _version(request)
    if action == "accept":
        requests.request_accept(request=row, version=version, actor=request.actor, now=request.now)
        messages.success(request, _("已接收，数据已入库"))
        return redirect("requests:call", pk=row.call_id)
    comments = {
        int(name.removeprefix("comment-")): str(words)
        for name, words in request.POST.items()
        if name.startswith("comment-") and name.removeprefix("comment-").isdigit()
    }
    try:
        services.entries_return(
            request=row,
            comments=comments,
            comment=request.POST.get("comment", ""),
            version=version,
            actor=request.actor,
            now=request.now,
        )
    except BadInput as error:
        return _page(request, row, may_fill=False, problems=[str(p) for p in error.problems], status=422)
    messages.success(request, _("已退回，报送单位会收到待办"))
    return redirect("requests:call", pk=row.call_id)


def _version(request: HttpRequestWithActor) -> int:
    given = request.POST.get("version", "")
    if not given.isdigit():
        raise BadInput(_("提交的内容缺少版本号，没有保存"), remedy=_("请重新打开这张表再填"))
    return int(given)


def _page(
    request: HttpRequestWithActor,
    row: UnitRequest,
    *,
    may_fill: bool,
    typed: GridInput | None = None,
    problems: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    is_open = row.call.state == Call.State.ISSUED
    editing = may_fill and is_open and row.state in OPEN
    handed = row.handed_in is not None
    reviewing = is_open and row.state == UnitRequest.State.SUBMITTED and asking.may_review(request.actor, row)
    collector = may_fill or policies.may_keep_in(request.actor, row.jurisdiction)
    grid = selectors.grid_of(row, handed=not editing, identifiable=collector) if editing or handed else None
    if grid is None and may_fill and not is_open:
        raise StateConflict(_("这次征集已经结束，不能再填报"), remedy=_("如确需补报，请联系办公室"))
    context = {
        "row": row,
        "call": row.call,
        "grid": grid,
        "editing": editing,
        "reviewing": reviewing,
        "own": may_fill,
        "typed": typed,
        "problems": problems or [],
        "plain": plain,
        "region_name": region_name,
        "is_single": grid is not None and len(grid.collection.periods) == 1,
        "may_carry": editing and grid is not None and any(c.is_empty and c.before for c in grid.cells),
    }
    return render(request, "metrics/entry.html", context, status=status)
