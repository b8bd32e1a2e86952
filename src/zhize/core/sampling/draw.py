"""Drawing places for an on-site check with a public seed (method `sampling.draw.v1`).

The seed is said before the draw and nobody can foresee what it does (a lottery number of a later day); anyone who has
list and seed draws the same places again with nothing but SHA-256 and whole numbers. See docs/algorithms/sampling-draw.md.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..kernel.errors import BadRule

METHOD = "sampling.draw.v1"


@dataclass(frozen=True, slots=True)
class Place:
    """What may be drawn. `size` (a positive whole number) matters only where the chance goes by size; `excluded` says why not."""

    id: str
    stratum: str = ""
    size: int = 1
    excluded: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A place drawn, in the order of drawing; `certain` where its size alone made it sure."""

    id: str
    stratum: str
    certain: bool = False


@dataclass(frozen=True, slots=True)
class Draw:
    """`substitutes` stand in, in this order, for drawn ones that cannot be visited; `keys` order the candidates."""

    drawn: tuple[Drawn, ...]
    substitutes: tuple[Drawn, ...]
    keys: Mapping[str, str]


def key_of(seed: str, id_: str) -> str:
    """SHA-256 of seed, a line feed and the id, in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(f"{seed}\n{id_}".encode()).hexdigest()


def draw(
    places: Sequence[Place],
    *,
    seed: str,
    numbers: Mapping[str, int],
    by_size: bool = False,
    substitutes: int = 0,
) -> Draw:
    """Draws `numbers[stratum]` places of each stratum; strata in the order of their names, never of the list.

    Equal chances: the first by key. By size: points at equal distances over the sizes laid end to end in the order of the
    keys, from a start the seed gives; who is larger than a distance is drawn for certain first. The next by key are
    substitutes, `substitutes` a stratum. Raises `BadRule`: no seed, an id twice, a size below one, a stratum that is not
    there, more asked for than may be drawn.
    """
    _refuse(places, seed, numbers, substitutes)
    keys = {place.id: key_of(seed, place.id) for place in places if not place.excluded}
    drawn: list[Drawn] = []
    spare: list[Drawn] = []
    for stratum in sorted(numbers):
        here = sorted(
            (p for p in places if p.stratum == stratum and not p.excluded), key=lambda p: keys[p.id]
        )
        chosen = _by_size(here, seed, stratum, numbers[stratum]) if by_size else here[: numbers[stratum]]
        certain = _certain(here, numbers[stratum]) if by_size else set()
        drawn += [Drawn(p.id, stratum, p.id in certain) for p in chosen]
        ids = {p.id for p in chosen}
        spare += [Drawn(p.id, stratum) for p in [p for p in here if p.id not in ids][:substitutes]]
    return Draw(tuple(drawn), tuple(spare), keys)


def _certain(here: Sequence[Place], n: int) -> set[str]:
    """Who is at least as large as the distance between points, found again and again for the rest."""
    certain: set[str] = set()
    while True:
        rest = [p for p in here if p.id not in certain]
        left, total = n - len(certain), sum(p.size for p in rest)
        more = {p.id for p in rest if left > 0 and p.size * left >= total}
        if not more:
            return certain
        certain |= more


def _by_size(here: Sequence[Place], seed: str, stratum: str, n: int) -> list[Place]:
    certain = _certain(here, n)
    rest = [p for p in here if p.id not in certain]
    left, total = n - len(certain), sum(p.size for p in rest)
    chosen = {*certain}
    if left > 0:
        start = int(key_of(seed, f"start\n{stratum}"), 16) % total
        reached = 0
        points = [start + k * total for k in range(left)]  # in units of 1/left of a size
        for place in rest:
            reached += place.size * left
            if points and points[0] < reached:
                chosen.add(place.id)
                points.pop(0)
    return [p for p in here if p.id in chosen]


def _refuse(places: Sequence[Place], seed: str, numbers: Mapping[str, int], substitutes: int) -> None:
    if not seed.strip():
        raise BadRule(
            "没有种子",
            where="seed",
            why="没有公开的种子，别人无法复核",
            remedy="请填抽取前公布的种子，如某日的开奖号码",
        )
    seen: set[str] = set()
    free: dict[str, int] = {}
    for place in places:
        if place.id in seen:
            raise BadRule(
                f"“{place.id}”出现两次", where="places", why="机会会成倍", remedy="请合并重复的对象"
            )
        if place.size < 1:
            raise BadRule(f"“{place.id}”的规模 {place.size} 不合适", where="places", remedy="请填正整数")
        seen.add(place.id)
        free[place.stratum] = free.get(place.stratum, 0) + (not place.excluded)
    for stratum, number in numbers.items():
        name = f"“{stratum}”" if stratum else "名单"
        if stratum not in free:
            raise BadRule(f"没有属于{name}的对象", where="numbers", remedy="请核对分层的名称")
        if not 0 <= number <= free[stratum]:
            raise BadRule(
                f"{name}要抽 {number} 个，可抽的有 {free[stratum]} 个",
                where="numbers",
                remedy="请减少抽取数，或核对排除的对象",
            )
    if substitutes < 0:
        raise BadRule("候补数不能为负", where="substitutes")
