"""撤销, 废止, 更正: a document of its own that names the earlier one."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from zhize.apps.documents.models import Addressee, OfficialDocument
from zhize.apps.documents.selectors import OFFICIAL, addressees_of, chain_of
from zhize.apps.documents.services.common import demand_handling, locked, need
from zhize.apps.documents.services.drafting import official_draft
from zhize.core.papers import chain
from zhize.core.papers.quoting import quoted
from zhize.kit.actor import Actor
from zhize.kit.chinese import in_chinese
from zhize.kit.errors import StateConflict
from zhize.kit.officialdoc import Block, Run, para
from zhize.kit.things import ThingRef


@transaction.atomic
@in_chinese
def official_follow(
    *, document: OfficialDocument, act: str, reason: str, actor: Actor, now: datetime
) -> OfficialDocument:
    """Drafts the notice that revokes, repeals or corrects a document sent, to the same addressees; returns the draft.

    撤销: void from the beginning. 废止: no longer in force from the day of the notice. 更正: stays in force as corrected. It
    takes effect when it goes out itself. Raises `StateConflict` where the act may not follow those before it.
    """
    current = locked(document)
    demand_handling(actor, current)
    act = OfficialDocument.Act(act).value
    demand_chain(current, act)
    need(reason, "请写明理由", "理由")
    ref = ThingRef(OFFICIAL, current.pk)
    to = addressees_of(current)
    word = chain.WORDS[act]
    return official_draft(
        jurisdiction=current.jurisdiction,
        kind=OfficialDocument.Kind.NOTICE,
        title=f"关于{word}{quoted(current.title)}的通知"[:200],
        addressee_ids=[one.unit_id for one in to if one.sent == Addressee.Sent.MAIN],
        copy_ids=[one.unit_id for one in to if one.sent == Addressee.Sent.COPY],
        address_line=current.address_line,
        copy_line=current.copy_line,
        blocks=_blocks(current, act, reason.strip(), str(ref)),
        source=None,
        issuer=current.issuer if current.issuer and not current.issuer.is_external else None,
        publicity=current.publicity,
        acts_on=current,
        act=act,
        actor=actor,
        now=now,
    )


def demand_chain(document: OfficialDocument, act: str) -> None:
    """Refuses an act on a document that has not gone out, or that an earlier act leaves nothing to do to."""
    if document.state not in OfficialDocument.SENT:
        raise StateConflict(
            f"这份公文还没有印发，不能{chain.WORDS[act]}",
            where=document.number or document.title[:40],
            why="没有发出的公文直接修改或作废即可",
            remedy="请退回拟稿人修改，或作废登记",
        )
    acts = [row.act for row in chain_of(document).followers]
    if why := chain.refusal(acts, act):
        raise StateConflict(
            why, where=document.number or document.title[:40], remedy="请在原文页面查看已发的通知"
        )


def _blocks(document: OfficialDocument, act: str, reason: str, ref: str) -> list[Block]:
    named = Run(f"{quoted(document.title)}（{document.number}）", ref)
    reason = reason.rstrip("。")
    if act == OfficialDocument.Act.REVOKE:
        return [
            para(f"因{reason}，经研究，决定撤销", named, "，该文自始无效。"),
            para("请各收文单位停止执行，并妥善处理已收到的文件。"),
        ]
    if act == OfficialDocument.Act.REPEAL:
        return [para(f"因{reason}，经研究，决定废止", named, "，自本通知印发之日起停止执行。")]
    return [para("现将", named, "有关内容更正如下。"), para(f"{reason}。"), para("其他内容不变。特此更正。")]
