"""减负情况说明 as a paper of the office (kit.officialdoc): what was asked, how much was filled in, where it was refused and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from zhize.apps.requests.models import Call
from zhize.core.kernel.rounding import round_once
from zhize.core.papers.days import printed_day
from zhize.core.requests.statement import Line
from zhize.kit.chinese import in_chinese
from zhize.kit.officialdoc import Block, Form, Paper, heading, numbered, para, table

HEAD = ("单位", "报送件数", "已报送", "逾期", "填报项", "其中预填", "预填比例", "报送用时（中位，天）")


@in_chinese
def burden_paper(
    title: str,
    stretch: str,
    calls: int,
    lines: Sequence[tuple[str, Line]],
    total: Line,
    despite: Sequence[Call],
    day: date,
) -> Paper:
    """`stretch`: the days in words (2012年上半年); `lines`: units in official order; `despite`: the calls sent although the check
    stopped them, each with its reason."""  # fmt: skip
    said = (
        f"{stretch}发出征集{calls}次，共向{len(lines)}个单位要求报送{total.requests}件，已报送{total.answered}件。"
        f"共{total.fields}项填报，其中由系统预填{total.prefilled}项，占{percent(total.share)}；"
        f"由单位填写{total.by_hand}项。"
    )
    if total.median_days is not None:
        said += f"从发出到报送，中位用时{days(total.median_days)}天，最长{total.longest_days}天。"
    body: list[Block] = [heading("总体情况"), para(said)]
    if lines:
        rows = [(name, *cells(line)) for name, line in lines]
        body += [heading("各单位情况"), table(HEAD, [*rows, ("合计", *cells(total))])]
    body.append(heading("发出前检查未通过而仍发出的征集"))
    if despite:
        body += [para(f"《{call.title}》：{call.sent_despite.rstrip('。')}。") for call in despite]
    else:
        body.append(para("没有。"))
    body.append(para(f"以上数字由系统按报送记录统计，截至{printed_day(day)}。"))
    return Paper(title=title, body=numbered(body), form=Form.SHEET)


def cells(line: Line) -> tuple[str, ...]:
    numbers = (line.requests, line.answered, line.late, line.fields, line.prefilled)
    median = "—" if line.median_days is None else days(line.median_days)
    return (*(str(number) for number in numbers), percent(line.share), median)


def percent(share: Decimal | None) -> str:
    """37.5%; a dash where no field was asked."""
    return "—" if share is None else f"{round_once(share * 100, 1)}%"


def days(value: Decimal) -> str:
    """6.5 or 7: a median of whole days ends in nothing or in a half."""
    return format(value.normalize(), "f")
