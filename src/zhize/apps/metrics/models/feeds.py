"""来源系统: a national system of a department whose exported file is read every period by a mapping kept here."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.documents.models import Evidence
from zhize.apps.orgs.models import Jurisdiction
from zhize.kit.actor import Actor
from zhize.kit.scope import NOTHING, ScopedModel
from zhize.kit.versioned import Versioned


class Feed(ScopedModel, Versioned):
    """Which head of its export holds the region, and which card the figures under every other head belong to.

    `columns` is as the office writes it (`core.metrics.wide.columns_read`); `last_label` the period read last.
    """

    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name=_("辖区"), on_delete=models.PROTECT, related_name="metric_feeds"
    )
    name = models.CharField(_("来源系统"), max_length=80)
    region_head = models.CharField(_("地区列的表头"), max_length=40, default="地区")
    columns = models.TextField(_("列的对应"), max_length=4000)
    skipped = models.CharField(_("不读的行"), max_length=120, blank=True)
    last_label = models.CharField(_("最近读入的期间"), max_length=40, blank=True)
    last_file = models.CharField(_("最近读入的文件"), max_length=200, blank=True)
    last_at = models.DateTimeField(_("最近读入时间"), null=True, blank=True)
    last_by = models.CharField(_("读入人"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("来源系统")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "name"],
                name="metrics_feed_name",
                violation_error_message=_("已有这个来源系统"),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        """The own jurisdiction's."""
        return NOTHING if actor.jurisdiction_id is None else Q(jurisdiction_id=actor.jurisdiction_id)


class FeedReading(ScopedModel):
    """A file that was read: for which period, and the original kept as it came."""

    feed = models.ForeignKey(
        Feed, verbose_name=_("来源系统"), on_delete=models.CASCADE, related_name="readings"
    )
    label = models.CharField(_("期间"), max_length=40)
    evidence = models.ForeignKey(
        Evidence, verbose_name=_("导出的文件"), on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("读入时间"))
    by = models.CharField(_("读入人"), max_length=80)

    class Meta:
        verbose_name = _("读入的文件")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["feed", "label"], name="metrics_feedreading_label")]

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        """Whoever sees the source."""
        return Q(feed_id__in=Feed.objects.visible_to(actor).values("pk"))
