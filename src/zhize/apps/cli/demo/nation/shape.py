"""Which provinces, prefectures and counties there are (演示数据): names and codes by rule, none of them real.

Provinces are named by the sexagenary cycle (甲子省, 乙丑省 …), what lies below by its number (甲子一市, 甲子一市二县). Codes
begin with D, where no code of GB/T 2260 does: D010000, D010100, D010102.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from zhize.apps.orgs.models import Jurisdiction, Region, Unit
from zhize.apps.work.models import Conference
from zhize.apps.years.models import WorkYear

STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Scale:
    """How many of each. The first province is as large as `first` says (prefectures, counties), so that it can be
    measured alone and among all; the others share what remains; municipalities have districts and no prefectures."""

    first: tuple[int, int] = (14, 86)
    others: int = 26
    municipalities: int = 4
    prefectures: int = 333
    districts: int = 80
    counties: int = 2800

    @property
    def provinces(self) -> int:
        return 1 + self.others + self.municipalities


NATION = Scale()
PROVINCE = Scale(others=0, municipalities=0, prefectures=14, districts=0, counties=86)


@dataclass(slots=True)
class Place:
    """A region with what is made for it; the rows are filled in as they are built."""

    code: str
    name: str
    level: str
    order: int
    parent: Place | None = None
    below: list[Place] = field(default_factory=list)
    region: Region = field(init=False)
    jurisdiction: Jurisdiction = field(init=False)
    year: WorkYear = field(init=False)
    group: Unit = field(init=False)
    office: Unit = field(init=False)
    government: Unit = field(init=False)
    conference: Conference = field(init=False)
    members: list[Unit] = field(default_factory=list)
    owed: list[Any] = field(default_factory=list)

    @property
    def key(self) -> str:
        """As codes of units and names of accounts begin: d010000."""
        return self.code.lower()


def provinces(scale: Scale) -> Iterator[Place]:
    """Province after province with all that lies below; nothing of the former ones is held."""
    prefectures = [scale.first[0], *_shared(scale.prefectures - scale.first[0], scale.others)]
    counties = iter(_shared(scale.counties - scale.districts - scale.first[1], sum(prefectures[1:])))
    first = iter(_shared(scale.first[1], scale.first[0]))
    districts = _shared(scale.districts, scale.municipalities)
    for number in range(1, scale.provinces + 1):
        kind = "省" if number <= 1 + scale.others else "直辖市"
        name = f"{STEMS[(number - 1) % 10]}{BRANCHES[(number - 1) % 12]}"
        top = Place(f"D{number:02d}0000", name + kind, Region.Level.PROVINCE, number * 10_000)
        if kind == "省":
            for n in range(1, prefectures[number - 1] + 1):
                below = next(first if number == 1 else counties)
                top.below.append(_prefecture(top, name, n, below))
        else:
            top.below = _counties(top, name, districts[number - scale.others - 2], "区")
        yield top


def _prefecture(top: Place, name: str, number: int, counties: int) -> Place:
    own = f"{name}{numeral(number)}市"
    place = Place(
        f"{top.code[:3]}{number:02d}00", own, Region.Level.PREFECTURE, top.order + number * 100, top
    )
    place.below = _counties(place, own, counties, "县")
    return place


def _counties(above: Place, name: str, count: int, kind: str) -> list[Place]:
    return [
        Place(
            f"{above.code[:5]}{n:02d}",
            f"{name}{numeral(n)}{kind}",
            Region.Level.COUNTY,
            above.order + n,
            above,
        )
        for n in range(1, count + 1)
    ]


def _shared(total: int, among: int) -> list[int]:
    """`total` in `among` parts that differ by one at most."""
    return [total // among + (n < total % among) for n in range(among)] if among else []


def numeral(number: int) -> str:
    """1 to 99 as they are read: 一, 十, 十二, 二十, 三十五."""
    tens, ones = divmod(number, 10)
    words = "" if not tens else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return words + (DIGITS[ones] if ones or not tens else "")
