"""Reads of recorded approvals."""

from __future__ import annotations

from collections.abc import Iterable

from zhize.apps.documents.models import Approval
from zhize.kit.things import ThingRef


def approvals_of(ref: ThingRef) -> list[Approval]:
    """The approvals of a thing the actor already sees, oldest first, with their scans. One statement."""
    rows = Approval.objects.system("of a thing the actor sees").filter(ref_kind=ref.kind, ref_id=ref.id)
    return list(rows.select_related("scan").order_by("on", "pk"))


def approvals_of_many(kind: str, ids: Iterable[int]) -> dict[int, list[Approval]]:
    """The same for many things of one kind the actor sees. One statement."""
    found: dict[int, list[Approval]] = {}
    rows = Approval.objects.system("of things the actor sees").filter(ref_kind=kind, ref_id__in=list(ids))
    for row in rows.select_related("scan").order_by("on", "pk"):
        found.setdefault(row.ref_id, []).append(row)
    return found
