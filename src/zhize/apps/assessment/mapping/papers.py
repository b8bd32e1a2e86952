"""The circular (通报) and one sheet per object (一市一单) as blocks of an official document. No place in an order is given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from zhize.apps.assessment.mapping.grades import grade_ref
from zhize.apps.assessment.models import Appeal, Assessed, Round
from zhize.apps.orgs.models import Region, Unit
from zhize.core.papers.days import printed_day
from zhize.core.scoring.explain import grade_blocks, lines_of, lost_points
from zhize.core.scoring.numbers import say
from zhize.core.scoring.outcome import ObjectScore, RoundScore, State
from zhize.core.scoring.scheme import Scheme
from zhize.kit.officialdoc import Attachment, Block, Run, heading, numbered, para, table

KIND = "assessment.assessed"
MOST_PROBLEMS = 5


@dataclass(frozen=True, slots=True)
class Told:
    """A round as a paper tells it: rows and results side by side, in official order."""

    round: Round
    scheme: Scheme
    rows: Sequence[Assessed]
    result: RoundScore
    sha256: str
    region: str
    algorithm: str = ""
    checkpoint: str = ""

    def pairs(self) -> list[tuple[Assessed, ObjectScore]]:
        return list(zip(self.rows, self.result.objects, strict=True))


def notice_title(told: Told) -> str:
    return f"关于{told.round.year.label}{_bare(told.round)}结果的通报"


def notice_blocks(told: Told) -> list[Block]:
    """考核结果 by grade (“C级：无。”), 失分较多的方面, 有关要求; attached, the grades and the seal by which anybody can
    repeat it."""
    blocks: list[Block] = [para(_opening(told.round)), heading("考核结果")]
    blocks += _grades(told)
    blocks += _vetoes(told)
    if problems := _problems(told):
        blocks += [heading("失分较多的方面"), *problems]
    blocks += [heading("有关要求"), *_demands(told)]
    blocks.append(
        para(
            f"本次考核的计分依据、办法和过程已经封存（摘要前16位：{told.sha256[:16]}，全文见附件2），任何一项得分均可据以复算。"
        )
    )
    return [
        *numbered(blocks),
        Attachment(f"{told.round.year.label}考核等次表"),
        _grade_table(told),
        Attachment("考核结果核验信息"),
        _seal_table(told),
    ]


def sheet_title(told: Told, row: Assessed) -> str:
    return f"关于反馈{row.name}{told.round.year.label}{_bare(told.round)}结果的函"


def sheet_blocks(told: Told, row: Assessed, result: ObjectScore, appeals: Sequence[Appeal]) -> list[Block]:
    """Own score, own lost points, own problems: nobody else's."""
    ref = f"{KIND}:{row.pk}"
    grade = f"，等次为{row.grade_label}" if row.grade_label else f"（{row.ungraded}）"
    blocks: list[Block] = [
        para(
            f"经领导小组审定，{row.name}{told.round.year.label}{_bare(told.round)}得",
            Run(f"{result.published}分", ref),
            f"{grade}。现将得分、失分和存在问题反馈如下。",
        ),
        heading("得分情况"),
        _parts_table(result),
    ]
    if lost := lost_points(result):
        blocks.append(heading("失分项目和原因"))
        blocks += [para(f"{n}.{one.name}，失{one.lost}分：{one.words}。") for n, one in enumerate(lost, 1)]
    if result.vetoes:
        blocks += [heading("一票否决"), *(para(f"{text}。") for text in result.vetoes)]
    if appeals:
        blocks.append(heading("申辩和答复"))
        blocks += [
            para(f"申辩：{one.text}答复（{one.get_state_display()}）：{one.answer}") for one in appeals
        ]
    blocks += [heading("要求"), para(_closing(result))]
    return list(numbered(blocks))


def _bare(round_: Round) -> str:
    """The title without the year it begins with."""
    return round_.title.removeprefix(round_.year.label).strip()


def _opening(round_: Round) -> str:
    basis = f"根据{round_.basis}，" if round_.basis else ""
    approved = f"，并于{printed_day(round_.approved_on)}报经领导小组审定" if round_.approved_on else ""
    return (
        f"{basis}按照《{round_.scheme_title}》，领导小组办公室组织开展了{round_.title}，经过自评、数据采集、核查评分、"
        f"初评反馈和申辩答复{approved}。现将结果通报如下。"
    )


def _grades(told: Told) -> list[Block]:
    refs = {one.name: f"{KIND}:{row.pk}" for row, one in told.pairs()}
    found: list[Block] = []
    for block in grade_blocks(told.scheme, told.result.objects):
        if not block.names:
            found.append(para(f"{block.label}：无。"))
            continue
        names: list[Run | str] = []
        for name in block.names:
            names += ["、", Run(name, refs[name])] if names else [Run(name, refs[name])]
        count = Run(f"{len(block.names)}个", str(grade_ref(told.round, block.code)))
        found.append(para(f"{block.label}（", count, "）：", *names, "。"))
    found += [para(f"{row.name}：未定等次（{one.ungraded}）。") for row, one in told.pairs() if not one.grade]
    return found


def _vetoes(told: Told) -> list[Block]:
    return [
        para(f"{row.name}因{text}，实行一票否决。")
        for row, one in told.pairs()
        for text in one.vetoes
        if "已撤销" not in text
    ]


def _problems(told: Told) -> list[Block]:
    """Criteria by what all objects together lost on them, the most first."""
    lost: dict[str, list[Fraction]] = {}
    names: dict[str, str] = {}
    for one in told.result.objects:
        for leaf in one.root.leaves():
            names[leaf.code] = leaf.title
            if leaf.lost > 0:
                lost.setdefault(leaf.code, []).append(leaf.lost)
    worst = sorted(lost, key=lambda code: (-sum(lost[code]), code))[:MOST_PROBLEMS]
    return [
        para(f"{names[code]}：{len(lost[code])}个{_those(told.rows)}失分，合计失{say(sum(lost[code], Fraction(0)), 2)}分。") for code in worst
    ]  # fmt: skip


def _demands(told: Told) -> list[Block]:
    by_words: Mapping[str, list[str]] = {}
    grouped: dict[str, list[str]] = dict(by_words)
    for one in told.result.objects:
        for text in one.demands:
            grouped.setdefault(text, []).append(one.name)
    said: list[Block] = [para(f"{'、'.join(names)}要{text}。") for text, names in grouped.items()]
    all_places = all(row.unit.kind == Unit.Kind.GOVERNMENT for row in told.rows)
    said.append(
        para(
            f"{'各地' if all_places else '各单位'}要对照考核结果单，逐项整改存在的问题，整改情况纳入下一年度考核。"
        )
    )
    return said


def _those(rows: Sequence[Assessed]) -> str:
    """What the objects are called when they are counted: 市州, 地区, 单位."""
    if any(row.unit.kind != Unit.Kind.GOVERNMENT for row in rows):
        return "单位"
    return "市州" if all(row.unit.region.level == Region.Level.PREFECTURE for row in rows) else "地区"


def _grade_table(told: Told) -> Block:
    rows = [[row.name, row.grade_label or "未定"] for row in told.rows]
    return table(["考核对象", "等次"], rows)


def _seal_table(told: Told) -> Block:
    """By what a reader finds out that the result handed to him is the one that was sealed; digests in groups for the eye."""
    rows = [
        ["封存摘要（SHA-256）", _grouped(told.sha256)],
        ["考核办法摘要（SHA-256）", _grouped(told.round.scheme_sha256)],
        ["算法", told.algorithm],
        ["审计检查点", told.checkpoint.removeprefix("审计检查点 ") or "封存以后尚未签署"],
        ["核验方法", "向领导小组办公室索取核验包，运行其中的 verify.py；封存摘要应与本表一致（空格不计）。"],
    ]
    return table(["项目", "内容"], rows)


def _grouped(digest: str) -> str:
    return " ".join(digest[n : n + 16] for n in range(0, len(digest), 16))


def _parts_table(result: ObjectScore) -> Block:
    rows = [
        ["　" * line.depth + line.name, line.points or "加减分", line.score]
        for line in lines_of(result.root)
        if line.state is not State.NOT_APPLICABLE or line.is_leaf
    ]
    return table(
        ["考核项目", "分值", "得分"], [*rows, ["合计", say(result.root.points), str(result.published)]]
    )


def _closing(result: ObjectScore) -> str:
    asked = "，并".join(result.demands)
    return (f"请{asked}；" if asked else "请") + "对照失分项目逐项整改，整改情况纳入下一年度考核。"
