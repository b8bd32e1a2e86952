"""计划: what a unit means to do this year, item by item, and the plan the office makes of all of them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.orgs.models import Jurisdiction, Unit
from zhize.apps.regulations.models import Duty
from zhize.apps.requests.models import UnitRequest
from zhize.apps.years.models import WorkYear
from zhize.kit.actor import Actor
from zhize.kit.scope import NOTHING, ScopedModel
from zhize.kit.versioned import Versioned

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
    what was accepted or issued; the jurisdictions right below what was issued: their own plans carry its items."""
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
    return (
        home
        | above
        | Q(**{f"{prefix}unit_id": actor.unit_id})
        | Q(**{f"{prefix}unit__answers_through_id": actor.unit_id})
    )


class PlanItem(ScopedModel, Versioned):
    """计划事项: one thing to be done, by whom, until when, and which duties it serves.

    `review` is the office's word on a unit's item; `carries` the item of the plan above that this one helps to fulfil;
    `copied_from` the item it was taken over from (last year's, or the region's own).
    """

    class Part(models.TextChoices):
        PRODUCT = "product", _("产品质量")
        ENGINEERING = "engineering", _("工程质量")
        SERVICE = "service", _("服务质量")
        ENVIRONMENT = "environment", _("环境质量")
        BASIS = "basis", _("质量基础与保障")

    class Review(models.TextChoices):
        PENDING = "pending", _("待审")
        RETURNED = "returned", _("退回修改")
        CORRECTED = "corrected", _("已修改")
        ACCEPTED = "accepted", _("已采纳")

    plan = models.ForeignKey(Plan, verbose_name=_("计划"), on_delete=models.PROTECT, related_name="items")
    order = models.PositiveIntegerField(_("序号"))
    part = models.CharField(_("板块"), max_length=12, choices=Part)
    title = models.CharField(_("工作事项"), max_length=60)
    goal = models.TextField(_("目标"), max_length=500)
    measure = models.TextField(_("措施"), max_length=2000)
    due_on = models.DateField(_("完成时限"))
    lead_unit = models.ForeignKey(
        Unit, verbose_name=_("牵头单位"), on_delete=models.PROTECT, related_name="plan_items"
    )
    support_units = models.ManyToManyField(
        Unit, verbose_name=_("配合单位"), through="PlanItemUnit", related_name="+"
    )
    duties = models.ManyToManyField(Duty, verbose_name=_("对应职责"), blank=True, related_name="plan_items")
    person = models.CharField(_("责任人"), max_length=40, blank=True)
    target = models.CharField(_("指标要求"), max_length=200, blank=True)
    card_code = models.CharField(_("指标代码"), max_length=60, blank=True)
    base_value = models.DecimalField(_("基期值"), max_digits=18, decimal_places=4, null=True, blank=True)
    target_value = models.DecimalField(_("目标值"), max_digits=18, decimal_places=4, null=True, blank=True)
    money = models.DecimalField(_("经费（万元）"), max_digits=14, decimal_places=2, null=True, blank=True)
    carries = models.ForeignKey(
        "self",
        verbose_name=_("承接上级事项"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="carried_by",
    )
    copied_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="copies"
    )
    review = models.CharField(_("审核"), max_length=12, choices=Review, default=Review.PENDING)
    comment = models.CharField(_("退回意见"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("计划事项")
        ordering = ["plan", "order", "pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "order"], name="work_planitem_order")]
        indexes = [models.Index(fields=["lead_unit", "due_on"], name="work_planitem_lead")]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        return plan_q(actor, "plan__")

    @property
    def support_names(self) -> str:
        """省财政厅、省统计局: the supporting units in official order. Reads the prefetched units."""
        return self._named("support")

    @property
    def co_act_names(self) -> str:
        """The units that act together with the lead. Reads the prefetched units."""
        return self._named("co_act")

    @property
    def duty_codes(self) -> str:
        """3.1.1#1、3.2#1, in the order of the register. Reads the prefetched duties."""
        return "、".join(duty.code for duty in self.duties.all())

    def _named(self, role: str) -> str:
        return "、".join(link.unit.name for link in self.supports.all() if link.role == role)


class PlanItemUnit(models.Model):
    """A unit that takes part in an item beside the lead, and how."""

    class Role(models.TextChoices):
        SUPPORT = "support", _("配合")
        CO_ACT = "co_act", _("会同")

    item = models.ForeignKey(PlanItem, on_delete=models.CASCADE, related_name="supports")
    unit = models.ForeignKey(Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("责任"), max_length=8, choices=Role, default=Role.SUPPORT)

    class Meta:
        verbose_name = _("参与单位")
        ordering = ["unit__order", "pk"]
        constraints = [models.UniqueConstraint(fields=["item", "unit"], name="work_planitemunit_once")]


class PlanItemSource(models.Model):
    """From which units' items an item of the consolidated plan was made; several where they were merged."""

    item = models.ForeignKey(PlanItem, on_delete=models.CASCADE, related_name="source_links")
    source = models.ForeignKey(PlanItem, on_delete=models.PROTECT, related_name="taken_links")

    class Meta:
        verbose_name = _("事项来源")
        constraints = [models.UniqueConstraint(fields=["item", "source"], name="work_planitemsource_once")]
