"""Reads of matters raised for coordination: lights, lists, what a new one arises from, the pages above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhize.apps.documents.models import Approval, StoredFile
from zhize.apps.orgs.models import Jurisdiction, Membership, Unit
from zhize.apps.orgs.models.mine import mine_q
from zhize.apps.orgs.selectors import answers_for
from zhize.apps.orgs.selectors.units import in_force
from zhize.apps.regulations.models import Obligation
from zhize.apps.work.models import Matter, MatterStep, MatterUnit, PlanItem, Task, TaskProgress
from zhize.core.duties.lights import Boundaries, light_within
from zhize.core.duties.states import Progress
from zhize.core.workflow.coordination import PROGRESS
from zhize.kit.actor import Actor
from zhize.kit.contributions import Found
from zhize.kit.scope import NOTHING, ScopedQuerySet
from zhize.kit.things import ThingCard, ThingRef, resolve

KIND = "work.matter"
SEEN = "belongs to a matter the actor sees"


class MatterLight(models.TextChoices):
    """What a person sees: the value names shape and colour in the design system."""

    OVERDUE = "overdue", _("逾期")
    RETURNED = "returned", _("已退回")
    SOON = "soon", _("临期")
    CLAIMED = "claimed", _("待提请单位确认")
    NOT_DUE = "not_due", _("未到期")
    DONE = "done", _("已解决")
    DONE_LATE = "done_late", _("逾期解决")
    WAIVED = "waived", _("已撤回")


class MatterTally(models.TextChoices):
    """What sums count, each whatever its light."""

    LEFT = "left", _("未答复")
    ANSWERED = "answered", _("已答复")


_BY_WORD = {
    "逾期": MatterLight.OVERDUE,
    "已退回": MatterLight.RETURNED,
    "临期": MatterLight.SOON,
    "已报待确认": MatterLight.CLAIMED,
    "未到期": MatterLight.NOT_DUE,
    "已落实": MatterLight.DONE,
    "逾期落实": MatterLight.DONE_LATE,
    "免办": MatterLight.WAIVED,
}
_OPEN = [state for state, progress in PROGRESS.items() if progress is Progress.OPEN]
UNSETTLED = [*_OPEN, Matter.State.RETURNED.value]
"""Not answered yet."""


def matter_light(matter: Matter, day: Boundaries) -> MatterLight:
    """The light of a row already read: no query."""
    return _BY_WORD[light_within(PROGRESS[matter.state], matter.due_on, matter.answered_on, day).word]


def matter_light_q(light: str, day: Boundaries) -> Q:
    """The SQL condition of one light; holds exactly where `matter_light` gives it."""
    late = Q(due_on__lt=day.today)
    in_time = Q(due_on__isnull=True) | Q(due_on__gte=day.today)
    settled, after_due = Q(state=Matter.State.SETTLED), Q(answered_on__gt=F("due_on"))
    by_due = Q(due_on__isnull=True) | Q(answered_on__isnull=True) | Q(answered_on__lte=F("due_on"))
    conditions = {
        MatterLight.OVERDUE: Q(state__in=UNSETTLED) & late,
        MatterLight.RETURNED: Q(state=Matter.State.RETURNED) & in_time,
        MatterLight.SOON: Q(state__in=_OPEN, due_on__gte=day.today, due_on__lte=day.warn_until),
        MatterLight.NOT_DUE: Q(state__in=_OPEN) & (Q(due_on__isnull=True) | Q(due_on__gt=day.warn_until)),
        MatterLight.CLAIMED: Q(state=Matter.State.ANSWERED),
        MatterLight.DONE: settled & by_due,
        MatterLight.DONE_LATE: settled & after_due,
        MatterLight.WAIVED: Q(state=Matter.State.WITHDRAWN),
    }
    return conditions[MatterLight(light)] if light in MatterLight.values else NOTHING


def matter_tally_q(tally: str) -> Q:
    """The SQL condition of one sum."""
    answered = Q(state__in=[Matter.State.ANSWERED, Matter.State.SETTLED])
    return {MatterTally.LEFT: Q(state__in=UNSETTLED), MatterTally.ANSWERED: answered}.get(
        MatterTally(tally), NOTHING
    )


def matters_listed(actor: Actor) -> ScopedQuerySet[Matter]:
    """What the actor may see, with how many units were asked and how many replied."""
    rows = Matter.objects.visible_to(actor).select_related("jurisdiction", "year", "unit")
    counted: ScopedQuerySet[Matter] = rows.annotate(  # type: ignore[assignment]
        asked=Count("asked_rows"),
        replied=Count("asked_rows", filter=Q(asked_rows__replied_at__isnull=False)),
    )
    return counted


def matters_asked_of(actor: Actor) -> ScopedQuerySet[Matter]:
    """Those in which the acting unit, or one it answers for, is asked for its opinion."""
    mine = MatterUnit.objects.system("the units a hat answers for").filter(mine_q(actor))
    rows: ScopedQuerySet[Matter] = matters_listed(actor).filter(pk__in=mine.values("matter_id"))
    return rows


def matter_by_pk(actor: Actor, pk: int) -> Matter | None:
    rows = Matter.objects.visible_to(actor).select_related("jurisdiction", "year", "unit")
    return rows.by_pk(pk)


def asked_units_of(matter: Matter) -> list[MatterUnit]:
    """The units asked, in the order they were."""
    rows = MatterUnit.objects.system(SEEN).filter(matter=matter)
    return list(rows.select_related("unit").order_by("pk"))


def tasks_of(actor: Actor, matter: Matter) -> list[Task]:
    """The tasks its coordination came to, of what the actor sees. One statement."""
    rows = Task.objects.visible_to(actor).filter(source_kind=KIND, source_id=matter.pk)
    return list(rows.select_related("lead_unit").order_by("pk"))


def steps_of(matter: Matter) -> list[MatterStep]:
    """Its story, newest first."""
    return list(MatterStep.objects.system(SEEN).filter(matter=matter).order_by("-at", "-pk"))


def matter_cards(actor: Actor, ids: list[int]) -> dict[int, ThingCard]:
    rows = Matter.objects.visible_to(actor).filter(pk__in=ids)
    return {m.pk: ThingCard(ThingRef(KIND, m.pk), m.title, reverse("work:matter", args=[m.pk])) for m in rows}


def find_matters(actor: Actor, words: str, limit: int) -> list[Found]:
    """Matters by title or by what the problem is."""
    rows = Matter.objects.visible_to(actor).select_related("unit")
    rows = rows.filter(Q(title__icontains=words) | Q(problem__icontains=words))
    return [
        Found(m.title, f"{m.unit.name} {m.get_state_display()}", reverse("work:matter", args=[m.pk]))
        for m in rows.order_by("-pk")[:limit]
    ]


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a matter may be raised: the office of which jurisdiction, in the name of which unit."""

    jurisdiction: Jurisdiction
    unit: Unit

    @property
    def key(self) -> str:
        return f"{self.jurisdiction.pk}-{self.unit.pk}"


def desks_of(actor: Actor, today: date) -> list[Desk]:
    """The own office in the name of the own unit; the office above in the name of a unit that belongs there. Two statements."""
    unit = actor.unit_id or 0
    own = Unit.objects.system("the acting unit").by_pk(unit)
    if own is None or actor.jurisdiction_id is None:
        return []
    rows = Membership.objects.system("where the own units belong").filter(mine_q(actor), in_force(today))
    found = {
        (row.jurisdiction_id, row.unit_id): Desk(row.jurisdiction, row.unit)
        for row in rows.select_related("jurisdiction", "unit").order_by("pk")
    }
    home = Jurisdiction.objects.system("the acting hat's own").get(pk=actor.jurisdiction_id)
    found = {(home.pk, own.pk): Desk(home, own)} | found
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Origin:
    """What a matter arises from: its card, whose it is, and what is known of the problem."""

    card: ThingCard
    jurisdiction_id: int
    unit_id: int
    problem: str = ""


def origin_of(actor: Actor, ref: ThingRef) -> Origin | None:
    """A task, plan item or obligation the actor sees and whose unit the actor answers for; else None. Three statements at
    most."""
    card = resolve(actor, [ref]).get(ref)
    if card is None:
        return None
    if ref.kind == "work.task":
        return _of_task(actor, card)
    if ref.kind == "work.plan_item":
        item = PlanItem.objects.system("seen through its card").select_related("plan__unit").get(pk=ref.id)
        owner, jurisdiction_id = item.plan.unit, item.plan.jurisdiction_id
    elif ref.kind == "regulations.obligation":
        row = Obligation.objects.system("seen through its card").select_related("unit").get(pk=ref.id)
        owner, jurisdiction_id = row.unit, row.jurisdiction_id
    else:
        return None
    return Origin(card, jurisdiction_id, owner.pk) if answers_for(actor, owner) else None


def _of_task(actor: Actor, card: ThingCard) -> Origin | None:
    """The lead unit's, or of a unit that takes part; with the difficulties it reported last."""
    task = Task.objects.system("seen through its card").get(pk=card.ref.id)
    units = Unit.objects.system("who works on the task").filter(Q(task_links__task=task), mine_q(actor, ""))
    unit = units.order_by("pk").first()
    if unit is None:
        return None
    said = TaskProgress.objects.system("of a task the actor works on").filter(
        task=task, unit_id__in=(unit.pk, actor.unit_id or 0)
    )
    last = said.exclude(difficulties="").order_by("-at", "-pk").values_list("difficulties", flat=True).first()
    return Origin(card, task.jurisdiction_id, unit.pk, last or "")


def desk_of_origin(origin: Origin) -> list[Desk]:
    """The office the thing belongs to, in the name of the unit whose it is. Two statements."""
    home = Jurisdiction.objects.system("where the thing belongs").get(pk=origin.jurisdiction_id)
    return [Desk(home, Unit.objects.system("whose the thing is").get(pk=origin.unit_id))]


def scan_of(actor: Actor, pk: int) -> StoredFile | None:
    """The scan of an instruction about a matter the actor sees. One statement."""
    rows = Approval.objects.system("of a matter the actor sees").filter(
        pk=pk, ref_kind=KIND, ref_id__in=Matter.objects.visible_to(actor).values("pk")
    )
    row = rows.select_related("scan").first()
    return row.scan if row else None


def open_matter_of(ref: ThingRef, unit_ids: Sequence[int]) -> Matter | None:
    """The matter that these units already raised about a thing and that is not settled. One statement."""
    rows = Matter.objects.system("nobody raises the same twice").filter(
        ref_kind=ref.kind, ref_id=ref.id, unit_id__in=list(unit_ids)
    )
    return rows.filter(state__in=[*UNSETTLED, Matter.State.ANSWERED]).order_by("-pk").first()
