"""Two editions of a scheme side by side, criterion by criterion; and what another edition would make of known facts.

Both are for the office before a scheme is in force: what changed in the table, and whose grade it would change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from ..kernel.errors import CoreError
from .facts import Assessed, Given, objects_from
from .leaves import judge
from .numbers import say
from .outcome import ObjectScore
from .scheme import Node, Part, Scheme
from .score import leaves_of, score_round


class Change(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"

    @property
    def label(self) -> str:
        return {"added": "新增", "removed": "删去", "changed": "修改"}[self.value]


@dataclass(frozen=True, slots=True)
class Difference:
    """`what`, `before`, `after`: the part that differs, in words; empty for a criterion that came or went."""

    change: Change
    code: str
    title: str
    what: str = ""
    before: str = ""
    after: str = ""


def differences(old: Scheme, new: Scheme) -> tuple[Difference, ...]:
    """By code, in the order of the new table, what went last; then grades, vetoes and the total."""
    before = {node.code: node for _, node in old.root.walk()}
    after = {node.code: node for _, node in new.root.walk()}
    found: list[Difference] = []
    for code, node in after.items():
        if not code:
            continue
        if code not in before:
            found.append(Difference(Change.ADDED, code, node.title, after=_points(node)))
            continue
        found += [
            Difference(Change.CHANGED, code, node.title, what, a, b)
            for what, a, b in _sides(before[code], node)
            if a != b
        ]
    found += [
        Difference(Change.REMOVED, code, node.title, before=_points(node))
        for code, node in before.items()
        if code and code not in after
    ]
    whole = (
        ("总分", say(old.root.worth), say(new.root.worth)),
        ("总分上限", _figure(old.root.cap), _figure(new.root.cap)),
        ("等次", old.scale.words(), new.scale.words()),
        ("一票否决", "；".join(one.title for one in old.vetoes), "；".join(one.title for one in new.vetoes)),
        ("不适用的处理", old.away.words, new.away.words),
    )
    found += [Difference(Change.CHANGED, "", "全表", what, a, b) for what, a, b in whole if a != b]
    return tuple(found)


def _sides(a: Node, b: Node) -> list[tuple[str, str, str]]:
    return [
        ("名称", a.title, b.title),
        ("分值", _points(a), _points(b)),
        ("计分方法", _rule(a), _rule(b)),
        ("评分标准", a.text, b.text),
        ("数据来源", _source(a), _source(b)),
        ("佐证", "、".join(a.evidence), "、".join(b.evidence)),
        ("评分单位", a.scorer, b.scorer),
        ("适用对象", "、".join(a.only), "、".join(b.only)),
        ("上限", _figure(a.cap), _figure(b.cap)),
        ("下限", _figure(a.floor), _figure(b.floor)),
    ]


def _points(node: Node) -> str:
    return "加减分" if node.part is Part.BONUS and node.points is None else f"{say(node.worth)}分"


def _figure(value: Fraction | None) -> str:
    return "" if value is None else say(value)


def _rule(node: Node) -> str:
    return "" if node.method is None else f"{node.method.label}：{node.method.words(node.worth)}"


def _source(node: Node) -> str:
    return "" if not node.is_leaf else "、".join((node.source.kind.words, *node.source.codes))


@dataclass(frozen=True, slots=True)
class Tried:
    """One object under two schemes. `left_out`: criteria whose known facts the new rule cannot use, and why."""

    id: str
    name: str
    before: ObjectScore
    after: ObjectScore
    left_out: tuple[str, ...]

    @property
    def differs(self) -> bool:
        return self.before.grade != self.after.grade


def tried(old: Scheme, new: Scheme, objects: Sequence[Mapping[str, Any]]) -> tuple[Tried, ...]:
    """The objects of a round scored by its own scheme and by another: who would have another grade.

    A fact goes to the criterion of the same code. Where the new rule asks for other facts it stays open there, and
    with it the total: never guessed. Raises what `score_round` raises for the old scheme.
    """
    known = objects_from(list(objects))
    before = score_round(old, known)
    fits = [_fitted(new, one) for one in known]
    after = score_round(new, [one for one, _ in fits])
    return tuple(
        Tried(a.id, a.name, a, b, lost)
        for a, b, (_, lost) in zip(before.objects, after.objects, fits, strict=True)
    )


def _fitted(scheme: Scheme, one: Assessed) -> tuple[Assessed, tuple[str, ...]]:
    """The object with the facts its leaves can read and the vetoes the scheme knows."""
    kept: dict[str, Given] = {}
    lost: list[str] = []
    for leaf in leaves_of(scheme, one):
        if leaf.code not in one.facts:
            continue
        try:
            judge(scheme, leaf, one.facts[leaf.code], ())
        except CoreError as error:
            lost.append(f"{leaf.title}：{error.what}")
        else:
            kept[leaf.code] = one.facts[leaf.code]
    vetoes = tuple(fact for fact in one.vetoes if scheme.veto(fact.code))
    lost += [f"一票否决“{fact.code}”不在新办法中" for fact in one.vetoes if not scheme.veto(fact.code)]
    return replace(one, facts=MappingProxyType(kept), vetoes=vetoes), tuple(lost)
