"""质量状况分析报告 of a conference: over which days it was drawn up, and each number it printed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.work.models.conferences import Conference
from zhize.apps.work.models.plan_items import PlanItem
from zhize.kit.actor import Actor
from zhize.kit.scope import NOTHING, ScopedModel


class SituationReport(ScopedModel):
    """One drawing up; its document is drafted from the conference. Both days inclusive."""

    conference = models.ForeignKey(
        Conference, verbose_name=_("会议"), on_delete=models.CASCADE, related_name="situation_reports"
    )
    starts_on = models.DateField(_("期间开始"))
    ends_on = models.DateField(_("统计截至"))
    made_at = models.DateTimeField(_("起草时间"))
    by = models.CharField(_("起草人"), max_length=80)

    class Meta:
        verbose_name = _("质量状况分析报告")
        ordering = ["-pk"]

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        """The own jurisdiction's: what others read of it is the document that went out."""
        if actor.jurisdiction_id is None:
            return NOTHING
        return Q(conference__jurisdiction_id=actor.jurisdiction_id)


class SituationFigure(ScopedModel):
    """One number of a report, as printed: of a part (empty: of the whole), of a register or card (`code`)."""

    class Measure(models.TextChoices):
        TOTAL = "total", _("任务总数")
        DONE = "done", _("累计办结")
        LATE = "late", _("逾期未办结")
        RECORDS = "records", _("台账登记")
        FAILED = "failed", _("不合格")
        RATE = "rate", _("合格率")
        ATTAINED = "attained", _("目标完成")
        DECIDED = "decided", _("决定事项")
        SETTLED = "settled", _("已落实")
        OPEN = "open", _("未落实")

    report = models.ForeignKey(
        SituationReport, verbose_name=_("质量状况分析报告"), on_delete=models.CASCADE, related_name="figures"
    )
    part = models.CharField(_("板块"), max_length=12, choices=PlanItem.Part, blank=True)
    measure = models.CharField(_("统计项"), max_length=10, choices=Measure)
    code = models.CharField(_("对象代码"), max_length=60, blank=True)
    words = models.CharField(_("数值"), max_length=120)
    url = models.CharField(max_length=300)

    class Meta:
        verbose_name = _("质量状况数据")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "part", "measure", "code"], name="work_situationfigure_once"
            )
        ]

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        return Q(report_id__in=SituationReport.objects.visible_to(actor).values("pk"))
