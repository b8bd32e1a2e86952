"""What a request's page says about the plan that answers it: what is still missing, one line for lists."""

from __future__ import annotations

from django.db.models import Count, Q

from zhize.apps.work.models import Plan, PlanItem


def missing(request_id: int) -> list[str]:
    """What keeps the plan from being handed in, in words; empty when it may go. One statement."""
    plans = Plan.objects.system("the plan that answers a request").filter(request_id=request_id)
    unmended = Q(items__review=PlanItem.Review.RETURNED)
    found = plans.annotate(size=Count("items"), unmended=Count("items", filter=unmended)).first()
    if found is None or not found.size:
        return ["计划里还没有事项。请至少写一项，或从上年计划、Excel 导入"]
    if found.unmended:
        return [f"有 {found.unmended} 项退回的事项还没有修改。请按意见改好后再报送"]
    return []


def words(request_ids: list[int]) -> dict[int, str]:
    """计划事项 3 项 for each request that has a plan. One statement."""
    plans = Plan.objects.system("plans that answer requests").filter(request_id__in=request_ids)
    rows = plans.annotate(size=Count("items")).values_list("request_id", "size")
    return {request_id: f"计划事项 {size} 项" for request_id, size in rows if request_id is not None}


def size(call_ids: list[int]) -> dict[int, int]:
    """How many items each request of these calls holds. One statement."""
    plans = Plan.objects.system("plans that answer calls").filter(request__call_id__in=call_ids)
    rows = plans.annotate(size=Count("items")).order_by().values_list("request_id", "size")
    return {request_id: size for request_id, size in rows if request_id is not None}
