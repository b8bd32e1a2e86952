"""督办单 as the blocks of its paper: which tasks, how they stand, what was sent before, what is asked by when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from zhize.apps.work.models import Task, TaskReminder, TaskSlip
from zhize.core.papers.days import printed_day
from zhize.core.workflow.ladder import MATTER
from zhize.kit.clock import local_day
from zhize.kit.officialdoc import Block, heading, numbered, para, table

Before = Mapping[int, Sequence[TaskReminder]]
# So many are told one by one; more stand in a table.
TOLD = 3
ASKED = "请查明未按期办结的原因，明确责任人和办结时间，抓紧办理。"


def slip_title(pattern: str, tasks: Sequence[Task]) -> str:
    """关于督办“开展监督抽查”等3项任务的通知"""
    rest = f"等{len(tasks)}项任务" if len(tasks) > 1 else "任务"
    return pattern.replace(MATTER, f"“{tasks[0].title}”{rest}")


def slip_blocks(
    slip: TaskSlip, tasks: Sequence[Task], before: Before, text: str, today: date
) -> tuple[Block, ...]:
    """督办事项 and 办理要求; `before` are the steps taken against each task so far, in their order."""
    late = any(task.due_on and task.due_on < today for task in tasks)
    how = "未按期办结" if late else "需要抓紧办理"
    out: list[Block] = [
        para(f"{slip.unit.name}牵头的下列任务{how}（情况截至{printed_day(today)}），现予督办："),
        heading("督办事项"),
    ]
    if len(tasks) > TOLD:
        out.append(
            table(
                ("序号", "任务", "来源依据", "完成期限", "进度", "此前督办"),
                [_row(number, task, before) for number, task in enumerate(tasks, 1)],
            )
        )
    elif len(tasks) == 1:
        out += [para(line) for line in (f"“{tasks[0].title}”。", *_lines(tasks[0], before, today))]
    else:
        for task in tasks:
            out += [heading(task.title, 2), *(para(line) for line in _lines(task, before, today))]
    until = f"请于{printed_day(slip.reply_by)}前" if slip.reply_by else "请及时"
    return numbered(
        [
            *out,
            heading("办理要求"),
            para(text or ASKED),
            para(f"{until}反馈办理情况并附佐证材料；确需延期或者提请协调的，一并说明理由。"),
        ]
    )


def _row(number: int, task: Task, before: Before) -> tuple[str, ...]:
    due = printed_day(task.due_on) if task.due_on else ""
    return (str(number), task.title, _source(task), due, f"{task.percent}%", _steps(before.get(task.pk, ())))


def _lines(task: Task, before: Before, today: date) -> list[str]:
    facts = [f"来源：{_source(task)}"]
    facts += [
        f"{label}：{words}" for label, words in (("目标", task.goal), ("配合单位", task.supports)) if words
    ]
    out = ["；".join(part.rstrip("。；") for part in facts) + "。", _stand(task, today)]
    if steps := _steps(before.get(task.pk, ())):
        out.append(f"此前督办：{steps}。")
    return out


def _source(task: Task) -> str:
    return "，".join(part for part in (str(task.get_source_display()), task.basis) if part)


def _stand(task: Task, today: date) -> str:
    """应于2012年5月31日前完成，逾期20日，进度40%。最近进展（2012年6月1日）：样品已抽。"""
    due = f"应于{printed_day(task.due_on)}前完成，" if task.due_on else ""
    late = f"逾期{(today - task.due_on).days}日，" if task.due_on and task.due_on < today else ""
    if task.last_word:
        day = f"（{printed_day(task.reported_on)}）" if task.reported_on else ""
        word = f"最近进展{day}：{task.last_word.rstrip('。')}。"
    else:
        word = "尚未承办确认。" if task.state == Task.State.ASSIGNED else "没有报告进展。"
    return f"{due}{late}进度{task.percent}%。{word}"


def _steps(rows: Sequence[TaskReminder]) -> str:
    """2012年6月3日提醒、2012年6月8日催办"""
    return "、".join(f"{printed_day(local_day(row.at))}{row.name}" for row in rows)
