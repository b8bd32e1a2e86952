"""议题: what units propose for a conference, and which the leading group chose."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.orgs.models import Unit
from zhize.apps.orgs.models.mine import mine_q
from zhize.apps.requests.models import UnitRequest
from zhize.apps.work.models.conferences import Conference
from zhize.kit.actor import Actor
from zhize.kit.scope import NOTHING, ScopedModel


class Topic(ScopedModel):
    """One topic of one unit, from its answer to the call. A chosen one stands on the agenda; one left out says why."""

    class Verdict(models.TextChoices):
        CHOSEN = "chosen", _("列入议程")
        LEFT_OUT = "left_out", _("不列入")

    conference = models.ForeignKey(
        Conference, verbose_name=_("会议"), on_delete=models.CASCADE, related_name="topics"
    )
    unit = models.ForeignKey(Unit, verbose_name=_("提出单位"), on_delete=models.PROTECT, related_name="+")
    request = models.ForeignKey(
        UnitRequest, verbose_name=_("报送件"), on_delete=models.PROTECT, related_name="topics"
    )
    title = models.CharField(_("议题"), max_length=120)
    reason = models.TextField(_("提出理由"), max_length=4000, blank=True)
    verdict = models.CharField(_("是否列入"), max_length=10, choices=Verdict, blank=True)
    why = models.CharField(_("不列入的理由"), max_length=200, blank=True)
    decided_by = models.CharField(_("决定人"), max_length=80, blank=True)
    decided_at = models.DateTimeField(_("决定时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("会议议题")
        ordering = ["unit__order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "unit", "title"], name="work_topic_once")
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        """All to the jurisdiction that holds the conference; to a unit of another, its own."""
        if actor.jurisdiction_id is None:
            return NOTHING
        own = mine_q(actor)
        return Q(conference__jurisdiction_id=actor.jurisdiction_id) | own
