"""Tables of the kit: saved views, staged imports, background jobs, numbers given, rule editions. No domain."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhize.kit.actor import Actor
from zhize.kit.scope import NOTHING, ScopedModel


class _Personal(ScopedModel):
    """Rows that belong to one person."""

    user_id = models.BigIntegerField(_("人员编号"))

    class Meta:
        abstract = True

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        return Q(user_id=actor.user_id) if actor.user_id else NOTHING


class SavedView(_Personal):
    """A list page as one person likes it: filters, order, columns, under a name."""

    list_kind = models.CharField(_("列表"), max_length=60)
    name = models.CharField(_("名称"), max_length=40)
    query = models.CharField(_("条件"), max_length=1000)

    class Meta:
        verbose_name = _("保存的视图")
        constraints = [
            models.UniqueConstraint(fields=["user_id", "list_kind", "name"], name="kit_savedview_name")
        ]


class Job(_Personal):
    """A background task as its owner sees it: progress, cancel, result."""

    class State(models.TextChoices):
        WAITING = "waiting", _("排队中")
        RUNNING = "running", _("进行中")
        DONE = "done", _("已完成")
        FAILED = "failed", _("失败")
        CANCELLED = "cancelled", _("已取消")

    kind = models.CharField(_("任务"), max_length=60)
    title = models.CharField(_("名称"), max_length=200)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(_("已处理"), default=0)
    total = models.PositiveIntegerField(_("总数"), default=0)
    cancel_asked = models.BooleanField(default=False)
    message = models.TextField(_("结果"), blank=True)
    result = models.JSONField(default=dict, blank=True)
    actor = models.JSONField(default=dict, blank=True)
    payload = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(_("提交时间"))
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(_("开始时间"), null=True, blank=True)
    ended_at = models.DateTimeField(_("结束时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("后台任务")
        indexes = [
            models.Index(fields=["user_id", "-id"], name="kit_job_user"),
            models.Index(fields=["state", "heartbeat_at"], name="kit_job_state"),
        ]

    @property
    def ended(self) -> bool:
        return self.state in (self.State.DONE, self.State.FAILED, self.State.CANCELLED)

    @property
    def percent(self) -> int | None:
        """How far, 0 to 100; None while the end is not known."""
        return min(100, self.done * 100 // self.total) if self.total else None


class BeatRun(models.Model):
    """When a periodic function last ran; one row a function, claimed before it runs."""

    name = models.CharField(max_length=80, unique=True)
    slot = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    failed = models.BooleanField(default=False)
    message = models.TextField(blank=True)

    class Meta:
        verbose_name = _("定时运行")


class ImportRun(_Personal):
    """One import: uploaded, staged row by row, looked at (dry run), then published in one step or dropped."""

    class State(models.TextChoices):
        MAPPING = "mapping", _("待对应列")
        STAGING = "staging", _("读取中")
        READY = "ready", _("待确认导入")
        PUBLISHED = "published", _("已导入")
        DROPPED = "dropped", _("已放弃")
        FAILED = "failed", _("失败")

    thing_kind = models.CharField(_("对象"), max_length=60)
    jurisdiction_id = models.BigIntegerField(null=True, blank=True)
    file_name = models.CharField(_("文件名"), max_length=200)
    file_sha256 = models.CharField(max_length=64)
    source_ref = models.CharField(_("出自"), max_length=100, blank=True)
    sheet = models.CharField(_("工作表"), max_length=80, blank=True)
    header_line = models.PositiveIntegerField(_("表头行"), default=1)
    headers = models.JSONField(_("表头"), default=list, blank=True)
    mapping = models.JSONField(_("列对应"), default=dict, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.MAPPING)
    counts = models.JSONField(default=dict, blank=True)
    problems = models.JSONField(_("问题"), default=list, blank=True)
    notes = models.JSONField(_("附带影响"), default=list, blank=True)
    unknown = models.JSONField(_("不认识的取值"), default=dict, blank=True)
    job_id = models.BigIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(_("上传时间"))
    published_at = models.DateTimeField(_("导入时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("导入")
        indexes = [models.Index(fields=["user_id", "thing_kind", "-id"], name="kit_importrun_user")]


class ImportRow(models.Model):
    """A staged row: its place in the file, what it says, and what publishing it would do."""

    class Effect(models.TextChoices):
        ADD = "add", _("新增")
        CHANGE = "change", _("修改")
        SAME = "same", _("无变化")
        ERROR = "error", _("有错误")

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField(_("行号"))
    key = models.CharField(_("标识"), max_length=200, blank=True)
    effect = models.CharField(_("结果"), max_length=8, choices=Effect)
    values = models.JSONField(default=dict, blank=True)
    before = models.JSONField(null=True, blank=True)
    problems = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = _("导入行")
        constraints = [models.UniqueConstraint(fields=["run", "line"], name="kit_importrow_line")]
        indexes = [models.Index(fields=["run", "effect", "line"], name="kit_importrow_effect")]


class ImportMapping(_Personal):
    """How this person's files with these headers were mapped last time: asked once, remembered."""

    thing_kind = models.CharField(max_length=60)
    signature = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("列对应记忆")
        constraints = [
            models.UniqueConstraint(
                fields=["user_id", "thing_kind", "signature"], name="kit_importmapping_once"
            )
        ]


class RuleEdition(models.Model):
    """A version of a rule written in the browser. Never changed, never deleted: a newer one follows it."""

    name = models.CharField(_("规则"), max_length=80)
    jurisdiction_code = models.CharField(_("辖区代码"), max_length=40)
    valid_from = models.DateField(_("生效日期"))
    body = models.JSONField(_("取值"))
    sha256 = models.CharField(_("摘要"), max_length=64)
    source = models.CharField(_("依据"), max_length=300)
    created_at = models.DateTimeField(_("写入时间"))
    created_by = models.CharField(_("写入人"), max_length=80)

    objects: ClassVar[models.Manager[RuleEdition]] = models.Manager()

    class Meta:
        verbose_name = _("规则版本")
        indexes = [
            models.Index(fields=["jurisdiction_code", "name", "-valid_from"], name="kit_ruleedition_pick")
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("a rule edition is never changed: write a new one")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise TypeError("a rule edition is never deleted: write a new one")


class NumberSeries(models.Model):
    """A series of numbers: 甘质振办〔2012〕. The row is locked while a number is given."""

    key = models.CharField(max_length=120, unique=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("编号序列")


class NumberGiven(models.Model):
    """A number given, for what; a void one is recorded (作废登记), never given again."""

    series = models.ForeignKey(NumberSeries, on_delete=models.PROTECT, related_name="given")
    number = models.PositiveIntegerField()
    text = models.CharField(max_length=120)
    ref_kind = models.CharField(max_length=60, blank=True)
    ref_id = models.BigIntegerField(null=True, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    void_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("编号")
        constraints = [models.UniqueConstraint(fields=["series", "number"], name="kit_numbergiven_once")]
