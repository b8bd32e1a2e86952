"""纪要修改: the words agreed with a unit for its part of the minutes, and whether they stand in the draft."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.documents.models.countersigns import INSIDE
from zhize.apps.orgs.models import Unit
from zhize.apps.requests.models import DraftComment
from zhize.apps.work.models.conferences import Conference, Resolution
from zhize.kit.actor import Actor
from zhize.kit.scope import NOTHING, ScopedModel


class MinutesWording(ScopedModel):
    """From a comment that was adopted, wholly or in part. `before` is the item as the draft had it, `after` as agreed; empty
    `after`: a person must write it. `proposed` keeps the unit's words, whatever becomes of the comment."""

    class State(models.TextChoices):
        WAITING = "waiting", _("待写入")
        CARRIED = "carried", _("已写入")
        LEFT_OUT = "left_out", _("不写入")

    conference = models.ForeignKey(
        Conference, verbose_name=_("会议"), on_delete=models.CASCADE, related_name="wordings"
    )
    resolution = models.ForeignKey(
        Resolution,
        verbose_name=_("会议决定"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    comment = models.OneToOneField(
        DraftComment,
        verbose_name=_("修改意见"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    unit = models.ForeignKey(Unit, verbose_name=_("提出单位"), on_delete=models.PROTECT, related_name="+")
    proposed = models.TextField(_("修改意见"), max_length=2000)
    before = models.TextField(_("原文"), max_length=2000, blank=True)
    after = models.TextField(_("商定文字"), max_length=2000, blank=True)
    state = models.CharField(_("写入情况"), max_length=10, choices=State, default=State.WAITING)
    why = models.CharField(_("不写入的理由"), max_length=200, blank=True)
    by = models.CharField(_("办理人"), max_length=80, blank=True)
    at = models.DateTimeField(_("办理时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("纪要修改")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.conference_id}/{self.unit_id}"

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        """How the minutes came about is the business of the office that writes them."""
        if actor.jurisdiction_id is None or not actor.has(*INSIDE):
            return NOTHING
        return Q(conference__jurisdiction_id=actor.jurisdiction_id)
