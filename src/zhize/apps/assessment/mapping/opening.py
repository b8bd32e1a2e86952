"""考核通知: the notice by which a round begins, with the table of criteria attached, as blocks of an official document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zhize.apps.assessment.models import Assessed, Round
from zhize.core.papers.days import printed_day
from zhize.core.scoring.numbers import say
from zhize.core.scoring.scheme import Node, Part, Scheme
from zhize.kit.officialdoc import Attachment, Block, heading, numbered, para, table


@dataclass(frozen=True, slots=True)
class Opening:
    """What the notice tells. `days`: the values of assessment/deadlines; `scorers`: leaf → the unit that scores it."""

    round: Round
    scheme: Scheme
    rows: Sequence[Assessed]
    scorers: Mapping[str, str]
    days: Mapping[str, int]
    region: str
    prepare: str = ""
    contact: str = ""


def opening_title(told: Opening) -> str:
    return f"关于开展{told.round.title}的通知"


def opening_blocks(told: Opening) -> list[Block]:
    """Objects, period, calendar, what to hand in, contact; the table of criteria as it will be scored by."""
    round_, year = told.round, told.round.year
    basis = f"根据{round_.basis}，" if round_.basis else ""
    blocks: list[Block] = [
        para(f"{basis}按照《{round_.scheme_title}》，决定开展{round_.title}。现将有关事项通知如下："),
        heading("考核对象"),
        para(f"{'、'.join(row.name for row in told.rows)}，共{len(told.rows)}个。"),
        heading("考核期间"),
        para(
            f"{printed_day(year.starts_on)}至{printed_day(year.ends_on)}。数据截至{printed_day(round_.cut_off_on)}，此后发生的不计入。"
        ),
        heading("考核安排"),
        *(para(f"{n}．{words}") for n, words in enumerate(_calendar(told), 1)),
        heading("自评和报送要求"),
        *(para(line) for line in (told.prepare or prepare_default(told.scheme)).splitlines() if line.strip()),
    ]
    if told.contact:
        blocks += [heading("联系方式"), para(told.contact)]
    return [*numbered(blocks), Attachment(f"{round_.year.label}考核指标表"), _criteria(told)]


def prepare_default(scheme: Scheme) -> str:
    """What the objects hand in, from what the criteria ask for."""
    asked = dict.fromkeys(one for leaf in scheme.root.leaves() for one in leaf.evidence)
    named = f"：{'、'.join(asked)}" if asked else ""
    return (
        f"对照附件考核指标表逐项自评，写明得分和依据；指标表要求佐证的，逐项附材料{named}。自评报告一并报送。"
    )


def _calendar(told: Opening) -> list[str]:
    days = told.days
    filing = told.round.goals_due_on
    first = [f"目标备案：{printed_day(filing)}前核对本年度目标并备案，需要调整的说明理由。"] if filing else []
    return [
        *first,
        f"自评：{printed_day(told.round.self_due_on)}前报送自评表和自评报告。",
        f"核查评分：自评结束后{days['check_days']}个工作日内，由领导小组办公室和评分单位核查评分。",
        f"反馈和申辩：初评结果反馈后{days['appeal_days']}个工作日内可以书面申辩，{days['answer_days']}个工作日内答复。",
        "审定和通报：结果报领导小组审定后通报。",
    ]


def _criteria(told: Opening) -> Block:
    rows = [
        [
            "　" * (depth - 1) + node.name,
            _points(node),
            _how(node),
            told.scorers.get(node.code, "领导小组办公室") if node.is_leaf else "",
        ]
        for depth, node in told.scheme.root.walk()
        if node.code
    ]
    return table(
        ["考核项目", "分值", "计分办法", "评分单位"], [*rows, ["合计", say(told.scheme.root.worth), "", ""]]
    )


def _points(node: Node) -> str:
    return "加减分" if node.part is Part.BONUS and node.points is None else say(node.worth)


def _how(node: Node) -> str:
    if node.method is None:
        return node.text
    words = node.text or node.method.words(node.worth if node.out_of is None else node.out_of)
    return f"{words}佐证：{'、'.join(node.evidence)}。" if node.evidence else words
