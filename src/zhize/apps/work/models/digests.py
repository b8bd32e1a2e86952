"""工作进展情况通报: the figures of a period at the moment its circular was drafted, each the source of a printed one."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.orgs.models import Jurisdiction, Unit
from zhize.apps.years.models import WorkYear
from zhize.kit.actor import Actor
from zhize.kit.scope import NOTHING, ScopedModel


class TaskDigest(ScopedModel):
    """One digest of the tasks of a year, for a stretch of days within it; its paper is the document drafted from it."""

    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name=_("辖区"), on_delete=models.PROTECT, related_name="task_digests"
    )
    year = models.ForeignKey(WorkYear, verbose_name=_("年度"), on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField(_("期间开始"))
    ends_on = models.DateField(_("统计截至"))
    label = models.CharField(_("期间"), max_length=60)
    made_at = models.DateTimeField(_("起草时间"))
    by = models.CharField(_("起草人"), max_length=80)
    doc_no = models.CharField(_("文号"), max_length=60, blank=True)
    issued_on = models.DateField(_("印发日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("进展通报")
        ordering = ["-ends_on", "-pk"]
        indexes = [models.Index(fields=["jurisdiction", "-ends_on", "-id"], name="work_digest_list")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("starts_on")),
                name="work_digest_days",
                violation_error_message=_("统计截至日不能早于期间开始"),
            )
        ]

    def __str__(self) -> str:
        return self.label

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        """The own jurisdiction's: what others read of it is the document that went out."""
        return Q(jurisdiction_id=actor.jurisdiction_id) if actor.jurisdiction_id else NOTHING


class TaskDigestFigure(ScopedModel):
    """One number of a digest: of one lead unit, or of all (`unit` empty)."""

    class Measure(models.TextChoices):
        TOTAL = "total", _("任务总数")
        FRESH = "fresh", _("本期办结")
        DONE = "done", _("累计办结")
        GOING = "going", _("正在办理")
        LATE = "late", _("逾期未办结")
        STANDING = "standing", _("持续推进")

    digest = models.ForeignKey(
        TaskDigest, verbose_name=_("进展通报"), on_delete=models.CASCADE, related_name="figures"
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("牵头单位"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    measure = models.CharField(_("统计项"), max_length=10, choices=Measure)
    value = models.PositiveIntegerField(_("数值"))

    class Meta:
        verbose_name = _("进展通报数据")
        constraints = [
            models.UniqueConstraint(fields=["digest", "unit", "measure"], name="work_digestfigure_once")
        ]

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        return Q(digest_id__in=TaskDigest.objects.visible_to(actor).values("pk"))
