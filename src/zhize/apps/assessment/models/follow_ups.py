"""后续要求: what the scheme asks of an object after the circular, the task or request it became, and what the second look saw."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from zhize.apps.assessment.models.entries import _OfAssessed
from zhize.apps.assessment.models.rounds import Assessed
from zhize.apps.requests.models import UnitRequest
from zhize.apps.work.models import Task
from zhize.kit.versioned import Versioned


class FollowUp(_OfAssessed, Versioned):
    """One demand of the scheme on one object, once. `number` is its place among the demands of the scheme.

    `state` is moved by `core.workflow.follow_up`. It was last sent as a `task`, of which the second look decides and not what
    the task says, or as a `request` of the office, whose answer taken in settles it.
    """

    class By(models.TextChoices):
        RECTIFY = "rectify", _("限期整改")
        TALK = "talk", _("约谈")
        REPORT = "report", _("书面报告")

    class State(models.TextChoices):
        SENT = "sent", _("整改中")
        FIXED = "fixed", _("已整改到位")
        REPORTED = "reported", _("已书面报告")

    assessed = models.ForeignKey(
        Assessed, verbose_name=_("考核对象"), on_delete=models.PROTECT, related_name="follow_ups"
    )
    number = models.PositiveSmallIntegerField(_("次序"))
    says = models.CharField(_("要求"), max_length=300)
    by = models.CharField(_("办理方式"), max_length=8, choices=By, default=By.RECTIFY)
    state = models.CharField(_("整改状态"), max_length=8, choices=State, default=State.SENT)
    due_on = models.DateField(_("整改期限"))
    task = models.ForeignKey(
        Task, verbose_name=_("整改任务"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    request = models.ForeignKey(
        UnitRequest,
        verbose_name=_("书面报告"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    sent_on = models.DateField(_("下达日期"))
    looked_on = models.DateField(_("回头看日期"), null=True, blank=True)
    look = models.CharField(_("回头看情况"), max_length=1000, blank=True)
    looked_by = models.CharField(_("回头看人员"), max_length=160, blank=True)

    class Meta:
        verbose_name = _("后续要求")
        ordering = ["assessed", "number"]
        constraints = [
            models.UniqueConstraint(fields=["assessed", "number"], name="assessment_followup_once"),
            models.CheckConstraint(
                condition=models.Q(task__isnull=True) ^ models.Q(request__isnull=True),
                name="assessment_followup_sent_as",
            ),
        ]

    def __str__(self) -> str:
        return self.says
