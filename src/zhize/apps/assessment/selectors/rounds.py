"""Reads of rounds: lists, one with its objects, the matrix of scores."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from zhize.apps.assessment.models import (
    Appeal,
    Assessed,
    Entry,
    Freeze,
    Round,
    Score,
    Scorer,
    Veto,
)
from zhize.apps.documents.models import Evidence
from zhize.apps.orgs.models.mine import mine_q
from zhize.apps.orgs.selectors import served_by
from zhize.apps.years.selectors import days_after
from zhize.kit.actor import Actor
from zhize.kit.rules import rule
from zhize.kit.scope import ScopedQuerySet

WHOLE = "belongs to a round the caller may carry through"
SEEN = "belongs to an object the actor sees"


def rounds_listed(actor: Actor) -> ScopedQuerySet[Round]:
    """For lists, with how many objects there are and how many handed in."""
    rows: ScopedQuerySet[Round] = Round.objects.visible_to(actor)
    handed = Q(objects_assessed__self_state=Assessed.Self.SUBMITTED)
    return rows.select_related("jurisdiction", "year").annotate(  # type: ignore[return-value]
        objects_count=Count("objects_assessed"), handed_count=Count("objects_assessed", filter=handed)
    )


def round_by_pk(actor: Actor, pk: int) -> Round | None:
    rows: ScopedQuerySet[Round] = Round.objects.visible_to(actor)
    return rows.select_related("jurisdiction__region", "year").by_pk(pk)


def rounds_of_year(actor: Actor, year_id: int) -> list[Round]:
    return list(Round.objects.visible_to(actor).filter(year_id=year_id).order_by("created_at"))


def objects_seen(actor: Actor, round_: Round) -> list[Assessed]:
    """The objects of a round this actor may look into, in official order."""
    return list(_objects(Assessed.objects.visible_to(actor)).filter(round=round_))


def object_by_pk(actor: Actor, pk: int) -> Assessed | None:
    rows = Assessed.objects.visible_to(actor)
    return rows.select_related("unit__region", "round__jurisdiction", "round__year").by_pk(pk)


def own_object(actor: Actor, round_: Round) -> Assessed | None:
    """The object that the acting unit is, or answers for."""
    rows = Assessed.objects.visible_to(actor).filter(round=round_)
    mine = mine_q(actor)
    return rows.filter(mine).select_related("unit__region").first()


def objects_of(round_: Round) -> list[Assessed]:
    """All objects, for a service or for whoever carries the round through."""
    return list(_objects(Assessed.objects.system(WHOLE)).filter(round=round_))


def _objects(rows: ScopedQuerySet[Assessed]) -> QuerySet[Assessed]:
    return rows.select_related("unit__region").order_by("order", "pk")


def grades_public(round_: Round) -> list[Assessed]:
    """Names and grades as circulated: of a published round, for everybody who sees it."""
    rows = Assessed.objects.system("circulated: grades are no secret any more")
    return list(
        rows.filter(round=round_).order_by("order", "pk").only("name", "grade", "grade_label", "place")
    )


def entries_of(objects: Iterable[Assessed]) -> dict[int, list[Entry]]:
    """Entries by object, with their evidence: two statements whatever the number of objects."""
    rows = (
        Entry.objects.system(SEEN)
        .filter(assessed__in=[one.pk for one in objects])
        .prefetch_related(_evidence())
        .order_by("pk")
    )
    found: dict[int, list[Entry]] = defaultdict(list)
    for row in rows:
        found[row.assessed_id].append(row)
    return found


def entry_of(assessed: Assessed, code: str) -> Entry | None:
    rows = Entry.objects.system(SEEN).filter(assessed=assessed, code=code)
    return rows.prefetch_related(_evidence()).first()


def evidence_of(said: Entry | Appeal) -> list[Evidence]:
    """What an entry or an objection rests on, prefetched with it."""
    return list(said.evidence.all())


def _evidence() -> Prefetch[str]:
    rows = Evidence.objects.system(SEEN).select_related("file").order_by("pk")
    return Prefetch("evidence", queryset=rows)


def vetoes_of(objects: Iterable[Assessed]) -> dict[int, list[Veto]]:
    rows = Veto.objects.system(SEEN).filter(assessed__in=[one.pk for one in objects])
    found: dict[int, list[Veto]] = defaultdict(list)
    for row in rows.order_by("recorded_at", "pk"):
        found[row.assessed_id].append(row)
    return found


def scores_of(objects: Iterable[Assessed], *, depth: int | None = None) -> dict[int, list[Score]]:
    """Scores by object in the order of the table; `depth` 0: only the blocks. One statement."""
    rows = Score.objects.system(SEEN).filter(assessed__in=[one.pk for one in objects])
    if depth is not None:
        rows = rows.filter(depth__lte=depth).defer("trace")
    found: dict[int, list[Score]] = defaultdict(list)
    for row in rows.order_by("assessed_id", "order"):
        found[row.assessed_id].append(row)
    return found


def appeals_of(objects: Iterable[Assessed]) -> dict[int, list[Appeal]]:
    here = {one.pk: one for one in objects}
    rows = Appeal.objects.system(SEEN).filter(assessed__in=here)
    found: dict[int, list[Appeal]] = defaultdict(list)
    for row in rows.prefetch_related(_evidence()).order_by("filed_at", "pk"):
        row.assessed = here[row.assessed_id]
        found[row.assessed_id].append(row)
    return found


def appeal_by_pk(actor: Actor, pk: int) -> Appeal | None:
    rows = Appeal.objects.visible_to(actor).prefetch_related(_evidence())
    return rows.select_related(
        "assessed__unit", "assessed__round__jurisdiction", "assessed__round__year"
    ).by_pk(pk)


def units_served(actor: Actor, round_: Round) -> frozenset[int]:
    """The units of all posts the person holds, or held within the year: nobody judges what he answered for. One statement."""
    return served_by(actor).since(round_.year.starts_on)


def scorer_units(round_: Round) -> dict[str, str]:
    """Leaf → the name of the unit that scores it."""
    rows = Scorer.objects.system("whose business a criterion is").filter(round=round_).select_related("unit")
    return {code: row.unit.name for row in rows for code in row.codes}


def unchecked_counts(objects: Collection[Assessed]) -> dict[int, int]:
    """How many entries of each object still have nothing to score by. One statement."""
    rows = (
        Entry.objects.system(SEEN)
        .filter(assessed__in=[one.pk for one in objects], origin=Entry.Origin.NONE)
        .values_list("assessed_id")
        .annotate(n=Count("pk"))
        .order_by()
    )
    return dict(rows)


def counts_by_code(round_: Round) -> dict[str, tuple[int, int]]:
    """Leaf → how many objects have something to be scored by, of how many. One statement."""
    given = Count("pk", filter=~Q(origin=Entry.Origin.NONE))
    rows = Entry.objects.system(WHOLE).filter(assessed__round=round_).order_by()
    return {
        code: (done, total)
        for code, done, total in rows.values_list("code").annotate(done=given, n=Count("pk"))
    }


def entries_of_code(round_: Round, code: str) -> list[Entry]:
    """One criterion over all objects, in official order: three statements."""
    rows = Entry.objects.system(WHOLE).filter(assessed__round=round_, code=code)
    joined = rows.select_related("assessed__unit", "assessed__round__jurisdiction", "assessed__round__year")
    return list(joined.prefetch_related(_evidence()).order_by("assessed__order", "pk"))


def entry_by_pk(actor: Actor, pk: int) -> Entry | None:
    rows = Entry.objects.visible_to(actor).prefetch_related(_evidence())
    return rows.select_related(
        "assessed__unit__region", "assessed__round__jurisdiction", "assessed__round__year"
    ).by_pk(pk)


def appeals_waiting(round_: Round) -> int:
    rows = Appeal.objects.system(WHOLE).filter(assessed__round=round_, state=Appeal.State.FILED)
    return rows.count()


def veto_by_pk(actor: Actor, pk: int) -> Veto | None:
    rows = Veto.objects.visible_to(actor)
    return rows.select_related(
        "assessed__unit", "assessed__round__jurisdiction", "assessed__round__year"
    ).by_pk(pk)


def freeze_last(round_: Round) -> Freeze | None:
    """The sealed form in force."""
    return Freeze.objects.system("the seal of a round").filter(round=round_).order_by("-number").first()


def freezes_of(round_: Round) -> list[Freeze]:
    """Every seal of a round, oldest first."""
    rows = Freeze.objects.system("recomputing what was published").filter(round=round_)
    return list(rows.order_by("number"))


def rounds_sealed(pk: int | None = None) -> list[Round]:
    """Rounds whose result was sealed, for `zhize recompute`."""
    seals = Freeze.objects.system("recomputing what was published").filter(round=OuterRef("pk"))
    rows = Round.objects.system("recomputing what was published").filter(Exists(seals))
    if pk is not None:
        rows = rows.filter(pk=pk)
    return list(rows.select_related("jurisdiction", "year").order_by("pk"))


def self_due_offered(code: str, cut_off_on: date, today: date) -> date:
    """自评期限 as a new round offers it: so many working days (`self_days` of assessment/deadlines, as the jurisdiction with
    this code has set it) after the cut-off, after today where that day is past. The days of later stages follow when each
    begins."""
    days = int(rule("assessment/deadlines", on=today, jurisdiction=code)["self_days"])
    return days_after(max(cut_off_on, today), days)
