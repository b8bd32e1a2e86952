"""签收, 阅知, 承办确认, 参会回执: the four acts of those a document went to, kept apart."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from zhize.apps.documents import policies
from zhize.apps.documents.events import OfficialReceived
from zhize.apps.documents.log_types import OFFICIAL_RECEIVED
from zhize.apps.documents.models import OfficialDocument, Receipt
from zhize.apps.documents.selectors import addressees_of, receivable
from zhize.apps.documents.services.arrivals import arrivals_signed
from zhize.apps.documents.services.common import TODO_ATTEND, TODO_RECEIVE, TODO_TAKE, locked, need, ref_of
from zhize.apps.orgs.services.todos import todo_close
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.errors import NotAllowed, StateConflict
from zhize.kit.events import emit

_TODOS: dict[str, str] = {
    Receipt.Act.RECEIVED: TODO_RECEIVE,
    Receipt.Act.TAKEN: TODO_TAKE,
    Receipt.Act.ATTENDS: TODO_ATTEND,
}


@transaction.atomic
def official_receive(
    *,
    document: OfficialDocument,
    act: str = Receipt.Act.RECEIVED,
    note: str = "",
    actor: Actor,
    now: datetime,
) -> list[Receipt]:
    """Signs for the acting unit and for every addressee it answers for. A second time is refused in words.

    承办确认 and 参会回执 only where the document asks for them, after 签收, with `note`: who carries it out, who attends.

    The document's jurisdiction keeps the log: the sender must be able to prove who received it.
    """
    current = locked(document)
    if current.state not in OfficialDocument.SENT:
        raise StateConflict("这份公文还没有印发", why="印发后才能签收", remedy="请刷新页面查看")
    mine = [one for one in receivable(actor, addressees_of(current)) if policies.may_receive(actor, one.unit)]
    if not mine:
        raise NotAllowed("只有收文单位的人员可以签收", remedy="请切换到收文单位的身份")
    earlier = Receipt.objects.system("signed once").filter(
        document=current, unit_id__in=[one.unit_id for one in mine], act=act
    )
    done = {row.unit_id: row for row in earlier}
    if len(done) == len(mine):
        first = done[mine[0].unit_id]
        raise StateConflict(f"{first.by}已经{first.get_act_display()}", remedy="不必重复办理，可刷新页面查看")
    _fits(current, act, note, [one.unit_id for one in mine])
    made = []
    for one in mine:
        if one.unit_id in done:
            continue
        receipt = Receipt(
            document=current,
            unit=one.unit,
            act=act,
            at=now,
            by=actor.name[:80],
            hat=actor.hat[:160],
            note=note.strip(),
        )
        receipt.full_clean()
        receipt.save()
        if kind := _TODOS.get(act):
            todo_close(ref=ref_of(current), actor=actor, now=now, kind=kind, unit_id=one.unit_id)
        emit(OfficialReceived(receipt, actor, now))
        made.append(receipt)
    if act == Receipt.Act.RECEIVED:
        arrivals_signed(addressees=[one for one in mine if one.unit_id not in done], actor=actor, now=now)
    record(
        OFFICIAL_RECEIVED,
        actor=actor,
        thing=ref_of(current),
        now=now,
        after={"act": act, "units": [row.unit_id for row in made]},
        jurisdiction_code=current.jurisdiction.code,
    )
    return made


def _fits(document: OfficialDocument, act: str, note: str, unit_ids: list[int]) -> None:
    """Whether the document asks for this act, and whether it was signed for before."""
    if act in (Receipt.Act.RECEIVED, Receipt.Act.READ):
        return
    asked = document.asks_taking if act == Receipt.Act.TAKEN else document.asks_attendance
    word = Receipt.Act(act).label
    if not asked:
        raise StateConflict(f"这份公文没有要求{word}", where=document.number, remedy="签收即可")
    signed = Receipt.objects.system("signed for before").filter(
        document=document, unit_id__in=unit_ids, act=Receipt.Act.RECEIVED
    )
    if not signed.exists():
        raise StateConflict(f"还没有签收，不能{word}", where=document.number, remedy="请先签收")
    if act == Receipt.Act.TAKEN:
        need(note, "请填写承办人", "承办人")
    else:
        need(note, "请填写参会人员；不能参会的写明原因", "参会人员")
