"""A unit's obligations of a period in words, for the draft of its summary (三（三）)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from django.db.models import Q

from zhize.apps.regulations.models import Obligation
from zhize.kit.contributions import Digest

HEADING = "履职情况"
NAMED = 8
STATUS = Obligation.Status


def obligations_digest(unit_id: int, jurisdiction_id: int, start: date, end: date) -> Digest | None:
    """What fell due or was done between the days (both included): done, done late, waived, still open; counts of registers.

    None where nothing did. One statement.
    """
    concerned = Q(due_on__range=(start, end)) | Q(done_on__range=(start, end))
    counting = Q(count_done__gt=0, period_start__lte=end, period_end__gte=start)
    rows = list(
        Obligation.objects.system("the unit's own summary")
        .filter(concerned | counting, unit_id=unit_id, jurisdiction_id=jurisdiction_id)
        .exclude(status=STATUS.STANDING)
        .select_related("duty")
        .order_by("duty__order", "period_start", "pk")
    )
    counted = [o for o in rows if o.duty.nature == o.duty.Nature.COUNTED]
    others = [o for o in rows if o.duty.nature != o.duty.Nature.COUNTED]
    done = [o for o in others if o.status == STATUS.DONE]
    lines = [
        _line("按期落实", [o for o in done if not _is_late(o)], _done_on),
        _line("逾期落实", [o for o in done if _is_late(o)], _done_on),
        _line("准予免办", [o for o in others if o.status == STATUS.WAIVED], lambda o: ""),
        _line("到期未落实", [o for o in others if o.status not in (STATUS.DONE, STATUS.WAIVED) and _due_by(o, end)], _due_on),
        *(f"{o.duty.title}：台账记录{o.count_done}件（应{o.count_needed}件）" for o in counted if o.count_done),
    ]  # fmt: skip
    kept = tuple(line for line in lines if line)
    return Digest(HEADING, kept, tuple(f"regulations.obligation:{o.pk}" for o in rows)) if kept else None


def _line(words: str, rows: Sequence[Obligation], note: Callable[[Obligation], str]) -> str:
    """按期落实2件：制定本部门工作方案（3月12日）、……; empty where there is none."""
    if not rows:
        return ""
    named = "、".join(f"{o.duty.title}{note(o)}" for o in rows[:NAMED])
    return f"{words}{len(rows)}件：{named}" + ("等" if len(rows) > NAMED else "")


def _done_on(obligation: Obligation) -> str:
    return f"（{obligation.done_on.month}月{obligation.done_on.day}日）" if obligation.done_on else ""


def _due_on(obligation: Obligation) -> str:
    return f"（期限{obligation.due_on.month}月{obligation.due_on.day}日）" if obligation.due_on else ""


def _is_late(obligation: Obligation) -> bool:
    return bool(obligation.due_on and obligation.done_on and obligation.done_on > obligation.due_on)


def _due_by(obligation: Obligation, end: date) -> bool:
    return obligation.due_on is not None and obligation.due_on <= end
