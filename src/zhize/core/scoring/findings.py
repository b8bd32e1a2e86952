"""What is wrong with a table as written: told to the office before a scheme is in force, never refused.

Real tables carry such errors (parts that sum to 50 under a declared 60); the office decides what was meant.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from .burden import BurdenRule
from .numbers import say
from .scheme import Away, Node, Part, Scheme, SourceKind


class Weight(StrEnum):
    """`defect`: the table contradicts itself; `unclear`: it does not say; `burden`: breaches the 2024 burden rules."""

    DEFECT = "defect"
    UNCLEAR = "unclear"
    BURDEN = "burden"

    @property
    def label(self) -> str:
        return {"defect": "表格有误", "unclear": "没有写明", "burden": "减负规定"}[self.value]


ADDITIONS = ("奖", "加分", "扣分")
UNCLEAR = {"no_cap", "no_guidance", "quota_ties", "no_missing", "no_evidence", "beyond"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to decide. `code` is stable, `where` the criterion as printed."""

    code: str
    weight: Weight
    where: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.where}：{self.what}。{self.remedy}。"


def findings(scheme: Scheme, burden: Sequence[BurdenRule] = ()) -> tuple[Finding, ...]:
    """All findings, in the order of the table."""
    groups = sorted({name for _, node in scheme.root.walk() for name in node.only})
    return (
        *_total(scheme, groups),
        *(one for _, node in scheme.root.walk() if node.code for one in _node(node, scheme, groups)),
        *_repeated(scheme),
        *_scale(scheme),
        *_unknown_breakers(scheme),
        *(
            Finding(
                f"burden.{rule.code}", Weight.BURDEN, place(node), f"{rule.title}（“{word}”）", rule.remedy
            )
            for _, node in scheme.root.walk()
            for rule in burden
            if (word := rule.breach(_text(node)))
        ),
    )


def place(node: Node) -> str:
    """The criterion as printed: 2 日常工作."""
    return f"{node.number or node.code} {node.title}".strip() or "全表"


def _text(node: Node) -> str:
    guidance = getattr(node.method, "guidance", "") if node.method else ""
    return "\n".join(
        (
            node.title,
            node.text,
            str(guidance),
            *node.evidence,
            node.method.words(node.worth) if node.method else "",
        )
    )


def _sums(node: Node, groups: Sequence[str]) -> Iterator[tuple[str, Fraction]]:
    """Points of the base parts, for each group that has parts of its own (“” where there is none)."""
    parts = [child for child in node.children if child.part is Part.BASE]
    named = [name for name in groups if any(name in child.only for child in parts)] or [""]
    for name in named:
        yield name, sum((child.worth for child in parts if child.is_for(frozenset((name,)))), Fraction(0))


def _total(scheme: Scheme, groups: Sequence[str]) -> Iterator[Finding]:
    root = scheme.root
    if root.points is None:
        yield Finding("no_total", Weight.UNCLEAR, "全表", "没有写明总分", "请写明总分（通常为100）")
    else:
        yield from _sum_findings(root, root.points, groups)
    has_bonus = any(node.part is Part.BONUS for _, node in root.walk())
    if has_bonus and root.cap is None:
        yield Finding("no_cap", Weight.UNCLEAR, "全表", "加分后总分是否可以超过满分没有写明", "请写明总分最高多少")  # fmt: skip


def _sum_findings(node: Node, declared: Fraction, groups: Sequence[str]) -> Iterator[Finding]:
    for name, total in _sums(node, groups):
        if total == declared:
            continue
        who = f"（{name}）" if name else ""
        parts = [child for child in node.children if child.part is Part.BASE]
        extra = [
            child
            for child in parts
            if total - child.worth == declared and any(word in child.title for word in ADDITIONS)
        ]
        hint = f"不计“{extra[0].title}”时正好相等，它是否应为加减分项" if extra else "请核对各项分值或合计"
        yield Finding(
            "sum",
            Weight.DEFECT,
            place(node),
            f"写明{say(declared)}分，各项{who}之和为{say(total)}分",
            hint,
        )


def _node(node: Node, scheme: Scheme, groups: Sequence[str]) -> Iterator[Finding]:
    where = place(node)
    if node.is_leaf and node.method is not None:
        worth = node.worth if node.out_of is None else node.out_of
        for fault in node.method.faults(worth):
            weight = Weight.UNCLEAR if fault.code in UNCLEAR else Weight.DEFECT
            yield Finding(fault.code, weight, where, fault.what, fault.remedy)
        if node.self_scored and not node.evidence and node.source.kind is SourceKind.MANUAL:
            yield Finding("no_evidence", Weight.UNCLEAR, where, "没有写明要什么佐证", "请写明需要的佐证")
    elif node.part is Part.BASE:
        declared = node.out_of if node.out_of is not None else node.points
        if declared is not None:
            yield from _sum_findings(node, declared, groups)
    if node.cap is not None and node.floor is not None and node.floor > node.cap:
        yield Finding("cap", Weight.DEFECT, where, "最低分高于最高分", "请核对最高分和最低分")
    if node.part is Part.BONUS and not node.is_leaf and node.cap is None:
        yield Finding("no_cap", Weight.UNCLEAR, where, "加减分没有上限", "请写明最多加多少、最多扣多少")
    if (node.away or scheme.away) is Away.REDISTRIBUTE and len(node.children) == 1 and node.children[0].is_leaf and node.children[0].away is Away.REDISTRIBUTE:  # fmt: skip
        yield Finding("alone", Weight.UNCLEAR, where, "只有一项，不适用时分值无处分摊", "请改为“剔除后折算”或“按满分计”")  # fmt: skip


def _repeated(scheme: Scheme) -> Iterator[Finding]:
    """Printed numbers and whole standards that occur twice among brothers or in the table."""
    for _, node in scheme.root.walk():
        numbers = [child.number for child in node.children if child.number]
        for number in sorted({one for one in numbers if numbers.count(one) > 1}):
            titles = "、".join(child.title for child in node.children if child.number == number)
            yield Finding("number", Weight.DEFECT, place(node), f"序号“{number}”用了两次（{titles}）", "请重新编号")  # fmt: skip
    texts: dict[str, list[Node]] = defaultdict(list)
    for _, node in scheme.root.walk():
        if len(node.text) >= 8:
            texts[node.text].append(node)
    for nodes in texts.values():
        if len(nodes) > 1:
            names = "、".join(place(one) for one in nodes)
            yield Finding("same_text", Weight.UNCLEAR, place(nodes[1]), f"评分标准与另一项完全相同（{names}）", "请核对是否抄错")  # fmt: skip


def _scale(scheme: Scheme) -> Iterator[Finding]:
    if not scheme.scale.grades:
        return
    places = scheme.places if scheme.scale.places is None else scheme.scale.places
    has_bonus = any(
        node.part is Part.BONUS or (node.method and node.method.most(node.worth) != node.worth)
        for node in scheme.root.leaves()
    )
    highest = scheme.root.cap if has_bonus else scheme.root.worth
    lowest = scheme.root.floor if scheme.root.floor is not None else Fraction(0)
    for fault in scheme.scale.faults(Fraction(1, 10**places), lowest, highest):
        weight = Weight.UNCLEAR if fault.code in UNCLEAR else Weight.DEFECT
        yield Finding(fault.code, weight, "等次", fault.what, fault.remedy)


def _unknown_breakers(scheme: Scheme) -> Iterator[Finding]:
    for code in scheme.order.breakers:
        if scheme.node(code) is None:
            yield Finding("breaker", Weight.DEFECT, "排序", f"同分比较的“{code}”不是本表项目", "请写项目编号")
