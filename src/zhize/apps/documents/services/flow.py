"""送会签 and 会签 in parallel, 复核, 用印: each by a person here, or recorded from paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.core.files.base import File
from django.db import transaction

from zhize.apps.documents import policies
from zhize.apps.documents.log_types import (
    OFFICIAL_ASKED,
    OFFICIAL_COUNTERSIGNED,
    OFFICIAL_RECHECKED,
    OFFICIAL_SEALED,
)
from zhize.apps.documents.models import Countersign, OfficialDocument, StoredFile
from zhize.apps.documents.selectors import (
    countersigns_of,
    flow_rule,
    round_of,
    steps_lacking,
)
from zhize.apps.documents.services.approvals import approval_record
from zhize.apps.documents.services.common import (
    LOGGED,
    STEP_WORDS,
    TODO_COUNTERSIGN,
    checked,
    demand_handling,
    local_day,
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
from zhize.apps.years.selectors import calendar
from zhize.kit.actor import Actor
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
    due = calendar((today.year, today.year + 1)).add(today, days)
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


@transaction.atomic
def official_recheck(
    *,
    document: OfficialDocument,
    by_name: str,
    on: date,
    opinion: str = "",
    scan: Scan = None,
    version: int | None,
    actor: Actor,
    now: datetime,
) -> OfficialDocument:
    """复核: signatures complete, text as signed, form in order, before it is sealed and printed; kept as an approval."""
    return _after_signing(document, "recheck", by_name, on, opinion, scan, version, actor, now)


@transaction.atomic
def official_seal(
    *,
    document: OfficialDocument,
    by_name: str,
    on: date,
    opinion: str = "",
    scan: Scan = None,
    version: int | None,
    actor: Actor,
    now: datetime,
) -> OfficialDocument:
    """用印: who put the seal on it, on which day. Refused before 复核 where the edition wants that first."""
    return _after_signing(document, "seal", by_name, on, opinion, scan, version, actor, now)


def _after_signing(
    document: OfficialDocument,
    action: str,
    by_name: str,
    on: date,
    opinion: str,
    scan: Scan,
    version: int | None,
    actor: Actor,
    now: datetime,
) -> OfficialDocument:
    current = locked(document)
    demand_handling(actor, current)
    check_version(current, version, mine={"by_name": by_name, "on": on.isoformat(), "opinion": opinion})
    step_of(current, action)
    if action == "seal":
        demand_steps(current, action, local_day(now))
        if current.issuer is not None and not current.issuer.has_seal:
            raise StateConflict(
                f"{current.issuer.name}没有印章",
                why="发文主体登记为没有印章",
                remedy="可直接印发，或先更正发文主体",
            )
    if current.signed_on and on < current.signed_on:
        raise BadInput(
            f"{STEP_WORDS[action]}日期 {on} 早于签发日期 {current.signed_on}",
            where=f"{STEP_WORDS[action]}日期", remedy="签发之后才能复核、用印，请核对日期",
        )  # fmt: skip
    before = snapshot(current, LOGGED)
    approval_record(
        ref=ref_of(current),
        jurisdiction=current.jurisdiction,
        step=STEP_WORDS[action],
        by_name=by_name,
        on=on,
        opinion=opinion,
        scan=scan,
        actor=actor,
        now=now,
    )
    step_take(current, action, actor, now, f"{by_name.strip()} {opinion.strip()}".strip())
    save(current)
    log_type = OFFICIAL_RECHECKED if action == "recheck" else OFFICIAL_SEALED
    log(log_type, current, actor, now, before=before, note=by_name[:80])
    return current


def demand_steps(document: OfficialDocument, action: str, today: date) -> None:
    """Refuses `action` (seal, issue) before the steps the edition does not let this kind skip."""
    if missing := steps_lacking(document, action, today):
        words = "、".join(STEP_WORDS[step] for step in missing)
        raise StateConflict(
            f"还没有{words}，不能{STEP_WORDS[action]}",
            where=document.number or document.title[:40],
            why=f"本辖区的规则不允许{document.get_kind_display()}省去这一环节",
            remedy=f"请先登记{words}；确可省去的，由办公室主任修改“公文办理环节”规则",
        )
