"""A round of comments (征求意见): the files sent along with a call, and what each unit proposes to change in the draft."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.documents.models import Evidence
from zhize.apps.orgs.models import Jurisdiction, Unit
from zhize.apps.requests.models.calls import OVERSIGHT, Call
from zhize.apps.requests.models.replies import UnitRequest, _Answered
from zhize.kit.actor import Actor
from zhize.kit.scope import NOTHING
from zhize.kit.versioned import Versioned


class CallFile(models.Model):
    """A file sent along with a call, such as the draft that comments are asked on: read by whoever is asked."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="file_links")
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("随附文件")
        constraints = [
            models.UniqueConstraint(fields=["call", "evidence"], name="requests_callfile_once"),
        ]


class DraftComment(_Answered, Versioned):
    """修改意见: one place of the draft, the words there, the words proposed, why; and what the office answers.

    The unit's alone until its answer is handed in; the verdict is shown to the unit when the call is closed.
    """

    class Verdict(models.TextChoices):
        OPEN = "open", _("待答复")
        ADOPTED = "adopted", _("采纳")
        PARTLY = "partly", _("部分采纳")
        NOT_ADOPTED = "not_adopted", _("未采纳")

    request = models.ForeignKey(
        UnitRequest, verbose_name=_("报送件"), on_delete=models.PROTECT, related_name="draft_comments"
    )
    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name=_("辖区"), on_delete=models.PROTECT, related_name="+"
    )
    unit = models.ForeignKey(Unit, verbose_name=_("反馈单位"), on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(_("序号"))
    place = models.CharField(_("条款或段落"), max_length=120)
    present = models.TextField(_("原文"), max_length=2000, blank=True)
    proposed = models.TextField(_("修改意见"), max_length=2000)
    reason = models.TextField(_("理由"), max_length=1000, blank=True)
    verdict = models.CharField(_("采纳情况"), max_length=12, choices=Verdict, default=Verdict.OPEN)
    verdict_reason = models.TextField(_("采纳说明"), max_length=1000, blank=True)
    decided_by = models.CharField(_("答复人"), max_length=80, blank=True)
    decided_at = models.DateTimeField(_("答复时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("修改意见")
        indexes = [
            models.Index(fields=["request", "number"], name="requests_comment_request"),
            models.Index(fields=["jurisdiction", "verdict"], name="requests_comment_verdict"),
        ]

    def __str__(self) -> str:
        return f"{self.request_id}/{self.number}"

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        """The own unit's always; to the asking jurisdiction what was handed in and not taken back or sent back."""
        if actor.jurisdiction_id is None:
            return NOTHING
        mine = cls.answered_q(actor)
        sent = Q(
            jurisdiction_id=actor.jurisdiction_id,
            request__state__in=(UnitRequest.State.SUBMITTED, UnitRequest.State.ACCEPTED),
        )
        return mine | sent if actor.has(*OVERSIGHT) else mine
