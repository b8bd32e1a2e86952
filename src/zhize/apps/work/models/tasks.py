"""任务: what one unit leads, others support, by when, from which source; what it asks for is in `task_story`."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.orgs.models import Jurisdiction, Unit
from zhize.apps.orgs.models.mine import mine_q
from zhize.apps.regulations.models import Duty
from zhize.apps.work.models.plan_items import PlanItem
from zhize.apps.years.models import WorkYear
from zhize.kit.actor import Actor
from zhize.kit.scope import NOTHING, ScopedModel
from zhize.kit.versioned import Versioned


class Task(ScopedModel, Versioned):
    """One matter with one lead unit and a date.

    `state` is moved by `core.workflow.task`; the light is worked out from it, `due_on`, `done_on` and the day. `done_on`
    is the day completion was asked for, `closed_on` the day the office closed it: who checks late makes nobody late.
    `supports` are the printed names of the supporting units, for lists and files; the rows are `TaskUnit`.

    A sub-task is a task whose source is another task (`source_kind` work.task), here or in a jurisdiction below; the percent
    of the whole is rolled up from its parts by `weight`. Whoever divided a task it leads checks the part (`checker`; empty:
    the office). A target is words, beside them a figure (`target_value` from `base_value`) or a yes or no; `reached_value` and
    `is_reached` are what the lead unit reported last. `behind` is worked out when progress changes and each night (`services.task_steps`).
    """

    class Source(models.TextChoices):
        PLAN = "plan", _("年度计划")
        RESOLUTION = "resolution", _("会议决定")
        ASSIGNED = "assigned", _("领导小组交办")
        INSTRUCTION = "instruction", _("领导批示")
        DUTY = "duty", _("职责")
        ABOVE = "above", _("上级任务")
        FINDING = "finding", _("核查问题")
        RESULT = "result", _("考核结果")
        COORDINATION = "coordination", _("协调事项")
        HAND = "hand", _("自行登记")

    class TargetKind(models.TextChoices):
        FIGURE = "figure", _("数值")
        YES_NO = "yes_no", _("是否完成")

    class State(models.TextChoices):
        ASSIGNED = "assigned", _("待承办确认")
        HANDED_BACK = "handed_back", _("承办单位退回")
        TAKEN = "taken", _("已承办")
        RUNNING = "running", _("办理中")
        ASKED = "asked", _("已申请办结")
        RETURNED = "returned", _("办结退回")
        CONTINUING = "continuing", _("持续推进")
        SUSPENDED = "suspended", _("暂停")
        CLOSED = "closed", _("办结销号")
        CANCELLED = "cancelled", _("已取消")

    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name=_("辖区"), on_delete=models.PROTECT, related_name="tasks"
    )
    year = models.ForeignKey(WorkYear, verbose_name=_("年度"), on_delete=models.PROTECT, related_name="tasks")
    code = models.CharField(_("任务编号"), max_length=40)
    seq = models.PositiveIntegerField(_("序号"), default=0, editable=False)
    title = models.CharField(_("任务"), max_length=120)
    part = models.CharField(_("板块"), max_length=12, choices=PlanItem.Part, blank=True)
    source = models.CharField(_("来源"), max_length=12, choices=Source, default=Source.HAND)
    source_kind = models.CharField(max_length=60, blank=True)
    source_id = models.BigIntegerField(null=True, blank=True)
    basis = models.CharField(_("来源依据"), max_length=200, blank=True)
    goal = models.CharField(_("目标"), max_length=500, blank=True)
    measure = models.TextField(_("措施"), max_length=2000, blank=True)
    target = models.CharField(_("指标要求"), max_length=200, blank=True)
    target_kind = models.CharField(_("目标形式"), max_length=8, choices=TargetKind, blank=True)
    target_value = models.DecimalField(_("目标值"), max_digits=18, decimal_places=4, null=True, blank=True)
    target_unit = models.CharField(_("计量单位"), max_length=20, blank=True)
    base_value = models.DecimalField(_("基期值"), max_digits=18, decimal_places=4, null=True, blank=True)
    reached_value = models.DecimalField(_("完成值"), max_digits=18, decimal_places=4, null=True, blank=True)
    is_reached = models.BooleanField(_("目标已完成"), null=True, blank=True)
    lead_unit = models.ForeignKey(
        Unit, verbose_name=_("牵头单位"), on_delete=models.PROTECT, related_name="tasks_led"
    )
    supports = models.CharField(_("配合单位"), max_length=300, blank=True)
    person = models.CharField(_("责任人"), max_length=40, blank=True)
    weight = models.PositiveSmallIntegerField(
        _("权重"), default=1, help_text=_("在上级任务中所占的份量，1 至 100")
    )
    checker = models.ForeignKey(
        Unit, verbose_name=_("核查单位"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField(_("完成期限"), null=True, blank=True)
    first_due_on = models.DateField(_("原定期限"), null=True, blank=True)
    state = models.CharField(_("办理状态"), max_length=12, choices=State, default=State.ASSIGNED)
    percent = models.PositiveSmallIntegerField(_("进度"), default=0)
    behind = models.BooleanField(_("进度滞后"), default=False, editable=False)
    done_on = models.DateField(_("完成日期"), null=True, blank=True)
    closed_on = models.DateField(_("销号日期"), null=True, blank=True)
    last_word = models.CharField(_("最新进展"), max_length=200, blank=True)
    reported_on = models.DateField(_("最近报告"), null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(_("督办次数"), default=0)
    created_at = models.DateTimeField(_("交办时间"))
    units = models.ManyToManyField(Unit, through="TaskUnit", related_name="+")
    duties = models.ManyToManyField(Duty, through="TaskDuty", related_name="tasks")

    class Meta:
        verbose_name = _("任务")
        constraints = [
            models.UniqueConstraint(
                fields=["year", "code"],
                name="work_task_code",
                violation_error_message=_("本年度已有这个任务编号"),
            ),
            models.CheckConstraint(
                condition=Q(percent__lte=100),
                name="work_task_percent",
                violation_error_message=_("进度应为 0 至 100"),
            ),
            models.CheckConstraint(
                condition=Q(weight__gte=1, weight__lte=100),
                name="work_task_weight",
                violation_error_message=_("权重应为 1 至 100"),
            ),
        ]
        indexes = [
            models.Index(fields=["year", "state", "due_on"], name="work_task_light"),
            models.Index(fields=["lead_unit", "year", "due_on"], name="work_task_lead"),
            models.Index(fields=["jurisdiction", "due_on", "id"], name="work_task_list"),
            models.Index(fields=["year", "due_on", "id"], name="work_task_due"),
            models.Index(fields=["source_kind", "source_id"], name="work_task_source"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        """The own jurisdiction's, and those in which the acting unit, or one it answers for, leads or takes part."""
        if actor.jurisdiction_id is None:
            return NOTHING
        mine = mine_q(actor)
        taking_part = TaskUnit.objects.system("participation decides who sees a task").filter(mine)
        return Q(jurisdiction_id=actor.jurisdiction_id) | Q(pk__in=taking_part.values("task_id"))


class _OfTask(ScopedModel):
    """Rows that are seen by whoever sees their task."""

    class Meta:
        abstract = True

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        return Q(task_id__in=Task.objects.visible_to(actor).values("pk"))


class TaskUnit(_OfTask):
    """参与单位: who leads, supports or guides, and its part."""

    class Role(models.TextChoices):
        LEAD = "lead", _("牵头")
        SUPPORT = "support", _("配合")
        GUIDE = "guide", _("指导")

    task = models.ForeignKey(
        Task, verbose_name=_("任务"), on_delete=models.CASCADE, related_name="participants"
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="task_links"
    )
    role = models.CharField(_("责任"), max_length=8, choices=Role, default=Role.SUPPORT)
    part = models.CharField(_("承担部分"), max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(_("顺序"), default=0)

    class Meta:
        verbose_name = _("任务参与单位")
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["task", "unit"], name="work_taskunit_once")]
        indexes = [models.Index(fields=["unit", "role", "task"], name="work_taskunit_unit")]

    @property
    def line(self) -> str:
        """配合 省工商局 查处无照经营: as the office writes it. Reads: `unit` joined."""
        return f"{self.get_role_display()} {self.unit.name} {self.part}".strip()


class TaskDuty(models.Model):
    """The duty a task serves; closing the task discharges it."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="duty_links")
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="task_links")

    class Meta:
        verbose_name = _("任务对应职责")
        constraints = [models.UniqueConstraint(fields=["task", "duty"], name="work_taskduty_once")]


class TaskStep(_OfTask):
    """节点: after this day so much of the whole task should be done (method `tasks.curve`)."""

    task = models.ForeignKey(Task, verbose_name=_("任务"), on_delete=models.CASCADE, related_name="steps")
    due_on = models.DateField(_("节点日期"))
    percent = models.PositiveSmallIntegerField(_("计划进度"))
    name = models.CharField(_("节点"), max_length=80)

    class Meta:
        verbose_name = _("任务节点")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["task", "due_on"], name="work_taskstep_once"),
            models.CheckConstraint(
                condition=Q(percent__lte=100),
                name="work_taskstep_percent",
                violation_error_message=_("计划进度应为 0 至 100"),
            ),
        ]

    def __str__(self) -> str:
        """As a line of the form reads it: 2012-05-31 40% 完成抽样."""
        return f"{self.due_on} {self.percent}% {self.name}"
