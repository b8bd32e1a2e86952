"""送会签 and 会签 in parallel: each unit by its own people here, or recorded from paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.core.files.base import File
from django.db import transaction

from zhize.apps.documents import policies
from zhize.apps.documents.log_types import (
    OFFICIAL_ASKED,
    OFFICIAL_COUNTERSIGNED,
)
from zhize.apps.documents.models import Countersign, OfficialDocument, StoredFile
from zhize.apps.documents.selectors import (
    countersigns_of,
    flow_rule,
    round_of,
)
from zhize.apps.documents.services.common import (
    LOGGED,
    TODO_COUNTERSIGN,
    checked,
    demand_handling,
    locked,
    log,
    ref_of,
    save,
    step_of,
    step_take,
)
from zhize.apps.documents.services.files import file_store
from zhize.apps.orgs.models import Unit
from zhize.apps.orgs.services.todos import NewTodo, todo_close, todos_open
from zhize.apps.years.selectors import days_after
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, NotAllowed, StateConflict
from zhize.kit.versioned import check_version, snapshot

Scan = File[bytes] | StoredFile | None


@transaction.atomic
def official_ask(
    *, document: OfficialDocument, unit_ids: Sequence[int], version: int | None, actor: Actor, now: datetime
) -> OfficialDocument:
    """送会签: all of these units at once, in official order; one already asked in this round stays as it is.

    Each gets a to-do due after the working days of rules/documents/flow.yaml, and sees the document from now on.
    """
    current = locked(document)
    demand_handling(actor, current)
    check_version(current, version, mine={"unit_ids": list(unit_ids)})
    step_of(current, "ask")
    number = round_of(current)
    already = {row.unit_id for row in countersigns_of(current) if row.round == number}
    units = Unit.objects.system("official order of those asked").filter(pk__in=set(unit_ids) - already)
    found = list(units.select_related("region").order_by("region__order", "order", "code"))
    if not found:
        raise BadInput(
            "没有新的会签单位", where="会签单位", remedy="请选择会签单位；已送会签的单位不必重复送"
        )
    today = local_day(now)
    days = int(flow_rule(current, today)["countersign_days"])
    due = days_after(today, days)
    before = snapshot(current, LOGGED)
    Countersign.objects.bulk_create(
        Countersign(
            document=current, unit=unit, round=number, order=len(already) + place,
            asked_by=actor.name[:80], asked_at=now, due_on=due,
        )
        for place, unit in enumerate(found, 1)
    )  # fmt: skip
    names = "、".join(unit.name for unit in found)
    step_take(current, "ask", actor, now, names)
    save(current)
    todos_open(
        todos=[
            NewTodo(current.jurisdiction_id, unit.pk, TODO_COUNTERSIGN, ref_of(current), f"会签：{current.title}", due_on=due)
            for unit in found
        ],
        now=now,
    )  # fmt: skip
    log(
        OFFICIAL_ASKED,
        current,
        actor,
        now,
        before=before,
        note=names[:200],
        units=[unit.pk for unit in found],
    )
    return current


@transaction.atomic
def official_countersign(
    *,
    document: OfficialDocument,
    unit_id: int,
    answer: str,
    opinion: str = "",
    by_name: str = "",
    on: date | None = None,
    scan: Scan = None,
    actor: Actor,
    now: datetime,
) -> Countersign:
    """会签 of one unit. Its own people answer here; the office enters what stands on paper (`by_name`, `on`, `scan`).

    Units answer at the same time, so the document's version is neither asked nor raised. 不同意 and 同意，另有意见 need words.
    Raises `StateConflict` where the unit has answered, was not asked, or the document has gone on.
    """
    current = locked(document)
    if not policies.may_countersign(actor, current, unit_id):
        raise NotAllowed(
            "只有被征求意见的单位可以会签", remedy="请切换到该单位的身份；纸质会签由发文的办公室录入"
        )
    step_of(current, "countersign")
    rows = {row.unit_id: row for row in countersigns_of(current) if row.round == round_of(current)}
    row = rows.get(unit_id)
    if row is None:
        raise StateConflict("没有请这个单位会签", why="可能已退回重拟", remedy="请刷新页面查看")
    if row.answer:
        raise StateConflict(
            f"{row.unit.name}已经会签：{row.get_answer_display()}",
            why=f"{row.by_name} {row.on}",
            remedy="会签意见不改写；意见有变的，请联系办公室退回后重新会签",
        )
    if answer != Countersign.Answer.AGREED and not opinion.strip():
        raise BadInput("请写明会签意见", where="会签意见", remedy="不同意或另有意见的，写清理由和修改建议")
    on_paper, today = actor.unit_id != unit_id, local_day(now)
    row.on = on or today
    if row.on > today:
        raise BadInput(f"会签日期 {row.on} 晚于今天", where="会签日期", remedy="请按会签单上的日期填写")
    if on_paper and not by_name.strip():
        raise BadInput("请填写会签人姓名", where="会签人", remedy="照纸质会签单上的签名填写")
    if isinstance(scan, File):
        scan = file_store(upload=scan, jurisdiction=current.jurisdiction, actor=actor, now=now)
    row.answer, row.opinion, row.scan, row.on_paper = answer, opinion.strip(), scan, on_paper
    row.by_name = by_name.strip() or actor.name[:80]
    row.entered_by, row.entered_at = actor.name[:80], now
    checked(row, "会签")
    row.save()
    step_take(
        current, "countersign", actor, now, f"{row.unit.name} {row.by_name}：{row.get_answer_display()}"
    )
    todo_close(ref=ref_of(current), actor=actor, now=now, kind=TODO_COUNTERSIGN, unit_id=unit_id)
    log(
        OFFICIAL_COUNTERSIGNED, current, actor, now, countersign=snapshot(row),
        note=f"{row.unit.name}：{row.get_answer_display()}", sha256=scan.sha256 if scan else "",
    )  # fmt: skip
    return row
