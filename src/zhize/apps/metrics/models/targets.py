"""目标: what a card should reach in a year, for the whole jurisdiction, a region or a unit; and the way there."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.metrics.models.cards import Card, above
from zhize.apps.metrics.models.figures import DIGITS, PLACES, Subject, one_per_subject
from zhize.apps.orgs.models import Jurisdiction
from zhize.apps.years.models import WorkYear
from zhize.kit.actor import Actor
from zhize.kit.scope import NOTHING
from zhize.kit.versioned import Versioned


class Target(Subject, Versioned):
    """A value by the end of a year. `upper` only for a card whose direction is a range; `base` is where it started."""

    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name=_("辖区"), on_delete=models.PROTECT, related_name="metric_targets"
    )
    year = models.ForeignKey(
        WorkYear, verbose_name=_("年度"), on_delete=models.PROTECT, related_name="metric_targets"
    )
    card = models.ForeignKey(Card, verbose_name=_("指标"), on_delete=models.PROTECT, related_name="targets")
    value = models.DecimalField(_("目标值"), max_digits=DIGITS, decimal_places=PLACES)
    upper = models.DecimalField(
        _("目标上限"), max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True
    )
    base = models.DecimalField(_("基期值"), max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True)
    base_label = models.CharField(_("基期"), max_length=40, blank=True)
    document = models.CharField(_("目标依据"), max_length=200)
    note = models.CharField(_("说明"), max_length=300, blank=True)
    is_demo = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("指标目标")
        constraints = one_per_subject("metrics_target", "year")
        indexes = [models.Index(fields=["year", "card"], name="metrics_target_year")]

    def __str__(self) -> str:
        return f"{self.card_id}/{self.region_id or self.unit_id}/{self.year_id}"

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        """The own jurisdiction's, and those set for the acting unit's region or the unit itself."""
        if actor.jurisdiction_id is None:
            return NOTHING
        return (
            Q(jurisdiction_id=actor.jurisdiction_id)
            | Q(region_id=actor.region_id or 0, jurisdiction_id__in=above(actor).values("pk"))
            | Q(unit_id=actor.unit_id or 0)
        )


class TargetStep(models.Model):
    """What should be reached by a day on the way to the target."""

    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="steps")
    on = models.DateField(_("截至日期"))
    value = models.DecimalField(_("应达到"), max_digits=DIGITS, decimal_places=PLACES)

    class Meta:
        verbose_name = _("目标进度")
        ordering = ["on"]
        constraints = [models.UniqueConstraint(fields=["target", "on"], name="metrics_targetstep_once")]
