"""预警: a figure that its card's rules say should be looked at, in the version it had; who was told, who answered."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.metrics.models.figures import Observation, collected_q
from zhize.apps.orgs.models import Jurisdiction
from zhize.apps.orgs.models.mine import mine_q
from zhize.kit.actor import Actor
from zhize.kit.scope import NOTHING, ScopedModel
from zhize.kit.versioned import Versioned


class Alert(ScopedModel, Versioned):
    """One rule of one version of a figure: told once. `told` holds the units that got a message, as [id, name]."""

    class Kind(models.TextChoices):
        THRESHOLD = "threshold", _("越过预警线")
        YEAR_AGO = "year_ago", _("比上年同期变差")

    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name=_("辖区"), on_delete=models.PROTECT, related_name="+"
    )
    observation = models.ForeignKey(
        Observation, verbose_name=_("指标数据"), on_delete=models.PROTECT, related_name="alerts"
    )
    observation_version = models.PositiveIntegerField(_("数据版本"))
    kind = models.CharField(_("预警种类"), max_length=10, choices=Kind)
    words = models.CharField(_("预警内容"), max_length=300)
    told = models.JSONField(_("已告知"), default=list, blank=True)
    at = models.DateTimeField(_("预警时间"))
    is_answered = models.BooleanField(_("已回应"), default=False)
    answer = models.CharField(_("回应"), max_length=300, blank=True)
    answered_by = models.CharField(_("回应人"), max_length=80, blank=True)
    answered_at = models.DateTimeField(_("回应时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("指标预警")
        constraints = [
            models.UniqueConstraint(
                fields=["observation", "observation_version", "kind"], name="metrics_alert_once"
            )
        ]
        indexes = [models.Index(fields=["jurisdiction", "-at", "-id"], name="metrics_alert_list")]

    def __str__(self) -> str:
        return f"{self.observation_id}/{self.observation_version}/{self.kind}"

    @classmethod
    def current_q(cls) -> Q:
        """Those of figures that have not changed since."""
        return Q(observation_version=F("observation__version"))

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        """Whoever sees the figure."""
        if actor.jurisdiction_id is None:
            return NOTHING
        mine = Q(jurisdiction_id=actor.jurisdiction_id)
        if collected_q(actor):
            mine &= Q(observation__card__identifiable=False)
        return mine | mine_q(actor, "observation__given_by")
