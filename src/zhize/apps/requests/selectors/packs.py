"""Reads of packs: the workbooks of a call, and what was returned of them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from zhize.apps.requests.models import Call, PackFile, PackRun, UnitRequest
from zhize.apps.requests.selectors.lights import MISSING
from zhize.apps.requests.selectors.replies import requests_listed
from zhize.kit.actor import Actor
from zhize.kit.scope import ScopedQuerySet


def packs_due(actor: Actor, call: Call) -> ScopedQuerySet[UnitRequest]:
    """The answers of a call that are still to be handed in, in official order."""
    rows: ScopedQuerySet[UnitRequest] = requests_listed(actor).filter(call=call, state__in=MISSING)
    return rows.order_by("unit__region__order", "unit__order", "pk")


def pack_run_by_pk(actor: Actor, pk: int) -> PackRun | None:
    rows = PackRun.objects.visible_to(actor)
    return rows.select_related("call__jurisdiction", "call__year", "jurisdiction").by_pk(pk)


@dataclass(frozen=True, slots=True)
class RunLine:
    """A drop in the list on a call's page."""

    run: PackRun
    files: int
    taken: int


def pack_runs_of(actor: Actor, call: Call) -> list[RunLine]:
    """The latest drops of a call, newest first, at most twenty. Two statements."""
    runs = list(PackRun.objects.visible_to(actor).filter(call=call).order_by("-pk")[:20])
    counted = (
        PackFile.objects.visible_to(actor)
        .filter(run__in=[run.pk for run in runs])
        .order_by()
        .values_list("run_id", "verdict")
        .annotate(number=Count("pk"))
    )
    numbers: dict[tuple[int, str], int] = {(run, verdict): number for run, verdict, number in counted}
    return [
        RunLine(
            run,
            sum(number for (pk, _verdict), number in numbers.items() if pk == run.pk),
            numbers.get((run.pk, PackFile.Verdict.TAKEN), 0),
        )
        for run in runs
    ]


def pack_files_listed(actor: Actor) -> ScopedQuerySet[PackFile]:
    rows: ScopedQuerySet[PackFile] = PackFile.objects.visible_to(actor)
    return rows.select_related("request__unit", "request__call", "run")


def pack_counts(actor: Actor, run: PackRun) -> dict[str, int]:
    """How many files stand at each verdict. One statement."""
    rows = PackFile.objects.visible_to(actor).filter(run=run).order_by().values_list("verdict")
    return dict(rows.annotate(number=Count("pk")))


def pack_conflicts(actor: Actor, run: PackRun) -> list[PackFile]:
    """The files of a drop a person must decide on. One statement."""
    rows = pack_files_listed(actor).filter(run=run, verdict=PackFile.Verdict.CONFLICT)
    return list(rows.order_by("pk"))
