"""责任清单 and 任务分工表 as a paper that was not issued: title, what it holds, one table (kit.officialdoc)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from zhize.apps.regulations.mapping import recurrence_of
from zhize.apps.regulations.models import Duty, DutyHolder
from zhize.core.kernel.errors import CoreError
from zhize.core.papers.days import printed_day
from zhize.kit.chinese import in_chinese
from zhize.kit.officialdoc import Block, Form, Paper, para, table

REGISTER_HEAD = ("序号", "责任主体", "职责", "条款", "周期与期限")
DIVISION_HEAD = ("序号", "工作任务", "牵头（责任）单位", "配合单位", "完成时限")
Role = DutyHolder.Role


@dataclass(frozen=True, slots=True)
class Holding:
    """One row of the 责任清单: a duty and one of its holders, None where nobody is named."""

    duty: Duty
    holder: DutyHolder | None

    @property
    def holder_name(self) -> str:
        return name_of(self.holder) if self.holder else "未明确"

    @property
    def holder_words(self) -> str:
        return words_of_holder(self.holder) if self.holder else self.holder_name

    @property
    def role_label(self) -> str:
        return str(self.holder.get_role_display()) if self.holder else ""


def holdings_of(duties: Iterable[Duty]) -> list[Holding]:
    """One row a duty × holder, in the order of the duties and of the text; a duty without holder keeps its row."""
    found: list[Holding] = []
    for duty in duties:
        holders: list[DutyHolder | None] = list(duty.holders.all())
        found += [Holding(duty, holder) for holder in holders or [None]]
    return found


def name_of(holder: DutyHolder) -> str:
    """As the text prints it, else the unit's name."""
    return holder.printed or (holder.unit.name if holder.unit else "")


def words_of_holder(holder: DutyHolder) -> str:
    """省农牧厅, or 省农牧厅（牵头） where the role is more than to hold it."""
    return (
        name_of(holder) if holder.role == Role.JOINT else f"{name_of(holder)}（{holder.get_role_display()}）"
    )


def holders_cell(duty: Duty) -> str:
    """省质监局（牵头）；省工商局: all holders in one cell, each with its role; names may hold a 、 themselves."""
    return "；".join(map(words_of_holder, duty.holders.all()))


def clauses_of_duty(duty: Duty) -> str:
    """三（一）6·2, the segment after the point where it is not the first. Reads the prefetched bases."""
    return "、".join(
        f"{b.clause.label}" + (f"·{b.segment}" if b.segment > 1 else "") for b in duty.bases.all()
    )


def when_of(duty: Duty) -> str:
    """The period in words; a duty without one says its nature; a period nobody can read is left out."""
    try:
        recurrence = recurrence_of(duty)
    except CoreError:
        return ""
    return recurrence.words() if recurrence else str(duty.get_nature_display())


@in_chinese
def register_paper(of: str, duties: Sequence[Duty], chosen: Sequence[str], day: date) -> Paper:
    """责任清单. `of`: the jurisdiction's name; `chosen`: the filters in words, which the paper says."""
    holdings = holdings_of(duties)
    said = f"截至{printed_day(day)}，职责{len(duties)}项，按责任主体逐一列出，共{len(holdings)}条。"
    rows = [
        (str(n), one.holder_words, one.duty.text, clauses_of_duty(one.duty), when_of(one.duty))
        for n, one in enumerate(holdings, 1)
    ]
    return _paper(f"{of}责任清单", said, chosen, table(REGISTER_HEAD, rows) if rows else None)


@in_chinese
def division_paper(of: str, duties: Sequence[Duty], chosen: Sequence[str], day: date) -> Paper:
    """任务分工表: a row a duty. Where the text names a lead it stands first; where it names none, nobody is made one."""
    said = (
        f"截至{printed_day(day)}，工作任务{len(duties)}项。原文没有明确牵头单位的，列责任单位，排序不分先后。"
    )
    rows = [(str(n), duty.text, *division_of(duty), when_of(duty)) for n, duty in enumerate(duties, 1)]
    return _paper(f"{of}任务分工表", said, chosen, table(DIVISION_HEAD, rows) if rows else None)


def division_of(duty: Duty) -> tuple[str, str]:
    """Who leads (without a lead: who holds it), and who helps or joins, as the 任务分工表 prints both. Reads the prefetched holders."""
    holders = list(duty.holders.all())
    first_roles = {Role.LEAD} if any(h.role == Role.LEAD for h in holders) else {Role.JOINT, Role.UNKNOWN}
    first = [h for h in holders if h.role in first_roles]
    rest = [h for h in holders if h.role not in first_roles]
    marked = {Role.CO_ACT, Role.GUIDE, Role.JOINT, Role.UNKNOWN}
    return (
        "、".join(map(name_of, first)) or "未明确",
        "、".join(name_of(h) + (f"（{h.get_role_display()}）" if h.role in marked else "") for h in rest),
    )


@in_chinese
def _paper(title: str, said: str, chosen: Sequence[str], rows: Block | None) -> Paper:
    words = f"{said}筛选条件：{'；'.join(chosen)}。" if chosen else said
    body = (para(words), rows) if rows else (para(f"{words}没有符合条件的职责。"),)
    return Paper(title=title, body=body, form=Form.SHEET)
