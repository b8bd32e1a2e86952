"""任务进展填报 in words: what is still missing, one line an answer, how much a call asks for (kit.contributions.CallContent)."""

from __future__ import annotations

from collections import Counter

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from zhize.apps.requests.models import UnitRequest
from zhize.apps.work.models import TaskReply, TaskUnit
from zhize.apps.work.selectors.task_replies import ASKED_OF, sheet_of


def missing(request_id: int) -> list[str]:
    """What keeps the answer from being handed in, in words."""
    rows = UnitRequest.objects.system("checking an answer being handed in")
    request = rows.select_related("call__year", "unit").get(pk=request_id)
    sheet = sheet_of(request, request.due_on, handed=False)
    return [
        f"“{row.task.title}”{what}。{remedy}" for row in sheet.rows for _name, what, remedy in row.problems()
    ]


def words(request_ids: list[int]) -> dict[int, str]:
    """任务 5 项：有进展 4 项、有困难 1 项, of what was handed in. One statement."""
    rows = TaskReply.objects.system("answers the caller lists").filter(
        request__in=request_ids, handed__isnull=False
    )
    counts: dict[int, Counter[str]] = {}
    for pk, said in rows.values_list("request_id", "handed"):
        assert said is not None  # nosec B101 - only what was handed in is read
        one = counts.setdefault(pk, Counter())
        one["all"] += 1
        one["有进展"] += not said["nothing"]
        one["有困难"] += bool(said["difficulties"])
        one["提请协调"] += bool(said["wanted"])
    return {
        pk: f"任务 {one['all']} 项："
        + "、".join(f"{name} {one[name]} 项" for name in ("有进展", "有困难", "提请协调") if one[name] or name == "有进展")
        for pk, one in counts.items()
    }  # fmt: skip


def size(call_ids: list[int]) -> dict[int, int]:
    """How many tasks each request of these calls asks about: rows that were written, else those open now. One statement."""
    written = (
        TaskReply.objects.system("what calls ask for")
        .filter(request=OuterRef("pk"))
        .order_by()
        .values("request")
        .annotate(n=Count("pk"))
        .values("n")
    )
    open_now = (
        TaskUnit.objects.system("what calls ask for")
        .filter(unit=OuterRef("unit"), task__jurisdiction=OuterRef("jurisdiction"), task__state__in=ASKED_OF)
        .exclude(role=TaskUnit.Role.GUIDE)
        .order_by()
        .values("unit")
        .annotate(n=Count("pk"))
        .values("n")
    )
    requests = UnitRequest.objects.system("what calls ask for").filter(call__in=call_ids)
    counted = requests.annotate(n=Coalesce(Subquery(written), Subquery(open_now), 0))
    return dict(counted.order_by().values_list("pk", "n"))
