"""The methods of scoring a leaf, by kind. To add one: its class here, its row on the page, its cases."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from types import MappingProxyType

from ...kernel.errors import BadRule
from ...kernel.fields import Fields
from .bands import Bands
from .base import Method
from .bonus import Bonus
from .deduction import Deduction
from .difference import Difference
from .formula import Formula
from .items import Honours, Ledger
from .levels import Levels, Met
from .manual import Manual
from .on_time import OnTime
from .proportion import Proportion
from .rank import Rank
from .survey import Survey
from .tiers import Tiers

METHODS: Mapping[str, type[Method]] = MappingProxyType(
    {
        one.kind: one
        for one in (
            Proportion,
            Deduction,
            Bonus,
            Difference,
            Tiers,
            Bands,
            Rank,
            OnTime,
            Survey,
            Manual,
            Levels,
            Met,
            Honours,
            Ledger,
            Formula,
        )
    }
)


def method_from(data: object, where: str) -> Method:
    """The method of {kind: deduction, per: "0.5", …}. BadRule names the place and the nearest kind."""
    if not isinstance(data, Mapping):
        raise BadRule("这里应是一种计分方法", where=where, remedy="写成 {kind: 方法, …}")
    kind = data.get("kind")
    chosen = METHODS.get(kind) if isinstance(kind, str) else None
    if chosen is None:
        near = get_close_matches(str(kind), METHODS, n=1)
        hint = f"是否想写“{near[0]}”？" if near else ""
        raise BadRule(
            f"没有“{kind}”这种计分方法", where=f"{where}.kind", remedy=f"{hint}可选：{'、'.join(METHODS)}"
        )
    return chosen.read(Fields(data, ("kind", *chosen.options()), where))
