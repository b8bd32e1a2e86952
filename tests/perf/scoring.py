"""A round of so many objects over 120 leaves, scored by the core with every trace, beside the same arithmetic bare.

The bare side reads the same facts, knows the table by heart and works with the same exact fractions: no words, no checks,
no traces. Both must come to the same totals and grades, or there is no table (`scoring_table` raises).
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeVar

from zhize.core.scoring.calc import result_mapping
from zhize.core.scoring.facts import objects_from
from zhize.core.scoring.numbers import publish
from zhize.core.scoring.outcome import RoundScore
from zhize.core.scoring.reading import scheme_from
from zhize.core.scoring.scheme import Scheme
from zhize.core.scoring.score import score_round

BLOCKS, LEAVES = 12, 10
POINTS = (
    "0.5",
    "1",
    "0.8",
    "0.7",
    "1.2",
    "0.9",
    "0.6",
    "1.1",
    "0.8",
    "0.733",
)  # 8.333 a block: 99.996 in all
METHODS: tuple[dict[str, Any], ...] = (
    {"kind": "proportion"},
    {"kind": "deduction", "per": "0.1", "required": "4"},
    {"kind": "difference", "per": "0.1", "up_cap": "0", "target": "95"},
    {"kind": "tiers", "tiers": [{"from": "90", "points": "0.7"}, {"from": "60", "points": "0.3"}]},
    {"kind": "on_time", "late": "0.1", "missing": "0.4"},
)
GRADES = [
    {"code": "A", "from": "75"},
    {"code": "B", "from": "70", "below": "75"},
    {"code": "C", "from": "60", "below": "70"},
    {"code": "D", "below": "60"},
]
AWAY = 17
"""Every seventeenth fact says that the leaf does not apply: its points go to its neighbours."""
BareRow = tuple[Fraction, str]
T = TypeVar("T")


def scheme_data() -> dict[str, Any]:
    """Twelve blocks of ten leaves, each method in each block twice."""
    blocks = [
        {
            "code": f"b{block}",
            "title": f"第{block + 1}部分",
            "children": [
                {
                    "code": f"b{block}.{leaf}",
                    "title": f"第{leaf + 1}项",
                    "points": POINTS[leaf],
                    "method": METHODS[leaf % len(METHODS)],
                }
                for leaf in range(LEAVES)
            ],
        }
        for block in range(BLOCKS)
    ]
    return {"title": "测算用表（演示数据）", "not_applicable": "redistribute", "blocks": blocks, "scale": {"grades": GRADES}}  # fmt: skip


def objects_data(number: int) -> list[dict[str, Any]]:
    """So many objects with a fact for each leaf: different from one to the next, the same each time."""
    return [
        {
            "id": str(one),
            "name": f"对象{one}（演示）",
            "facts": {
                f"b{block}.{leaf}": _fact(leaf, one * 7919 + (block * LEAVES + leaf) * 104729)
                for block in range(BLOCKS)
                for leaf in range(LEAVES)
            },
        }
        for one in range(number)
    ]


def _fact(leaf: int, seed: int) -> dict[str, Any]:
    if seed % AWAY == 0:
        return {"not_applicable": "本地没有"}
    match METHODS[leaf % len(METHODS)]["kind"]:
        case "proportion":
            return {"actual": str(50 + seed % 60), "target": "97"}
        case "deduction":
            return {"actual": seed % 6}
        case "difference":
            return {"actual": f"{90 + seed % 10}.{seed % 7}"}
        case "tiers":
            return {"value": str(40 + seed % 61)}
        case _:
            missing = seed % 2
            late = seed % 3
            return {"due": 12, "on_time": 12 - late - missing, "late": late}


def bare_facts(objects: Sequence[dict[str, Any]]) -> list[tuple[tuple[Any, ...] | None, ...]]:
    """The same facts as tuples of exact figures, None where the leaf does not apply."""
    return [tuple(_bare_fact(fact) for fact in one["facts"].values()) for one in objects]


def _bare_fact(fact: dict[str, Any]) -> tuple[Any, ...] | None:
    return None if "not_applicable" in fact else tuple(Fraction(value) for value in fact.values())


def bare_round(rows: Sequence[tuple[tuple[Any, ...] | None, ...]]) -> list[BareRow]:
    """Total and grade of each object by arithmetic alone."""
    worth = [Fraction(points) for points in POINTS]
    whole = sum(worth, Fraction(0))
    found = []
    for facts in rows:
        total = Fraction(0)
        for block in range(BLOCKS):
            own = facts[block * LEAVES : (block + 1) * LEAVES]
            got = sum(
                (_points(n, worth[n], one) for n, one in enumerate(own) if one is not None), Fraction(0)
            )
            staying = sum((worth[n] for n, one in enumerate(own) if one is not None), Fraction(0))
            total += got * whole / staying if staying else 0
        figure = Fraction(publish(total, 2))
        found.append((figure, "A" if figure >= 75 else "B" if figure >= 70 else "C" if figure >= 60 else "D"))
    return found


TENTH, TARGET = Fraction("0.1"), Fraction(95)
HIGH, LOW, NONE = Fraction("0.7"), Fraction("0.3"), Fraction(0)


def _points(leaf: int, worth: Fraction, fact: tuple[Any, ...]) -> Fraction:
    match leaf % 5:
        case 0:
            return worth * min(fact[0] / fact[1], 1)
        case 1:
            return max(worth - TENTH * max(4 - fact[0], 0), NONE)
        case 2:
            gap = fact[0] - TARGET
            return worth if gap >= 0 else max(worth + TENTH * gap, NONE)
        case 3:
            return HIGH if fact[0] >= 90 else LOW if fact[0] >= 60 else NONE
        case _:
            due, on_time, late = fact
            return max(worth - TENTH * late - 4 * TENTH * (due - on_time - late), NONE)


@dataclass(frozen=True, slots=True)
class Timed:
    """CPU seconds for so many objects: `score` from facts to results with traces, `written` those as plain data,
    `bare` reading and arithmetic."""

    objects: int
    read: float
    score: float
    written: float
    bare: float


def timed(number: int) -> Timed:
    """Scores a round both ways. Raises AssertionError where the two differ in a total or grade."""
    scheme, data = scheme_from(scheme_data()), objects_data(number)
    read, objects = _clock(lambda: objects_from(data))
    score, result = _clock(lambda: score_round(scheme, objects))
    bare, plain = min(
        (_clock(lambda: bare_round(bare_facts(data))) for _ in range(3)), key=lambda one: one[0]
    )
    _same(result, plain)
    written, _ = _clock(lambda: _written(scheme, result))
    return Timed(number, read, score, written, bare)


def _written(scheme: Scheme, result: RoundScore) -> dict[str, object]:
    return {**result_mapping(scheme, result), "trace": result.trace.as_dict()}


def _same(result: RoundScore, plain: Sequence[BareRow]) -> None:
    for one, (figure, grade) in zip(result.objects, plain, strict=True):
        if one.published is None or Fraction(one.published) != figure or one.grade != grade:
            raise AssertionError(f"{one.name}: {one.published} {one.grade}, bare {figure} {grade}")


def _clock(act: Callable[[], T]) -> tuple[float, T]:
    gc.collect()
    start = time.process_time()
    found = act()
    return time.process_time() - start, found


def scoring_table(number: int) -> str:
    """The table in words: so many objects and a tenth of them, each part of the work as a ratio to the bare arithmetic."""
    few, many = timed(max(1, number // 10)), timed(number)
    head = (
        f"{number:,} objects × {BLOCKS * LEAVES} leaves, totals and grades equal to those of the bare arithmetic\n\n"
        "| step | CPU at N/10, s | at N, s | growth ÷ 10 | ÷ bare | µs a leaf |\n|---|---:|---:|---:|---:|---:|\n"
    )
    return head + "".join(_lines(few, many))


def _lines(few: Timed, many: Timed) -> Iterator[str]:
    times = many.objects / few.objects
    for name, words in (
        ("bare", "裸算：读入同样的数据，做同样的算术，没有过程"),
        ("read", "读入并核对数据"),
        ("score", "计分，每一步留过程"),
        ("written", "结果和过程写成数据"),
    ):
        a, b = getattr(few, name), getattr(many, name)
        leaf = b / many.objects / (BLOCKS * LEAVES) * 1e6
        yield f"| {words} | {a:.2f} | {b:.2f} | {b / a / times:.2f} | {b / many.bare:.2f} | {leaf:.1f} |\n"
