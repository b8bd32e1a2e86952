"""平时加减分台账: points added to or taken from a unit during the year, each with its facts."""

from __future__ import annotations

from fractions import Fraction

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.assessment.models.rounds import INSIDE
from zhize.apps.documents.models import Evidence
from zhize.apps.orgs.models import Jurisdiction, Unit
from zhize.apps.orgs.models.mine import mine_q
from zhize.apps.years.models import WorkYear
from zhize.core.scoring.numbers import say
from zhize.kit.actor import Actor
from zhize.kit.scope import NOTHING, ScopedModel
from zhize.kit.versioned import Versioned

MOST = 100


class LedgerItem(Versioned, ScopedModel):
    """One entry: what happened when, and its points (below nought: taken off). Withdrawn with a reason; the entry stays.

    `category` is what a criterion's source may ask for by name (`source: {kind: ledger, codes: [督查扣分]}`), so that two
    criteria never count one entry twice.
    """

    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name=_("辖区"), on_delete=models.PROTECT, related_name="ledger_items"
    )
    year = models.ForeignKey(
        WorkYear, verbose_name=_("年度"), on_delete=models.PROTECT, related_name="ledger_items"
    )
    unit = models.ForeignKey(Unit, verbose_name=_("单位或地区"), on_delete=models.PROTECT, related_name="+")
    dated_on = models.DateField(_("发生日期"))
    category = models.CharField(_("加减分类别"), max_length=40, blank=True)
    title = models.CharField(_("加减分事由"), max_length=200)
    points = models.DecimalField(
        _("加减分值"),
        max_digits=6,
        decimal_places=2,
        validators=[MinValueValidator(-MOST), MaxValueValidator(MOST)],
    )
    basis = models.CharField(_("依据"), max_length=200)
    evidence = models.ForeignKey(
        Evidence, verbose_name=_("佐证"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(_("登记时间"))
    recorded_by = models.CharField(_("登记人"), max_length=160)
    withdrawn_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)
    withdrawn_by = models.CharField(_("撤销人"), max_length=160, blank=True)
    withdraw_reason = models.CharField(_("撤销理由"), max_length=300, blank=True)
    is_demo = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("平时加减分")
        indexes = [
            models.Index(fields=["jurisdiction", "-dated_on", "-id"], name="assessment_ledger_list"),
            models.Index(fields=["unit", "year"], name="assessment_ledger_unit"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def in_words(self) -> str:
        """加2分, 扣1.5分."""
        return f"{'加' if self.points > 0 else '扣'}{say(Fraction(abs(self.points)))}分"

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        """Who carries rounds through or looks them over; a unit sees its own."""
        if actor.jurisdiction_id is None:
            return NOTHING
        seen = mine_q(actor)
        return seen | Q(jurisdiction_id=actor.jurisdiction_id) if actor.has(*INSIDE) else seen
