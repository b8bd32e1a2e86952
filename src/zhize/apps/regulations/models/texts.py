"""From text to duties: the clauses of a version, and the duties confirmed from them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.orgs.models import Jurisdiction, Unit
from zhize.apps.regulations.models.regulation import RegulationVersion
from zhize.kit.actor import Actor
from zhize.kit.scope import NOTHING, ScopedModel
from zhize.kit.several import MARK
from zhize.kit.versioned import Versioned


class Clause(ScopedModel):
    """条款: a node of the text as printed. `path` is the machine form (3.1.6), `label` the printed one (三（一）6)."""

    version = models.ForeignKey(RegulationVersion, on_delete=models.CASCADE, related_name="clauses")
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="children")
    path = models.CharField(_("条款号"), max_length=40)
    label = models.CharField(_("条款"), max_length=60)
    marker = models.CharField(_("编号"), max_length=20)
    level = models.PositiveSmallIntegerField()
    heading = models.CharField(_("标题"), max_length=300, blank=True)
    text = models.TextField(_("原文"), blank=True)
    holders_text = models.CharField(_("责任主体原文"), max_length=300, blank=True)
    order = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("条款")
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["version", "path"], name="regulations_clause_path")]

    def __str__(self) -> str:
        return self.label

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        if actor.jurisdiction_id is None:
            return NOTHING
        return Q(version__regulation__jurisdiction_id=actor.jurisdiction_id)


class Duty(ScopedModel, Versioned):
    """职责: what somebody must do, resting on one or more clause segments, of one nature."""

    class Nature(models.TextChoices):
        PERIODIC = "periodic", _("定期报送")
        ONCE = "once", _("一次性事项")
        COUNTED = "counted", _("台账自动认定")
        STANDING = "standing", _("常态履职")

    class Kind(models.TextChoices):
        PLAN = "plan", _("计划规划")
        REPORT = "report", _("报告总结")
        MEET = "meet", _("会议")
        ASSESS = "assess", _("考核评价")
        LICENSE = "license", _("许可认证")
        REGISTER = "register", _("登记建档")
        INSPECT = "inspect", _("检查检测")
        ENFORCE = "enforce", _("查处执法")
        SUPERVISE = "supervise", _("监督管理")
        PUBLISH = "publish", _("公布通报")
        WARN = "warn", _("预警应急")
        FUND = "fund", _("经费保障")
        STANDARD = "standard", _("标准政策")
        PROMOTE = "promote", _("宣传培训")
        BUILD = "build", _("建设指导")
        COORDINATE = "coordinate", _("统筹协调")
        OTHER = "other", _("其他")

    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name=_("辖区"), on_delete=models.PROTECT, related_name="duties"
    )
    code = models.CharField(_("职责编号"), max_length=40)
    title = models.CharField(_("职责"), max_length=60)
    text = models.TextField(_("职责原文"))
    kind = models.CharField(_("类别"), max_length=20, choices=Kind, default=Kind.OTHER)
    nature = models.CharField(_("性质"), max_length=12, choices=Nature)
    recurrence = models.JSONField(_("周期与期限"), default=dict, blank=True)
    rule = models.JSONField(_("认定规则"), default=dict, blank=True)
    rules_past = models.JSONField(
        _("以前的认定规则"),
        default=list,
        blank=True,
        help_text=_("各条只用于在其截止日之前开始的期间"),
    )
    sources = models.JSONField(
        _("认定来源"), default=list, blank=True, help_text=_("本系统内由哪些办结事项或台账自动认定")
    )
    is_common = models.BooleanField(_("共同职责"), default=False)
    flag = models.CharField(_("待核事项"), max_length=300, blank=True)
    order = models.PositiveIntegerField(_("顺序"), default=0)
    valid_from = models.DateField(_("自"), null=True, blank=True)
    valid_to = models.DateField(_("至"), null=True, blank=True)

    class Meta:
        verbose_name = _("职责")
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["jurisdiction", "code"], name="regulations_duty_code")]
        indexes = [models.Index(fields=["jurisdiction", "order", "id"], name="regulations_duty_order")]

    def __str__(self) -> str:
        return self.title

    @property
    def source_codes(self) -> str:
        """The sources as one text, as a field for several takes them (kit.several)."""
        return MARK.join(self.sources)


class DutyClause(models.Model):
    """The segment of a clause on which a duty rests."""

    duty = models.ForeignKey(Duty, on_delete=models.CASCADE, related_name="bases")
    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="duty_links")
    segment = models.PositiveSmallIntegerField(default=1)

    class Meta:
        verbose_name = _("职责依据")
        constraints = [
            models.UniqueConstraint(fields=["duty", "clause", "segment"], name="regulations_dutyclause_once")
        ]


class DutyHolder(models.Model):
    """Who holds a duty: a unit with its role, or a collective (各成员单位) that is multiplied out over members."""

    class Role(models.TextChoices):
        LEAD = "lead", _("牵头")
        JOINT = "joint", _("承担")
        SUPPORT = "support", _("配合")
        CO_ACT = "co_act", _("会同")
        GUIDE = "guide", _("指导")
        UNKNOWN = "unknown", _("未明确")

    class Collective(models.TextChoices):
        MEMBERS = "members", _("各成员单位")
        LOCALS = "locals", _("各地政府")
        OTHER = "other", _("其他集合主体")

    duty = models.ForeignKey(Duty, on_delete=models.CASCADE, related_name="holders")
    unit = models.ForeignKey(
        Unit,
        verbose_name=_("单位"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="duty_links",
    )
    collective = models.CharField(_("集合主体"), max_length=12, choices=Collective, blank=True)
    role = models.CharField(_("责任"), max_length=12, choices=Role, default=Role.JOINT)
    printed = models.CharField(_("文中名称"), max_length=80)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("责任主体")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["duty", "unit"],
                condition=Q(unit__isnull=False),
                name="regulations_dutyholder_unit_once",
            ),
            models.UniqueConstraint(
                fields=["duty", "collective"],
                condition=Q(unit__isnull=True),
                name="regulations_dutyholder_collective_once",
            ),
            models.CheckConstraint(
                condition=Q(unit__isnull=False) | ~Q(collective=""), name="regulations_dutyholder_someone"
            ),
        ]
