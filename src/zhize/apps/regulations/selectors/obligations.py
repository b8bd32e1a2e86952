"""Reads of obligations: lists with lights, one with its story, counts for overviews."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Count, F, Prefetch

from zhize.apps.documents.models import Evidence
from zhize.apps.regulations.models import Discharge, Obligation, Waiver, WaiverRequest
from zhize.apps.regulations.selectors.lights import UNSETTLED_Q, Light, bounds, light_of_row, light_q
from zhize.apps.years.models import WorkYear
from zhize.kit.actor import Actor
from zhize.kit.kept import kept
from zhize.kit.scope import ScopedQuerySet


def obligations_lit(actor: Actor) -> ScopedQuerySet[Obligation]:
    """What the actor may see, joined for lists: duty, unit, year, jurisdiction in the one statement."""
    return Obligation.objects.visible_to(actor).select_related(
        "duty", "unit", "year", "jurisdiction", "rolled_from"
    )


def obligation_by_pk(actor: Actor, pk: int) -> Obligation | None:
    return obligations_lit(actor).by_pk(pk)


def obligations_of_duty(actor: Actor, duty_id: int, year_id: int | None) -> list[Obligation]:
    """All of one duty in a year, in official order of the units."""
    rows = obligations_lit(actor).filter(duty_id=duty_id)
    if year_id:
        rows = rows.filter(year_id=year_id)
    return list(rows.order_by("unit__order", "period_start", "pk")[:500])


def obligations_of_duties(
    actor: Actor, duty_ids: list[int], year_id: int | None, unit_id: int | None = None
) -> dict[int, list[Obligation]]:
    """Of several duties in a year (of one unit only, where given), by duty, in official order of the units. One statement."""
    rows = obligations_lit(actor).filter(duty_id__in=duty_ids, year_id=year_id)
    if unit_id:
        rows = rows.filter(unit_id=unit_id)
    found: dict[int, list[Obligation]] = {}
    for row in rows.order_by("unit__region__order", "unit__order", "period_start", "pk")[:2000]:
        found.setdefault(row.duty_id, []).append(row)
    return found


def obligations_of_unit(actor: Actor, unit_id: int, year_id: int | None) -> list[Obligation]:
    """All a unit owes in a year, by due date, then in the order of the text."""
    rows = obligations_lit(actor).filter(unit_id=unit_id)
    if year_id:
        rows = rows.filter(year_id=year_id)
    return list(rows.order_by(F("due_on").asc(nulls_last=True), "duty__order", "pk")[:500])


def discharges_of(obligation: Obligation) -> list[Discharge]:
    """Everything handed in for it, newest first, with evidence and files: three statements."""
    evidence = Evidence.objects.system("belongs to a discharge the actor sees").select_related("file")
    return list(
        Discharge.objects.system("belongs to an obligation the actor sees")
        .filter(obligation=obligation)
        .select_related("unit")
        .prefetch_related(Prefetch("evidence", queryset=evidence))
        .order_by("-submitted_at", "-pk")
    )


def discharge_by_pk(actor: Actor, pk: int) -> Discharge | None:
    """One discharge of an obligation the actor sees."""
    seen = Obligation.objects.visible_to(actor).values("pk")
    rows = Discharge.objects.system("belongs to an obligation the actor sees").filter(obligation__in=seen)
    return rows.select_related("unit").by_pk(pk)


def evidence_of_discharge(discharge: Discharge) -> list[Evidence]:
    """What a discharge rests on, with the files; no statement where it came prefetched."""
    if "evidence" in getattr(discharge, "_prefetched_objects_cache", {}):
        return list(discharge.evidence.all())
    rows = Evidence.objects.system("belongs to a discharge the actor sees").filter(discharges=discharge)
    return list(rows.select_related("file").order_by("pk"))


def waivers_of(obligation: Obligation) -> list[Waiver]:
    """All waivers ever given for it, newest first."""
    return list(
        Waiver.objects.system("belongs to an obligation the actor sees")
        .filter(obligation=obligation)
        .order_by("-at")
    )


def waiver_requests_of(obligation: Obligation) -> list[WaiverRequest]:
    """All requests to be excused from it, newest first."""
    return list(
        WaiverRequest.objects.system("belongs to an obligation the actor sees")
        .filter(obligation=obligation)
        .order_by("-asked_at", "-pk")
    )


def light_counts(rows: ScopedQuerySet[Obligation], today: date) -> dict[str, int]:
    """How many of each light, in one statement."""
    day = bounds(today)
    counted = rows.aggregate(
        **{light.value: Count("pk", filter=light_q(light.value, day)) for light in Light}
    )
    return {light.value: counted[light.value] for light in Light}


def lights_kept(
    actor: Actor, rows: ScopedQuerySet[Obligation], year: WorkYear | None, now: datetime
) -> tuple[dict[str, int], datetime | None]:
    """The same for the rows of a year, at most a minute old where there are many; and then of which moment."""
    found = kept(
        f"regulations.lights:{year.pk if year else 0}", actor, now, lambda: light_counts(rows, now.date()),
        rows=lambda counts: sum(counts.values()),
    )  # fmt: skip
    return found.value, found.at


def lights_by_duty(
    actor: Actor, duty_ids: list[int], year_id: int | None, today: date
) -> dict[int, dict[str, int]]:
    """Per duty the number of obligations of each light this year: one statement whatever the number of duties."""
    if year_id is None or not duty_ids:
        return {}
    day = bounds(today)
    rows = (
        Obligation.objects.visible_to(actor)
        .filter(year_id=year_id, duty_id__in=duty_ids)
        .only("duty_id", "status", "due_on", "done_on")
    )
    found: dict[int, dict[str, int]] = {}
    for row in rows:
        counts = found.setdefault(row.duty_id, {})
        light = light_of_row(row, day).value
        counts[light] = counts.get(light, 0) + 1
    return found


def open_obligations_of(duty_ids: list[int]) -> int:
    """How many obligations of these duties still await somebody."""
    rows = Obligation.objects.system("left over from duties that ended")
    return rows.filter(UNSETTLED_Q, duty_id__in=duty_ids).count()
