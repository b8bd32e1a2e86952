"""征集填报: which cards a call asks for, over which periods, and what each unit wrote into its grid."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.metrics.models.cards import Card
from zhize.apps.metrics.models.figures import DIGITS, PLACES, collected_q
from zhize.apps.orgs.models import Region
from zhize.apps.requests.models import Call, UnitRequest
from zhize.apps.requests.models.calls import OVERSIGHT
from zhize.core.metrics.spans import Span
from zhize.kit.actor import Actor
from zhize.kit.scope import NOTHING, ScopedModel
from zhize.kit.versioned import Versioned


class CellKey(NamedTuple):
    """Which cell of a form: the card, the days, and the region where the form asks for several."""

    card: int
    start: date
    end: date
    region: int | None = None


class Collection(ScopedModel, Versioned):
    """The statistical form behind a call: a grid of cards by periods, with the head such a form carries; `below` asks for
    every region below the answering unit's, cards by regions on one sheet."""

    class Subject(models.TextChoices):
        REGION = "region", _("填报单位所在地区")
        BELOW = "below", _("填报单位下一级各地区")
        UNIT = "unit", _("填报单位本身")
        WHOLE = "whole", _("本辖区合计")

    call = models.OneToOneField(
        Call, verbose_name=_("征集"), on_delete=models.PROTECT, related_name="metric_collection"
    )
    subject = models.CharField(_("数据属于"), max_length=8, choices=Subject, default=Subject.REGION)
    periods = models.JSONField(_("填报期间"))
    table_no = models.CharField(_("表号"), max_length=40, blank=True)
    authority = models.CharField(_("制定机关"), max_length=80, blank=True)
    valid_until = models.DateField(_("有效期至"), null=True, blank=True)
    cards = models.ManyToManyField(Card, through="CollectionCard", related_name="+", verbose_name=_("指标"))

    class Meta:
        verbose_name = _("指标征集")

    def __str__(self) -> str:
        return f"{self.call_id}"

    @property
    def spans(self) -> list[tuple[Span, str]]:
        """The periods asked for, each with its label, in order of time."""
        return [(span_from(one), str(one["label"])) for one in self.periods]

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        """Whoever sees the call."""
        return Q(call__in=Call.objects.visible_to(actor).values("pk"))


class CollectionCard(models.Model):
    """A row of the grid."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="rows")
    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveIntegerField(_("顺序"), default=0)

    class Meta:
        verbose_name = _("征集的指标")
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["collection", "card"], name="metrics_collectioncard_once")
        ]


class Entry(ScopedModel, Versioned):
    """A cell of a unit's grid; `region` where the form asks for several. `value`, `reason` are the unit's working copy, seen by the unit alone; what it handed in
    stands in the `handed_` fields, and only that is shown to anybody else. `comment` is the office's word on the cell.
    """

    request = models.ForeignKey(
        UnitRequest, verbose_name=_("报送件"), on_delete=models.PROTECT, related_name="metric_entries"
    )
    card = models.ForeignKey(Card, verbose_name=_("指标"), on_delete=models.PROTECT, related_name="+")
    region = models.ForeignKey(
        Region, verbose_name=_("地区"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    period_start = models.DateField(_("期间起"))
    period_end = models.DateField(_("期间止"))
    value = models.DecimalField(_("数值"), max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True)
    is_none = models.BooleanField(_("无此数据"), default=False)
    reason = models.CharField(_("说明"), max_length=300, blank=True)
    handed_value = models.DecimalField(
        _("报送的数"), max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True
    )
    handed_none = models.BooleanField(_("报送为无此数据"), default=False)
    handed_reason = models.CharField(_("报送的说明"), max_length=300, blank=True)
    handed_at = models.DateTimeField(_("报送时间"), null=True, blank=True)
    comment = models.CharField(_("审核意见"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("填报数据")
        constraints = [
            models.UniqueConstraint(
                fields=["request", "card", "period_start", "period_end"],
                condition=Q(region__isnull=True),
                name="metrics_entry_once",
            ),
            models.UniqueConstraint(
                fields=["request", "card", "region", "period_start", "period_end"],
                condition=Q(region__isnull=False),
                name="metrics_entry_region_once",
            ),
        ]

    @property
    def span(self) -> Span:
        return Span(self.period_start, self.period_end)

    @property
    def key(self) -> CellKey:
        return CellKey(self.card_id, self.period_start, self.period_end, self.region_id)

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        """The answering unit's own; to the asking office and its overseers only what was handed in."""
        if actor.jurisdiction_id is None:
            return NOTHING
        mine = Q(request__in=UnitRequest._base_manager.filter(UnitRequest.answered_q(actor)).values("pk"))
        if not actor.has(*OVERSIGHT):
            return mine
        handed = Q(request__jurisdiction_id=actor.jurisdiction_id, handed_at__isnull=False)
        return mine | (handed & collected_q(actor))


def span_from(one: dict[str, Any]) -> Span:
    return Span(date.fromisoformat(one["start"]), date.fromisoformat(one["end"]))
