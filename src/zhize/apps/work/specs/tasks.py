"""Tasks and what was done to chase them, as lists, forms and files know them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.regulations.selectors import bounds
from zhize.apps.work.models import PlanItem, Task, TaskReminder
from zhize.apps.work.policies import tasks as policies
from zhize.apps.work.selectors import counted, task_lights
from zhize.apps.work.selectors import tasks as selectors
from zhize.apps.work.services import task_update, tasks_import
from zhize.apps.years.selectors import years_visible
from zhize.kit import clock
from zhize.kit.actor import Actor
from zhize.kit.fields import FieldSpec, Filter, Kind, Ref, ThingSpec, register_spec

UNITS = Ref(load=lambda actor: selectors.units_for_tasks(actor, clock.today()))
REGIONS = Ref(load=selectors.regions_for_tasks)
YEARS = Ref(
    load=years_visible,
    key="label",
    label="label",
    search=("label",),
    aliases=lambda actor: {
        word: year.pk
        for year in years_visible(actor)
        for word in (f"{year.starts_on.year}", f"{year.starts_on.year}年")
    },
)


class LedgerState(models.TextChoices):
    """What a file may say of a task it brings."""

    ASSIGNED = Task.State.ASSIGNED.value, Task.State.ASSIGNED.label
    RUNNING = Task.State.RUNNING.value, Task.State.RUNNING.label
    CONTINUING = Task.State.CONTINUING.value, Task.State.CONTINUING.label
    CLOSED = Task.State.CLOSED.value, Task.State.CLOSED.label


def light_of(row: Task) -> Any:
    """The light of a row, against the boundaries of this day."""
    return task_lights.task_light(row, bounds(clock.today()))


def slip_words(row: TaskReminder) -> str:
    """The number of the paper of a step, or that it has not gone out, or was made void."""
    return row.slip.standing() if row.slip else ""


def unit_names(actor: Actor) -> list[tuple[str, str]]:
    """Names of units as a list of several takes them."""
    return [(name, name) for name in UNITS.load(actor).values_list("name", flat=True)]


def supports(**more: Any) -> FieldSpec:
    return FieldSpec(
        "supports",
        _("配合单位"),
        Kind.SEVERAL,
        options=unit_names,
        max_length=300,
        synonyms=("协办单位",),
        **more,
    )


TASK = ThingSpec(
    kind="work.task",
    label=_("任务"),
    model=Task,
    fields=(
        FieldSpec("title", _("任务"), required=True, max_length=120),
        FieldSpec(
            "light",
            _("状态"),
            Kind.CHOICE,
            choices=task_lights.TaskLight,
            editable=False,
            light=True,
            value=light_of,
            filter=Filter.EXACT,
            filter_q=lambda chosen: task_lights.task_light_q(chosen, bounds(clock.today())),
        ),
        FieldSpec("lead_unit", _("牵头单位"), Kind.REF, ref=UNITS, editable=False, filter=Filter.EXACT),
        FieldSpec(
            "part", _("板块"), Kind.CHOICE, choices=PlanItem.Part, default_column=False, filter=Filter.EXACT
        ),
        FieldSpec("due_on", _("完成期限"), Kind.DATE, editable=False, sortable=True, filter=Filter.RANGE),
        FieldSpec("percent", _("进度（%）"), Kind.INTEGER, editable=False),
        FieldSpec("last_word", _("最新进展"), Kind.LONG, editable=False),
        FieldSpec("source", _("来源"), Kind.CHOICE, choices=Task.Source, editable=False, filter=Filter.EXACT),
        FieldSpec("reminders", _("督办次数"), Kind.INTEGER, editable=False, filter=Filter.RANGE),
        FieldSpec("code", _("任务编号"), Kind.CODE, editable=False, default_column=False),
        FieldSpec("supports", _("配合单位"), editable=False, default_column=False, filter=Filter.CONTAINS),
        FieldSpec("goal", _("目标"), Kind.LONG, max_length=500, default_column=False),
        FieldSpec("measure", _("措施"), Kind.LONG, max_length=2000, default_column=False),
        FieldSpec("target", _("指标要求"), max_length=200, default_column=False),
        FieldSpec("target_kind", _("目标形式"), Kind.CHOICE, choices=Task.TargetKind, default_column=False),
        FieldSpec("target_value", _("目标值"), Kind.DECIMAL, places=4, default_column=False),
        FieldSpec("target_unit", _("计量单位"), max_length=20, default_column=False),
        FieldSpec("base_value", _("基期值"), Kind.DECIMAL, places=4, default_column=False),
        FieldSpec(
            "reached_value", _("完成值"), Kind.DECIMAL, places=4, editable=False, default_column=False
        ),
        FieldSpec("is_reached", _("目标已完成"), Kind.BOOL, editable=False, default_column=False),
        FieldSpec("basis", _("来源依据"), max_length=200, default_column=False),
        FieldSpec("first_due_on", _("原定期限"), Kind.DATE, editable=False, default_column=False),
        FieldSpec(
            "done_on", _("完成日期"), Kind.DATE, editable=False, default_column=False, filter=Filter.RANGE
        ),
        FieldSpec("closed_on", _("销号日期"), Kind.DATE, editable=False, default_column=False),
        FieldSpec("reported_on", _("最近报告"), Kind.DATE, editable=False, default_column=False),
        FieldSpec(
            "state",
            _("办理状态"),
            Kind.CHOICE,
            choices=Task.State,
            editable=False,
            default_column=False,
            filter=Filter.EXACT,
        ),
        FieldSpec(
            "year", _("年度"), Kind.REF, ref=YEARS, editable=False, default_column=False, filter=Filter.EXACT
        ),
        FieldSpec(
            "tally",
            _("办结情况"),
            Kind.CHOICE,
            choices=task_lights.TaskTally,
            editable=False,
            listed=False,
            filter=Filter.EXACT,
            filter_q=task_lights.task_tally_q,
        ),
        FieldSpec(
            "counted", _("统计口径"), Kind.CODE, editable=False, listed=False,
            filter_q=counted.counted_q, filter_words=counted.counted_words,
        ),
        FieldSpec(
            "region",
            _("地区"),
            Kind.REF,
            ref=REGIONS,
            editable=False,
            default_column=False,
            value=lambda row: row.lead_unit.region,
            filter_q=lambda region: Q(lead_unit__region=region),
        ),
    ),
    rows=selectors.tasks_listed,
    may_view=policies.may_see_tasks,
    may_edit=policies.may_hand_out,
    ordering=("due_on", "pk"),
    detail="work:task",
    update=task_update,
    search=("title", "code", "lead_unit__name"),
    api_scope="tasks",
)  # fmt: skip

LEDGER = ThingSpec(
    kind="work.task_ledger",
    label=_("任务台账"),
    model=Task,
    fields=(
        FieldSpec(
            "year", _("年度"), Kind.REF, ref=YEARS, required=True, natural_key=True, example="2012年度"
        ),
        FieldSpec(
            "code", _("任务编号"), Kind.CODE, required=True, natural_key=True, max_length=40, example="2012-001",
            synonyms=("编号", "序号"),
        ),
        FieldSpec("title", _("任务"), required=True, max_length=120, synonyms=("任务名称", "工作任务", "事项")),
        FieldSpec("lead_unit", _("牵头单位"), Kind.REF, ref=UNITS, required=True, synonyms=("责任单位", "承办单位")),
        supports(),
        FieldSpec("due_on", _("完成期限"), Kind.DATE, synonyms=("完成时限", "办结时限")),
        FieldSpec("source", _("来源"), Kind.CHOICE, choices=Task.Source),
        FieldSpec("basis", _("来源依据"), max_length=200, synonyms=("依据", "文号")),
        FieldSpec("part", _("板块"), Kind.CHOICE, choices=PlanItem.Part),
        FieldSpec("goal", _("目标"), Kind.LONG, max_length=500),
        FieldSpec("measure", _("措施"), Kind.LONG, max_length=2000),
        FieldSpec("target", _("指标要求"), max_length=200),
        FieldSpec("target_kind", _("目标形式"), Kind.CHOICE, choices=Task.TargetKind),
        FieldSpec("target_value", _("目标值"), Kind.DECIMAL, places=4),
        FieldSpec("target_unit", _("计量单位"), max_length=20),
        FieldSpec("base_value", _("基期值"), Kind.DECIMAL, places=4),
        FieldSpec("state", _("办理状态"), Kind.CHOICE, choices=LedgerState, synonyms=("办理情况",)),
        FieldSpec("done_on", _("完成日期"), Kind.DATE),
        FieldSpec("last_word", _("最新进展"), Kind.LONG, max_length=200, synonyms=("进展情况",)),
    ),
    rows=selectors.tasks_of_ledger,
    may_view=policies.may_see_tasks,
    may_edit=policies.may_hand_out,
    ordering=("due_on", "pk"),
    detail="work:task",
    bulk_save=tasks_import,
    search=("title", "code"),
)  # fmt: skip

REMINDER = ThingSpec(
    kind="work.task_reminder",
    label=_("督办记录"),
    model=TaskReminder,
    fields=(
        FieldSpec("task", _("任务"), editable=False, value=lambda row: row.task.title),
        FieldSpec("name", _("督办方式"), editable=False, filter=Filter.CONTAINS, whole=True),
        FieldSpec("unit", _("被督办单位"), Kind.REF, ref=UNITS, editable=False, filter=Filter.EXACT),
        FieldSpec("at", _("督办时间"), Kind.DATE, editable=False, sortable=True, filter=Filter.RANGE),
        FieldSpec("text", _("督办内容"), Kind.LONG, editable=False),
        FieldSpec("paper", _("督办公文"), editable=False, value=slip_words),
        FieldSpec("reply_by", _("反馈期限"), Kind.DATE, editable=False),
        FieldSpec("due_on", _("当时期限"), Kind.DATE, editable=False, default_column=False),
        FieldSpec(
            "answered",
            _("已反馈"),
            Kind.BOOL,
            editable=False,
            value=lambda row: row.answered_at is not None,
        ),
        FieldSpec("answered_at", _("反馈时间"), Kind.DATE, editable=False, default_column=False),
        FieldSpec("signer", _("签发人"), editable=False, default_column=False),
        FieldSpec("by", _("经办人"), editable=False, default_column=False),
    ),
    rows=selectors.reminders_listed,
    may_view=policies.may_see_tasks,
    may_edit=lambda actor: False,
    ordering=("-at", "-pk"),
    detail="work:reminder",
    search=("task__title", "unit__name", "text"),
)


def register() -> None:
    """Called when the app is ready."""
    for spec in (TASK, LEDGER, REMINDER):
        register_spec(spec)
