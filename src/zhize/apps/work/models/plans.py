"""计划: what a unit means to do this year, and the plan the office makes of all of them; its items are in `plan_items`."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.orgs.models import Jurisdiction, Unit
from zhize.apps.orgs.models.mine import mine_q
from zhize.apps.requests.models import UnitRequest
from zhize.apps.years.models import WorkYear
from zhize.kit.actor import Actor
from zhize.kit.scope import NOTHING, ScopedModel
from zhize.kit.versioned import Versioned

COMMENTS = "requests.comments"

# Who sees what units hand in before it is accepted; the other units see it then, since from then on it is common work.
OVERSIGHT = (
    "leader",
    "office_director",
    "office_staff",
    "assessor",
    "inspector",
    "audit_admin",
    "external_auditor",
)


class Plan(ScopedModel, Versioned):
    """A plan of one year: of a member unit, of a region below (as handed in), or the one the office consolidates.

    `request` is the call it answers (none for a consolidated plan); `origin` the plan of the region's own jurisdiction
    that a handed-in one was taken from; `number` and `previous` make an issued plan's amendment a version of its own.
    """

    class Level(models.TextChoices):
        MEMBER = "member", _("单位计划")
        LOCAL = "local", _("地区方案")
        CONSOLIDATED = "consolidated", _("总计划")

    class State(models.TextChoices):
        DRAFT = "draft", _("编制中")
        SUBMITTED = "submitted", _("已报送")
        RETURNED = "returned", _("已退回")
        ACCEPTED = "accepted", _("已接收")
        PRESENTED = "presented", _("已报审")
        APPROVED = "approved", _("已审定")
        ISSUED = "issued", _("已印发")
        SUPERSEDED = "superseded", _("已修订")

    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name=_("辖区"), on_delete=models.PROTECT, related_name="plans"
    )
    year = models.ForeignKey(WorkYear, verbose_name=_("年度"), on_delete=models.PROTECT, related_name="plans")
    unit = models.ForeignKey(Unit, verbose_name=_("编制单位"), on_delete=models.PROTECT, related_name="plans")
    level = models.CharField(_("计划类别"), max_length=12, choices=Level)
    request = models.OneToOneField(
        UnitRequest,
        verbose_name=_("报送件"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="plan",
    )
    origin = models.ForeignKey(
        "self",
        verbose_name=_("本地计划"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="handed_up",
    )
    title = models.CharField(_("计划名称"), max_length=100)
    overview = models.TextField(_("总体要求"), max_length=4000, blank=True)
    number = models.PositiveSmallIntegerField(_("版次"), default=1)
    previous = models.ForeignKey(
        "self",
        verbose_name=_("上一版"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="later",
    )
    state = models.CharField(_("状态"), max_length=12, choices=State, default=State.DRAFT)
    created_at = models.DateTimeField(_("建立时间"))
    submitted_at = models.DateTimeField(_("报送时间"), null=True, blank=True)
    submitted_by = models.CharField(_("报送人"), max_length=80, blank=True)
    decided_at = models.DateTimeField(_("审核时间"), null=True, blank=True)
    decided_by = models.CharField(_("审核人"), max_length=80, blank=True)
    comment = models.CharField(_("审核意见"), max_length=500, blank=True)
    approved_on = models.DateField(_("审定日期"), null=True, blank=True)
    issued_on = models.DateField(_("印发日期"), null=True, blank=True)
    doc_no = models.CharField(_("文号"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("工作计划")
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "year", "number"],
                condition=Q(level="consolidated"),
                name="work_plan_consolidated_once",
            )
        ]
        indexes = [
            models.Index(fields=["jurisdiction", "year", "level", "state"], name="work_plan_state"),
            models.Index(fields=["unit", "year"], name="work_plan_unit"),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        return plan_q(actor)


def plan_q(actor: Actor, prefix: str = "") -> Q:
    """The own unit's (or one's it answers for) at any time; overseers what was handed in; the rest of the jurisdiction
    what was accepted or issued; units asked for comments the draft they are asked about; the jurisdictions right below what was issued: their own plans carry its items."""
    if actor.jurisdiction_id is None:
        return NOTHING
    state, level = f"{prefix}state", f"{prefix}level"
    below = Jurisdiction._base_manager.filter(pk=actor.jurisdiction_id).values("parent_id")
    issued = Q(**{f"{state}__in": [Plan.State.ISSUED, Plan.State.SUPERSEDED]})
    common = issued | Q(**{f"{state}__in": [Plan.State.ACCEPTED, Plan.State.APPROVED]})
    seen = ~Q(**{state: Plan.State.DRAFT}) if actor.has(*OVERSIGHT) else common
    home = Q(**{f"{prefix}jurisdiction_id": actor.jurisdiction_id}) & seen
    above = Q(**{f"{prefix}jurisdiction_id__in": below, level: Plan.Level.CONSOLIDATED}) & issued
    if actor.unit_id is None:
        return home | above
    rounds = UnitRequest._base_manager.filter(
        mine_q(actor), call__source_kind="work.plan", call__content=COMMENTS
    )
    asked = Q(**{f"{prefix}pk__in": rounds.values("call__source_id")})
    return home | above | asked | mine_q(actor, f"{prefix}unit")
