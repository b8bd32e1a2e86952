"""Burden (减负): what a call costs those below before it is sent (method `requests.burden`). See docs/algorithms/burden.md."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..kernel.errors import BadFact
from ..kernel.fields import Fields


@dataclass(frozen=True, slots=True)
class Burden:
    """Units × fields × times. `times`: how often these are asked in the year, this call included.

    `prefilled` fields are filled in by the product (from the unit's own data, or its last answer); a person only checks
    them. `repeated` names the fields that another call of the year asks the same units.
    """

    units: int
    fields: int
    times: int = 1
    prefilled: int = 0
    repeated: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if min(self.units, self.fields, self.prefilled) < 0 or self.times < 1:
            raise BadFact(
                "数目不能是负数，次数至少为 1", where="burden", remedy="请核对单位数、填报项数和次数"
            )
        if self.prefilled > self.fields:
            raise BadFact(
                f"预填 {self.prefilled} 项，多于填报项 {self.fields} 项", where="prefilled", remedy="请核对"
            )

    @property
    def once(self) -> int:
        """Fields all units together fill in for this call."""
        return self.units * self.fields

    @property
    def year(self) -> int:
        """The same over the year."""
        return self.once * self.times

    @property
    def share(self) -> Decimal | None:
        """Share of the fields that are pre-filled, exact; None where the call has no field."""
        return Decimal(self.prefilled) / Decimal(self.fields) if self.fields else None


def repeated(asked: Sequence[str], elsewhere: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The labels of this call that another call asks too, in their order. Compared without spaces and brackets' contents."""
    known = {plain(label) for other in elsewhere for label in other}
    return tuple(label for label in asked if plain(label) in known)


def plain(label: str) -> str:
    """抽查批次（批） and 抽查 批次 are one question."""
    head = label.split("（")[0].split("(")[0]
    return "".join(head.split())


def calc_burden(data: object) -> dict[str, object]:
    """Method `requests.burden`: plain data in, plain data out."""
    fields = Fields(data, ("units", "labels", "times", "prefilled", "elsewhere"))
    labels = [str(one) for one, _place in fields.items("labels")]
    others = [[str(label) for label in _list(one)] for one, _place in fields.items("elsewhere")]
    burden = Burden(
        units=fields.integer("units", 0, 100_000),
        fields=len(labels),
        times=fields.integer("times", 1, 366, 1),
        prefilled=fields.integer("prefilled", 0, 10_000, 0),
        repeated=repeated(labels, others),
    )
    return {
        "once": burden.once,
        "year": burden.year,
        "share": None if burden.share is None else format(round(burden.share, 4), "f"),
        "repeated": list(burden.repeated),
    }


def _list(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else []
