"""What was done about obligations: by whom, when, with which evidence, by which act of the product."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch

from zhize.apps.documents.models import Evidence
from zhize.apps.regulations.models import Discharge
from zhize.kit.actor import Actor
from zhize.kit.things import ThingCard, ThingRef, resolve

COUNTING = (Discharge.State.CONFIRMED, Discharge.State.SUBMITTED)


@dataclass(frozen=True, slots=True)
class Done:
    """One thing handed in or recognised; `act` leads to what discharged, where the actor may see it."""

    discharge: Discharge
    act: ThingCard | None

    @property
    def evidence(self) -> list[Evidence]:
        return list(self.discharge.evidence.all())


def done_about(actor: Actor, obligation_ids: Iterable[int]) -> dict[int, list[Done]]:
    """By obligation, latest first. Two statements, and one for each sort of act, whatever the number of obligations."""
    evidence = Evidence.objects.system("rests under an obligation the actor sees").select_related("file")
    rows = list(
        Discharge.objects.system("belongs to obligations the actor sees")
        .filter(obligation_id__in=list(obligation_ids), state__in=COUNTING)
        .select_related("unit")
        .prefetch_related(Prefetch("evidence", queryset=evidence))
        .order_by("-submitted_at", "-pk")
    )
    cards = acts_of(actor, rows)
    found: dict[int, list[Done]] = {}
    for row in rows:
        found.setdefault(row.obligation_id, []).append(Done(row, cards.get(row.pk)))
    return found


def acts_of(actor: Actor, discharges: Iterable[Discharge]) -> dict[int, ThingCard]:
    """The act behind each discharge recognised by itself, by discharge: only those the actor may see."""
    refs = {d.pk: ThingRef(d.source_kind, d.source_id) for d in discharges if d.source_kind and d.source_id}
    cards = resolve(actor, set(refs.values()))
    return {pk: cards[ref] for pk, ref in refs.items() if ref in cards}
