"""抽取: the list of places of one checked unit, fixed first, and what was drawn from it with a public seed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.inspection.models.inspections import InspectedUnit, Inspection
from zhize.kit.actor import Actor
from zhize.kit.scope import ScopedModel
from zhize.kit.versioned import Versioned


class PlaceDraw(ScopedModel, Versioned):
    """One draw (`core.sampling.draw`, method `sampling.draw.v1`). `state` is moved by `core.workflow.place_draw`.

    `places` is the list [{id, stratum, size, excluded}] as it was fixed, `digest` what `core.sampling.listing` makes of
    it; `seed_rule` says before anybody knows it where the seed will come from. `numbers` is stratum → how many. `drawn`
    and `substitutes` are the outcome, in the order of drawing. One undone keeps everything and says why.
    """

    class State(models.TextChoices):
        FIXED = "fixed", _("待公布种子")
        DRAWN = "drawn", _("已抽取")
        VOID = "void", _("已作废")

    checked = models.ForeignKey(
        InspectedUnit, verbose_name=_("被查单位"), on_delete=models.PROTECT, related_name="draws"
    )
    title = models.CharField(_("抽取内容"), max_length=80)
    origin = models.CharField(_("名单来源"), max_length=200)
    places = models.JSONField(_("名单"))
    digest = models.CharField(_("名单摘要"), max_length=64)
    numbers = models.JSONField(_("抽取数"))
    by_size = models.BooleanField(_("按规模定机会"), default=False)
    spare = models.PositiveSmallIntegerField(_("候补数"), default=0)
    seed_rule = models.CharField(_("种子约定"), max_length=200)
    method = models.CharField(_("抽取方法"), max_length=40)
    state = models.CharField(_("抽取状态"), max_length=6, choices=State, default=State.FIXED)
    fixed_at = models.DateTimeField(_("名单固定时间"))
    fixed_by = models.CharField(_("固定名单的人"), max_length=160)
    seed = models.CharField(_("种子"), max_length=100, blank=True)
    seed_source = models.CharField(_("种子出处"), max_length=200, blank=True)
    seed_on = models.DateField(_("种子公布日期"), null=True, blank=True)
    witnesses = models.CharField(_("见证人"), max_length=200, blank=True)
    drawn_at = models.DateTimeField(_("抽取时间"), null=True, blank=True)
    drawn_by = models.CharField(_("抽取人"), max_length=160, blank=True)
    drawn = models.JSONField(_("抽中"), default=list, blank=True)
    substitutes = models.JSONField(_("候补"), default=list, blank=True)
    reason = models.CharField(_("作废理由"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("抽取")
        ordering = ["fixed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["checked", "title"],
                condition=~Q(state="void"),
                name="inspection_draw_once",
                violation_error_message=_("这个单位已有同样内容的抽取，重新抽取须先写明理由作废"),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        return Q(checked__inspection_id__in=Inspection.objects.visible_to(actor).values("pk"))
