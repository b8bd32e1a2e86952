"""意见采纳情况表 as a paper that was not issued: how the round stands, and one table (kit.officialdoc)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from zhize.apps.requests.models import Call, DraftComment
from zhize.core.papers.days import printed_day
from zhize.kit.chinese import in_chinese
from zhize.kit.officialdoc import Block, Form, Paper, para, table

HEAD = ("序号", "反馈单位", "条款或段落", "原文", "修改意见及理由", "采纳情况及说明")
Verdict = DraftComment.Verdict


@dataclass(frozen=True, slots=True)
class Adoption:
    """How a round stands: who has answered how, and how many comments have which answer.

    `not_awaited` are those the office goes on without, each with the reason.
    """

    asked: int
    commented: tuple[str, ...]
    no_comment: tuple[str, ...]
    missing: tuple[str, ...]
    not_awaited: tuple[tuple[str, str], ...]
    verdicts: Counter[str]

    @property
    def comments(self) -> int:
        return self.verdicts.total()

    @property
    def answered(self) -> int:
        return len(self.commented) + len(self.no_comment)

    @property
    def open(self) -> int:
        return self.verdicts[Verdict.OPEN]


@in_chinese
def adoption_paper(call: Call, standing: Adoption, rows: Sequence[DraftComment], day: date) -> Paper:
    """The table with the sums in words, and who has not answered. Numbers and names as of `day`."""
    said = (
        f"截至{printed_day(day)}，共向{standing.asked}个单位征求意见，收到回复{standing.answered}份，其中无意见"
        f"{len(standing.no_comment)}份；收到意见{standing.comments}条，采纳{standing.verdicts[Verdict.ADOPTED]}条，部分采纳"
        f"{standing.verdicts[Verdict.PARTLY]}条，未采纳{standing.verdicts[Verdict.NOT_ADOPTED]}条"
    )
    said += f"，待答复{standing.open}条。" if standing.open else "。"
    body: list[Block] = [para(said)]
    if standing.no_comment:
        body.append(para(f"无意见的单位：{'、'.join(standing.no_comment)}。"))
    if standing.missing:
        body.append(para(f"尚未回复的单位：{'、'.join(standing.missing)}。"))
    if standing.not_awaited:
        words = "；".join(f"{name}（{why.rstrip('。')}）" for name, why in standing.not_awaited)
        body.append(para(f"未再等候回复的单位：{words}。"))
    if rows:
        body.append(table(HEAD, [_row(number, one) for number, one in enumerate(rows, 1)]))
    return Paper(title=f"{call.title}意见采纳情况表", body=tuple(body), form=Form.SHEET)


def _row(number: int, one: DraftComment) -> tuple[str, ...]:
    proposed = f"{one.proposed}（理由：{one.reason.rstrip('。')}）" if one.reason else one.proposed
    verdict = Verdict(one.verdict).label
    told = f"{verdict}：{one.verdict_reason}" if one.verdict_reason else str(verdict)
    return (str(number), one.unit.name, one.place, one.present, proposed, told)
