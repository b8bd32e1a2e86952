"""指标卡: what a figure means, and where it comes from; every wording of it is kept as a dated version."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.orgs.models import Jurisdiction
from zhize.kit.actor import Actor
from zhize.kit.field_data import two_languages
from zhize.kit.scope import NOTHING, ScopedModel, ScopedQuerySet
from zhize.kit.versioned import Versioned


def above(actor: Actor) -> ScopedQuerySet[Jurisdiction]:
    """The jurisdiction above the acting one, for a condition in SQL."""
    rows = Jurisdiction.objects.system("cards and targets come down from the jurisdiction above")
    return rows.filter(children=actor.jurisdiction_id)


class Card(ScopedModel, Versioned):
    """A metric card as it stands in its newest version. `jurisdiction` is empty for cards shipped with the rules.

    `expression` counts where `source` is computed, `measure` where it is counted. `over_time` and `over_regions` say
    how parts become a whole (core.metrics.combine); `checks` are rules of core.metrics.checks, `alerts` of core.metrics.alerts; `sample` names the method
    by which a share that comes from a sample has an interval. Figures of an `identifiable` card name single respondents:
    only who gave and who collected them sees them, and they serve nothing but statistics (Statistics Law of 2009, art. 25).
    """

    class Dimension(models.TextChoices):
        PRODUCT = "product", _("产品质量")
        ENGINEERING = "engineering", _("工程质量")
        SERVICE = "service", _("服务质量")
        ENVIRONMENT = "environment", _("环境质量")
        FOUNDATION = "foundation", _("质量基础")

    class Direction(models.TextChoices):
        HIGHER = "higher", _("越高越好")
        LOWER = "lower", _("越低越好")
        RANGE = "range", _("在区间内为好")

    class Frequency(models.TextChoices):
        MONTH = "month", _("每月")
        QUARTER = "quarter", _("每季度")
        HALF = "half", _("每半年")
        YEAR = "year", _("每年")

    class Source(models.TextChoices):
        COLLECTED = "collected", _("征集填报")
        IMPORTED = "imported", _("导入文件")
        COMPUTED = "computed", _("公式计算")
        MEASURE = "measure", _("系统计数")

    class Statistics(models.TextChoices):
        INCLUDED = "included", _("已纳入统计范围")
        PLANNED = "planned", _("拟纳入统计范围")
        OUTSIDE = "outside", _("未纳入统计范围")

    class Combine(models.TextChoices):
        SUM = "sum", _("相加")
        RATE = "rate", _("分子分母分别相加后求比")
        WEIGHTED = "weighted", _("加权平均")
        LAST = "last", _("取最后一期")
        NONE = "none", _("不合并")

    class Sample(models.TextChoices):
        """How the interval of a figure from a sample is found; the values are ids of methods (core.sampling.pass_rate)."""

        WILSON = "sampling.pass_rate.wilson.v1", _("威尔逊区间")
        WILSON_CC = "sampling.pass_rate.wilson_cc.v1", _("威尔逊区间（连续性校正）")
        CLOPPER_PEARSON = "sampling.pass_rate.clopper_pearson.v1", _("克洛珀—皮尔逊精确区间")
        JEFFREYS = "sampling.pass_rate.jeffreys.v1", _("杰弗里斯区间")

    jurisdiction = models.ForeignKey(
        Jurisdiction,
        verbose_name=_("辖区"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="metric_cards",
    )
    code = models.CharField(_("指标代码"), max_length=60)
    name = models.CharField(_("指标名称"), max_length=80)
    name_en = models.CharField(_("英文名称"), max_length=160, blank=True)
    dimension = models.CharField(_("方面"), max_length=12, choices=Dimension)
    definition = models.TextField(_("含义"), max_length=1000)
    formula = models.CharField(_("计算方法"), max_length=400, blank=True)
    unit = models.CharField(_("计量单位"), max_length=20, blank=True)
    decimals = models.PositiveSmallIntegerField(_("小数位数"), default=1)
    direction = models.CharField(_("方向"), max_length=8, choices=Direction, default=Direction.HIGHER)
    frequency = models.CharField(_("频率"), max_length=8, choices=Frequency, default=Frequency.YEAR)
    levels = models.JSONField(_("适用层级"), default=list, blank=True)
    source = models.CharField(_("来源"), max_length=10, choices=Source)
    expression = models.CharField(_("公式"), max_length=500, blank=True)
    measure = models.CharField(_("计数代码"), max_length=80, blank=True)
    source_body = models.CharField(_("数据来源单位"), max_length=120, blank=True)
    basis = models.CharField(_("依据"), max_length=300, blank=True)
    statistics = models.CharField(
        _("统计范围"), max_length=10, choices=Statistics, default=Statistics.OUTSIDE
    )
    statistics_document = models.CharField(_("纳入统计的文件"), max_length=200, blank=True)
    over_time = models.CharField(_("跨期合并"), max_length=10, choices=Combine, default=Combine.NONE)
    over_regions = models.CharField(_("跨地区合并"), max_length=10, choices=Combine, default=Combine.NONE)
    sample = models.CharField(_("抽样推断"), max_length=48, choices=Sample, blank=True)
    checks = models.JSONField(_("审核规则"), default=list, blank=True)
    alerts = models.JSONField(_("预警规则"), default=list, blank=True)
    identifiable = models.BooleanField(_("能识别单个调查对象"), default=False)
    order = models.PositiveIntegerField(_("顺序"), default=0)
    number = models.PositiveIntegerField(_("版次"), default=1)
    valid_from = models.DateField(_("启用日期"))
    citation = models.CharField(_("出处"), max_length=300)
    is_retired = models.BooleanField(_("已停用"), default=False)

    class Meta:
        verbose_name = _("指标卡")
        ordering = ["order", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=Q(jurisdiction__isnull=True), name="metrics_card_shared_code"
            ),
            models.UniqueConstraint(fields=["jurisdiction", "code"], name="metrics_card_code"),
        ]
        indexes = [models.Index(fields=["dimension", "order"], name="metrics_card_dimension")]

    def __str__(self) -> str:
        return str(two_languages(self.name, self.name_en))

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        """Shipped cards, the own jurisdiction's, and those of the one above, whose figures are asked for here."""
        if actor.jurisdiction_id is None:
            return NOTHING
        return (
            Q(jurisdiction__isnull=True)
            | Q(jurisdiction_id=actor.jurisdiction_id)
            | Q(jurisdiction_id__in=above(actor).values("pk"))
        )


class CardVersion(ScopedModel):
    """One wording of a card from a day on: never changed, never deleted. `body` holds the fields as they were."""

    card = models.ForeignKey(
        Card, verbose_name=_("指标卡"), on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveIntegerField(_("版次"))
    valid_from = models.DateField(_("启用日期"))
    body = models.JSONField(_("内容"))
    citation = models.CharField(_("出处"), max_length=300)
    reason = models.CharField(_("修订理由"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("登记时间"))
    created_by = models.CharField(_("登记人"), max_length=80)

    class Meta:
        verbose_name = _("指标卡版本")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["card", "number"], name="metrics_cardversion_once")]

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        seen = Card.objects.visible_to(actor)
        return Q(card_id__in=seen.values("pk"))


class CardDuty(models.Model):
    """Which duty of the register a card speaks about, by the duty's code, so that a shipped card serves every register."""

    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="duties")
    duty_code = models.CharField(_("职责编号"), max_length=60)

    class Meta:
        verbose_name = _("指标对应的职责")
        constraints = [models.UniqueConstraint(fields=["card", "duty_code"], name="metrics_cardduty_once")]
        indexes = [models.Index(fields=["duty_code"], name="metrics_cardduty_code")]
