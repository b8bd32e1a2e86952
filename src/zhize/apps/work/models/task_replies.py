"""任务进展填报: what a unit says of one of its tasks in answer to a call, until it becomes a progress report of the task."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.documents.models import Evidence
from zhize.apps.requests.models import UnitRequest
from zhize.apps.requests.models.calls import OVERSIGHT
from zhize.apps.work.models.task_story import TaskProgress
from zhize.apps.work.models.tasks import Task
from zhize.kit.actor import Actor
from zhize.kit.scope import NOTHING, ScopedModel
from zhize.kit.versioned import Versioned

SAID = ("percent", "value", "is_reached", "nothing", "words", "difficulties", "wanted")


class TaskReply(ScopedModel, Versioned):
    """A row of a unit's answer: one task. The fields are the unit's working copy, seen by the unit alone; what it handed in
    stands in `handed`, and only that is shown to anybody else.

    `wanted` asks the office to coordinate what `difficulties` says; `comment` is the office's word on the row. Taken in, it
    is `progress` of the task; `left_out` says why it is not (the task was closed or suspended meanwhile).
    """

    class Reached(models.TextChoices):
        YES = "yes", _("已完成")
        NO = "no", _("未完成")

    request = models.ForeignKey(
        UnitRequest, verbose_name=_("报送件"), on_delete=models.PROTECT, related_name="task_replies"
    )
    task = models.ForeignKey(
        Task, verbose_name=_("任务"), on_delete=models.PROTECT, related_name="reply_rows"
    )
    percent = models.PositiveSmallIntegerField(_("进度"), null=True, blank=True)
    value = models.DecimalField(_("完成值"), max_digits=18, decimal_places=4, null=True, blank=True)
    is_reached = models.BooleanField(_("目标已完成"), null=True, blank=True)
    nothing = models.BooleanField(_("本期无新进展"), default=False)
    words = models.TextField(_("进展情况"), max_length=2000, blank=True)
    difficulties = models.TextField(_("困难和需要协调的问题"), max_length=1000, blank=True)
    wanted = models.TextField(_("提请协调"), max_length=1000, blank=True)
    handed = models.JSONField(_("报送的内容"), null=True, blank=True)
    comment = models.CharField(_("审核意见"), max_length=300, blank=True)
    progress = models.OneToOneField(
        TaskProgress,
        verbose_name=_("任务进展"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reply",
    )
    left_out = models.CharField(_("没有写入任务的原因"), max_length=120, blank=True)
    evidence = models.ManyToManyField(Evidence, through="TaskReplyFile", related_name="task_replies")

    class Meta:
        verbose_name = _("任务进展填报")
        constraints = [
            models.UniqueConstraint(fields=["request", "task"], name="work_taskreply_once"),
            models.CheckConstraint(
                condition=Q(percent__isnull=True) | Q(percent__lte=100),
                name="work_taskreply_percent",
                violation_error_message=_("进度应为 0 至 100"),
            ),
        ]

    @property
    def said(self) -> dict[str, Any]:
        """The working copy as plain data, the way `handed` keeps it."""
        return {name: str(v) if isinstance(v := getattr(self, name), Decimal) else v for name in SAID}

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        """The answering unit's own; to the asking office and its overseers only what was handed in."""
        if actor.jurisdiction_id is None:
            return NOTHING
        mine = Q(request__in=UnitRequest._base_manager.filter(UnitRequest.answered_q(actor)).values("pk"))
        if not actor.has(*OVERSIGHT):
            return mine
        return mine | Q(request__jurisdiction_id=actor.jurisdiction_id, handed__isnull=False)


class TaskReplyFile(models.Model):
    """A material of a row. What was added since the last sending (`handed_in` false) only the unit sees."""

    reply = models.ForeignKey(TaskReply, on_delete=models.CASCADE, related_name="file_links")
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="task_reply_links")
    handed_in = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("任务进展填报的佐证")
        constraints = [models.UniqueConstraint(fields=["reply", "evidence"], name="work_taskreplyfile_once")]
