"""What happens to a task: progress reported, reminders sent, things asked and decided."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from zhize.apps.documents.models import Evidence
from zhize.apps.orgs.models import Jurisdiction, Unit
from zhize.apps.work.models.slips import TaskSlip
from zhize.apps.work.models.tasks import Task, _OfTask


class TaskProgress(_OfTask):
    """进展: what a unit reports for a period, with what it rests on. Never changed; the next one follows it."""

    task = models.ForeignKey(
        Task, verbose_name=_("任务"), on_delete=models.CASCADE, related_name="progress_rows"
    )
    unit = models.ForeignKey(Unit, verbose_name=_("报告单位"), on_delete=models.PROTECT, related_name="+")
    period = models.CharField(_("期间"), max_length=40, blank=True)
    percent = models.PositiveSmallIntegerField(_("进度"), null=True, blank=True)
    value = models.DecimalField(_("完成值"), max_digits=18, decimal_places=4, null=True, blank=True)
    is_reached = models.BooleanField(_("目标已完成"), null=True, blank=True)
    words = models.TextField(_("进展情况"), max_length=2000)
    difficulties = models.TextField(_("困难和需要协调的问题"), max_length=1000, blank=True)
    evidence = models.ManyToManyField(Evidence, through="TaskEvidence", related_name="task_progress")
    at = models.DateTimeField(_("报告时间"))
    by = models.CharField(_("报告人"), max_length=80)

    class Meta:
        verbose_name = _("任务进展")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["task", "-at"], name="work_taskprogress_task")]


class TaskEvidence(models.Model):
    """Which material a progress report rests on."""

    progress = models.ForeignKey(TaskProgress, on_delete=models.CASCADE, related_name="evidence_links")
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="task_links")

    class Meta:
        verbose_name = _("任务佐证")
        constraints = [
            models.UniqueConstraint(fields=["progress", "evidence"], name="work_taskevidence_once")
        ]


class TaskReminder(_OfTask):
    """督办: one step of the ladder taken against a task. `step` is the rung's key, `name` what it was called then.

    `slip` is its paper where the ladder asks for one. `rule_key` names step, due date and day of what the rule sent by itself:
    the database refuses a second one.
    """

    task = models.ForeignKey(
        Task, verbose_name=_("任务"), on_delete=models.CASCADE, related_name="reminder_rows"
    )
    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name=_("辖区"), on_delete=models.PROTECT, related_name="+"
    )
    unit = models.ForeignKey(Unit, verbose_name=_("被督办单位"), on_delete=models.PROTECT, related_name="+")
    step = models.CharField(_("督办级次"), max_length=20)
    name = models.CharField(_("督办方式"), max_length=20)
    text = models.CharField(_("督办内容"), max_length=500)
    signer = models.CharField(_("签发人"), max_length=80, blank=True)
    due_on = models.DateField(_("当时期限"), null=True, blank=True)
    at = models.DateTimeField(_("督办时间"))
    by = models.CharField(_("经办人"), max_length=80)
    answered_at = models.DateTimeField(_("反馈时间"), null=True, blank=True)
    reply_by = models.DateField(_("反馈期限"), null=True, blank=True)
    slip = models.ForeignKey(
        TaskSlip, verbose_name=_("督办单"), null=True, blank=True, on_delete=models.PROTECT, related_name="reminders"
    )  # fmt: skip
    rule_key = models.CharField(max_length=60, blank=True, editable=False)

    class Meta:
        verbose_name = _("督办记录")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["task", "rule_key"],
                condition=~models.Q(rule_key=""),
                name="work_taskreminder_by_rule_once",
            )
        ]
        indexes = [
            models.Index(fields=["task", "-at"], name="work_taskreminder_task"),
            models.Index(fields=["jurisdiction", "-at", "-id"], name="work_taskreminder_list"),
        ]


class TaskChange(_OfTask):
    """What was asked or ordered about a task: by a unit (`asked`, then decided), or by the office (`granted` at once)."""

    class Kind(models.TextChoices):
        COMPLETION = "completion", _("申请办结")
        EXTENSION = "extension", _("申请延期")
        HAND_BACK = "hand_back", _("退回交办")
        UNIT = "unit", _("改派单位")
        DUE = "due", _("调整期限")
        CONTINUE = "continue", _("转为持续推进")
        SUSPEND = "suspend", _("暂停")
        RESUME = "resume", _("恢复办理")
        CANCEL = "cancel", _("取消")

    class State(models.TextChoices):
        ASKED = "asked", _("待定")
        GRANTED = "granted", _("已同意")
        REFUSED = "refused", _("未同意")
        WITHDRAWN = "withdrawn", _("已撤回")

    task = models.ForeignKey(
        Task, verbose_name=_("任务"), on_delete=models.CASCADE, related_name="change_rows"
    )
    kind = models.CharField(_("事项"), max_length=12, choices=Kind)
    state = models.CharField(_("结果"), max_length=12, choices=State, default=State.ASKED)
    unit = models.ForeignKey(Unit, verbose_name=_("提出单位"), on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(_("理由"), max_length=1000)
    old_due_on = models.DateField(_("原期限"), null=True, blank=True)
    new_due_on = models.DateField(_("新期限"), null=True, blank=True)
    old_unit = models.ForeignKey(
        Unit, verbose_name=_("原牵头单位"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    new_unit = models.ForeignKey(
        Unit, verbose_name=_("新牵头单位"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    progress = models.OneToOneField(
        TaskProgress,
        verbose_name=_("办结报告"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="completion",
    )
    at = models.DateTimeField(_("提出时间"))
    by = models.CharField(_("提出人"), max_length=80)
    decided_at = models.DateTimeField(_("决定时间"), null=True, blank=True)
    decided_by = models.CharField(_("决定人"), max_length=80, blank=True)
    comment = models.CharField(_("意见"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("任务变更")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["task", "-at"], name="work_taskchange_task")]
        constraints = [
            models.UniqueConstraint(
                fields=["task", "kind"],
                condition=models.Q(state="asked"),
                name="work_taskchange_asked_once",
                violation_error_message=_("同一事项已有一份申请待定"),
            )
        ]
