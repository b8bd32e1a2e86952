"""指标数据: a value of a card, for whom, over which days, from where; and every value it had before."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.metrics.models.cards import Card
from zhize.apps.orgs.models import Jurisdiction, Region, Unit
from zhize.apps.orgs.models.mine import mine_q
from zhize.kit.actor import Actor
from zhize.kit.scope import NOTHING, ScopedModel
from zhize.kit.versioned import Versioned

PLACES = 8
"""Decimals kept of a value; what is beyond is cut off, not rounded, so that rounding at publication stays the only one."""
DIGITS = 24


COLLECTORS = ("office_director", "office_staff")


def collected_q(actor: Actor) -> Q:
    """Which rows with a card may be seen among the jurisdiction's: all by its office, else those that identify nobody."""
    return Q() if actor.is_system or actor.has(*COLLECTORS) else Q(card__identifiable=False)


class Subject(ScopedModel):
    """Base of what is said about a region or a unit. The whole jurisdiction is its own region."""

    region = models.ForeignKey(
        Region, verbose_name=_("地区"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("单位"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        abstract = True


def one_per_subject(name: str, *fields: str) -> list[models.BaseConstraint]:
    """One row a region or unit, and always exactly one of the two."""
    return [
        models.UniqueConstraint(
            fields=["jurisdiction", "card", "region", *fields],
            condition=Q(region__isnull=False),
            name=f"{name}_region",
        ),
        models.UniqueConstraint(
            fields=["jurisdiction", "card", "unit", *fields],
            condition=Q(unit__isnull=False),
            name=f"{name}_unit",
        ),
        models.CheckConstraint(
            condition=Q(region__isnull=True, unit__isnull=False) | Q(region__isnull=False, unit__isnull=True),
            name=f"{name}_subject",
            violation_error_message=_("一个数属于一个地区或一个单位，二者取一"),
        ),
    ]


class Observation(Subject, Versioned):
    """A figure in force. Both days inclusive; an empty value says that there is none (未发生、未统计), with the note.

    `given_by` reported it and therefore sees it; `source_ref` is the thing behind it (ThingRef as text), `source_url`
    the rows it counts, `source_words` the document it was printed in.
    """

    class State(models.TextChoices):
        PROVISIONAL = "provisional", _("初步数")
        FINAL = "final", _("正式数")
        LOCKED = "locked", _("已锁定")

    class Origin(models.TextChoices):
        COLLECTED = "collected", _("征集填报")
        IMPORTED = "imported", _("导入文件")
        COMPUTED = "computed", _("公式计算")
        COUNTED = "counted", _("系统计数")
        PUBLISHED = "published", _("公开发布")

    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name=_("辖区"), on_delete=models.PROTECT, related_name="observations"
    )
    card = models.ForeignKey(
        Card, verbose_name=_("指标"), on_delete=models.PROTECT, related_name="observations"
    )
    period_start = models.DateField(_("期间起"))
    period_end = models.DateField(_("期间止"))
    period_label = models.CharField(_("期间"), max_length=40)
    value = models.DecimalField(_("数值"), max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True)
    numerator = models.DecimalField(
        _("分子"), max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True
    )
    denominator = models.DecimalField(
        _("分母"), max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True
    )
    state = models.CharField(_("状态"), max_length=12, choices=State, default=State.PROVISIONAL)
    origin = models.CharField(_("取得方式"), max_length=10, choices=Origin)
    given_by = models.ForeignKey(
        Unit, verbose_name=_("填报单位"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    source_ref = models.CharField(max_length=80, blank=True)
    source_url = models.CharField(max_length=300, blank=True)
    source_words = models.CharField(_("数据出处"), max_length=300, blank=True)
    note = models.CharField(_("说明"), max_length=300, blank=True)
    recorded_at = models.DateTimeField(_("入库时间"))
    recorded_by = models.CharField(_("入库人"), max_length=80)

    class Meta:
        verbose_name = _("指标数据")
        constraints = [
            *one_per_subject("metrics_observation", "period_start", "period_end"),
            models.CheckConstraint(
                condition=Q(period_end__gte=models.F("period_start")),
                name="metrics_observation_dates",
                violation_error_message=_("期间止不能早于期间起"),
            ),
        ]
        indexes = [
            models.Index(fields=["jurisdiction", "card", "period_end"], name="metrics_ob_series"),
            models.Index(fields=["jurisdiction", "-period_end", "id"], name="metrics_ob_list"),
            models.Index(fields=["-period_end", "card", "id"], name="metrics_ob_newest"),
            models.Index(fields=["given_by"], name="metrics_ob_given"),
        ]

    def __str__(self) -> str:
        return f"{self.card_id}/{self.region_id or self.unit_id}/{self.period_label}"

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        """The own jurisdiction's, and what the acting unit (or one it answers for) reported to another.

        Identifiable ones only to the office that collected them and to who gave them.
        """
        if actor.jurisdiction_id is None:
            return NOTHING
        own = Q(jurisdiction_id=actor.jurisdiction_id) & collected_q(actor)
        return own | mine_q(actor, "given_by")


class Revision(ScopedModel):
    """更正: the value a figure had before, what it became, why and by which document. Never changed."""

    observation = models.ForeignKey(
        Observation, verbose_name=_("指标数据"), on_delete=models.PROTECT, related_name="revisions"
    )
    number = models.PositiveIntegerField(_("更正序号"))
    state_before = models.CharField(_("更正前状态"), max_length=12, choices=Observation.State)
    value_before = models.DecimalField(
        _("更正前"), max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True
    )
    value_after = models.DecimalField(
        _("更正后"), max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True
    )
    counts_before = models.JSONField(_("更正前分子分母"), default=list)
    counts_after = models.JSONField(_("更正后分子分母"), default=list)
    reason = models.CharField(_("更正理由"), max_length=300)
    document = models.CharField(_("更正依据"), max_length=200, blank=True)
    at = models.DateTimeField(_("更正时间"))
    by = models.CharField(_("更正人"), max_length=80)

    class Meta:
        verbose_name = _("数据更正")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["observation", "number"], name="metrics_revision_once")
        ]

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        seen = Observation.objects.visible_to(actor)
        return Q(observation_id__in=seen.values("pk"))
