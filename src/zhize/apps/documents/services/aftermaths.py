"""A paper by which something was issued is revoked, repealed or corrected: the thing is told, the office says what follows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from zhize.apps.documents.events import AftermathDecided
from zhize.apps.documents.log_types import AFTERMATH_DECIDED, AFTERMATH_OPENED
from zhize.apps.documents.models import Aftermath, OfficialDocument
from zhize.apps.documents.selectors import AFTERMATH, chain_of
from zhize.apps.documents.services.common import TODO_AFTERMATH, checked, demand_handling, need
from zhize.apps.orgs.services.todos import NewTodo, todo_close, todo_open
from zhize.core.papers import chain
from zhize.kit.actor import Actor
from zhize.kit.audit import LogType, record
from zhize.kit.errors import BadInput, StateConflict
from zhize.kit.events import emit
from zhize.kit.things import ThingRef
from zhize.kit.versioned import check_version, snapshot

Choice = Aftermath.Choice


@transaction.atomic
def aftermath_open(*, notice: OfficialDocument, actor: Actor, now: datetime) -> Aftermath | None:
    """`notice` went out and acts on an earlier document: it stands on the page and in the history of what that one issued,
    and the office gets a to-do. What still waited from an act before is settled with this one. None where the earlier document issued nothing.

    Called by `official_issue`, inside its transaction: the policy was that of issuing.
    """
    document = notice.acts_on
    if document is None or not document.source_kind or document.source_id is None:
        return None
    for row in _waiting(document=document):
        _settle(row, Choice.OVERTAKEN.value, f"见{notice.number}", actor, now)
    made = Aftermath(
        jurisdiction=document.jurisdiction, document=document, notice=notice, act=notice.act, told_at=now,
        source_kind=document.source_kind, source_id=document.source_id,
    )  # fmt: skip
    checked(made, "后续处理")
    made.save()
    if office := document.jurisdiction.office_unit_id:
        words = f"{document.number}已{chain.WORDS[notice.act]}，请确定后续处理：{document.title}"
        todo = NewTodo(document.jurisdiction_id, office, TODO_AFTERMATH, ref_of(made), words)
        todo_open(todo=todo, now=now)
    _log(AFTERMATH_OPENED, made, actor, now, note=notice.number)
    return made


@transaction.atomic
def aftermath_decide(
    *,
    aftermath: Aftermath,
    choice: str,
    reason: str,
    paper: OfficialDocument | None = None,
    paper_words: str = "",
    version: int | None,
    actor: Actor,
    now: datetime,
) -> Aftermath:
    """以另文继续有效 (which one), 撤回 or 修改, with the reason; recorded once. What follows listens to `AftermathDecided`."""
    rows = Aftermath.objects.system("locked for a write").select_for_update(of=("self",))
    current = rows.select_related("document__jurisdiction", "notice", "jurisdiction").get(pk=aftermath.pk)
    demand_handling(actor, current.document)
    check_version(current, version, mine={"choice": choice, "reason": reason})
    if current.choice:
        raise StateConflict(
            f"已由{current.decided_by}确定：{current.get_choice_display()}",
            where=current.document.number,
            remedy="请刷新页面查看；情况有变的，另行发文",
        )
    need(reason, "请写明理由", "处理说明")
    if choice not in (Choice.KEPT, Choice.WITHDRAWN, Choice.AMENDED):
        raise BadInput("请选择后续处理", where="后续处理", remedy="三项中选一项")
    if choice == Choice.KEPT:
        _demand_paper(current, paper, paper_words)
        current.paper, current.paper_words = paper, paper_words.strip()
    _settle(current, choice, reason, actor, now)
    emit(AftermathDecided(current, actor, now))
    return current


@transaction.atomic
def aftermath_follow(*, paper: OfficialDocument, actor: Actor, now: datetime) -> int:
    """`paper` went out for a thing whose former paper no longer stands: what still waited is settled as 以另文继续有效.

    Called inside `official_issue`'s transaction by the handler of the thing: the policy was that of issuing.
    """
    if paper.source_id is None:
        return 0
    found = _waiting(~Q(document=paper), source_kind=paper.source_kind, source_id=paper.source_id)
    for row in found:
        row.paper = paper
        _settle(row, Choice.KEPT.value, f"另行印发{paper.number}", actor, now)
        emit(AftermathDecided(row, actor, now))
    return len(found)


def ref_of(aftermath: Aftermath) -> ThingRef:
    return ThingRef(AFTERMATH, aftermath.pk)


def _demand_paper(row: Aftermath, paper: OfficialDocument | None, words: str) -> None:
    """The paper that keeps it in force is one that went out and stands; or the number of one outside the product."""
    if paper is None:
        need(words, "请选择或填写依据的公文", "依据公文")
        return
    stands = paper.state in OfficialDocument.SENT and chain_of(paper).stands
    if paper.pk == row.document_id or paper.jurisdiction_id != row.jurisdiction_id or not stands:
        raise BadInput(
            f"《{paper.title}》不能作为依据",
            where="依据公文",
            why="依据须是本辖区已印发、没有撤销或废止的另一份公文",
            remedy="请重新选择；外单位的公文直接填写文号",
        )


def _waiting(*conditions: Q, **of: Any) -> list[Aftermath]:
    """What still waits for the office, locked: of one document, or of what the documents issued."""
    rows = Aftermath.objects.system("what waited from an act before").select_for_update(of=("self",))
    return list(
        rows.filter(*conditions, choice="", **of).select_related("document", "notice", "jurisdiction")
    )


def _settle(row: Aftermath, choice: str, reason: str, actor: Actor, now: datetime) -> None:
    before = snapshot(row)
    row.choice, row.reason = choice, reason.strip()
    row.decided_by, row.decided_hat, row.decided_at = actor.name[:80], actor.hat[:160], now
    row.version += 1
    checked(row, "后续处理")
    row.save()
    todo_close(ref=ref_of(row), actor=actor, now=now)
    _log(AFTERMATH_DECIDED, row, actor, now, before=before, note=reason)


def _log(
    log_type: LogType, row: Aftermath, actor: Actor, now: datetime, *, before: dict[str, object] | None = None,
    note: str = "",
) -> None:  # fmt: skip
    """Written down of the thing itself: its history must show that its paper no longer stands."""
    record(
        log_type, actor=actor, thing=ThingRef(row.source_kind, row.source_id), now=now, before=before,
        after=snapshot(row), note=note[:200], jurisdiction_code=row.jurisdiction.code,
    )  # fmt: skip
