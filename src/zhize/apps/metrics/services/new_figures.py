"""A figure to be kept, and the trace a changed one leaves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from zhize.apps.metrics.models import Observation, Revision
from zhize.kit.actor import Actor

Key = tuple[int, int | None, int | None, date, date]
"""Card, region, unit, first and last day."""


class Locked(Enum):
    """What happens to a locked figure that would change."""

    REFUSE = "refuse"  # somebody enters it: the whole lot is refused
    KEEP = "keep"  # the product counts again: it stays as locked
    AMEND = "amend"  # one it rests on was corrected: it follows, as a version, and stays locked


@dataclass(frozen=True, slots=True)
class NewFigure:
    """A figure to be kept: of which card, for whom (a region or a unit; neither: the whole), over which days, from where."""

    card_id: int
    start: date
    end: date
    label: str
    value: Decimal | None
    origin: str
    region_id: int | None = None
    unit_id: int | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    state: str = Observation.State.FINAL
    given_by_id: int | None = None
    source_ref: str = ""
    source_url: str = ""
    source_words: str = ""
    note: str = ""

    @property
    def key(self) -> Key:
        return (self.card_id, self.region_id, self.unit_id, self.start, self.end)


def revision_of(
    row: Observation,
    before: dict[str, Any],
    number: int,
    reason: str,
    document: str,
    actor: Actor,
    now: datetime,
) -> Revision:
    """What changed, from the values before and the row as it is now; not saved yet."""
    return Revision(
        observation=row,
        number=number,
        state_before=before["state"],
        value_before=before["value"],
        value_after=row.value,
        counts_before=_plain(before["numerator"], before["denominator"]),
        counts_after=_plain(row.numerator, row.denominator),
        reason=(reason or "重新取数")[:300],
        document=document[:200],
        at=now,
        by=actor.name[:80],
    )


def _plain(*values: Decimal | None) -> list[str | None]:
    return [None if one is None else format(one.normalize(), "f") for one in values]
