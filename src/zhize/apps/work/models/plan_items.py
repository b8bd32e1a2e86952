"""计划事项: the items of plans, who takes part in them, and from which units' items a consolidated one was made."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.orgs.models import Unit
from zhize.apps.regulations.models import Duty
from zhize.apps.work.models.plans import Plan, plan_q
from zhize.kit.actor import Actor
from zhize.kit.scope import ScopedModel
from zhize.kit.versioned import Versioned


class PlanItem(ScopedModel, Versioned):
    """计划事项: one thing to be done, by whom, until when, and which duties it serves.

    `steps` holds a line each as `core.plans.steps` writes them; they become the steps of the task.
    `review` is the office's word on a unit's item; `carries` the item of the plan above that this one helps to fulfil;
    `copied_from` the item it was taken over from (last year's, or the region's own).
    """

    class Part(models.TextChoices):
        PRODUCT = "product", _("产品质量")
        ENGINEERING = "engineering", _("工程质量")
        SERVICE = "service", _("服务质量")
        ENVIRONMENT = "environment", _("环境质量")
        FOUNDATION = "foundation", _("质量基础")

    class Review(models.TextChoices):
        PENDING = "pending", _("待审")
        RETURNED = "returned", _("须修改")
        CORRECTED = "corrected", _("已修改")
        ACCEPTED = "accepted", _("已采纳")

    plan = models.ForeignKey(Plan, verbose_name=_("计划"), on_delete=models.PROTECT, related_name="items")
    order = models.PositiveIntegerField(_("序号"))
    part = models.CharField(_("板块"), max_length=12, choices=Part)
    title = models.CharField(_("工作事项"), max_length=60)
    goal = models.TextField(_("目标"), max_length=500)
    measure = models.TextField(_("措施"), max_length=2000)
    steps = models.TextField(_("步骤"), max_length=2000, blank=True)
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
