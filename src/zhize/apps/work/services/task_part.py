"""板块 of new tasks: where nobody says it, what the metric cards of their duties agree on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from zhize.apps.metrics.selectors import dimensions_of_duties

if TYPE_CHECKING:
    from zhize.apps.work.services.tasks import NewTask


def parts_from_duties(tasks: Sequence[NewTask]) -> list[NewTask]:
    """The tasks, those without a part given the one all cards of their duties belong to. At most one statement."""
    wanted = {pk for new in tasks if not new.part for pk in new.duty_ids}
    found = dimensions_of_duties(wanted) if wanted else {}
    return [new if new.part else replace(new, part=_agreed(new, found)) for new in tasks]


def _agreed(new: NewTask, found: dict[int, set[str]]) -> str:
    parts = {part for pk in new.duty_ids for part in found.get(pk, ())}
    return parts.pop() if len(parts) == 1 else ""
