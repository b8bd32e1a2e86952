"""The story of a task in one line of time: handed out, reported, reminded, asked, decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from zhize.apps.documents.models import Evidence
from zhize.apps.work.models import Talk, Task, TaskChange, TaskProgress, TaskReminder
from zhize.apps.work.selectors.task_target import figure_words


@dataclass(frozen=True, slots=True)
class Line:
    """One event: when, what in a word, by whom, what was said, what it rests on; `key` marks a turning point."""

    at: datetime
    what: str
    who: str
    words: str = ""
    note: str = ""
    evidence: Sequence[Evidence] = ()
    key: bool = False
    url: str = ""


def story_of(
    task: Task,
    progress: Sequence[TaskProgress],
    reminders: Sequence[TaskReminder],
    changes: Sequence[TaskChange],
    talks: Sequence[Talk] = (),
) -> list[Line]:
    """Newest first. Reads only what was already read."""
    final = {change.progress_id for change in changes if change.progress_id}
    by_pk = {one.pk: one for one in progress}
    lines = [
        *(_progress(one, task.target_unit) for one in progress if one.pk not in final),
        *(_reminder(one) for one in reminders),
        *(_talk(one) for one in talks),
        *(line for one in changes for line in _change(one, by_pk)),
        Line(task.created_at, _("交办"), str(task.get_source_display()), words=task.basis, key=True),
    ]
    return sorted(lines, key=lambda line: line.at, reverse=True)


def _progress(one: TaskProgress, unit: str) -> Line:
    percent = "" if one.percent is None else f" {one.percent}%"
    what = _("报告进展") + (f"（{one.period}）" if one.period else "") + percent + _of_target(one, unit)
    note = _("困难：%(words)s") % {"words": one.difficulties} if one.difficulties else ""
    return Line(one.at, what, f"{one.unit.name} {one.by}", one.words, note, list(one.evidence.all()))


def _of_target(one: TaskProgress, unit: str) -> str:
    """What it said of the target: a figure with its unit, or whether it is done."""
    if one.value is not None:
        return _("，完成值 %(value)s") % {"value": figure_words(one.value, unit)}
    if one.is_reached is not None:
        return _("，目标已完成") if one.is_reached else _("，目标未完成")
    return ""


def _reminder(one: TaskReminder) -> Line:
    parts = [_("签发：%(name)s") % {"name": one.signer} if one.signer else ""]
    if one.slip:
        parts.append(f"{one.slip.title} {one.slip.standing()}")
    note = "，".join(part for part in parts if part)
    url = reverse("work:slip", args=[one.slip_id]) if one.slip_id else ""
    return Line(one.at, one.name, one.by, one.text, note, key=True, url=url)


def _talk(one: Talk) -> Line:
    words = "；".join(part for part in (one.words, one.promise) if part)
    note = _("约谈 %(day)s · %(leader)s") % {"day": one.held_on, "leader": one.leader}
    return Line(one.at, _("约谈"), one.by, words, note, key=True, url=reverse("work:talk", args=[one.pk]))


def _change(one: TaskChange, by_pk: dict[int, TaskProgress]) -> Iterable[Line]:
    """The asking, and the deciding where it came later."""
    progress = by_pk.get(one.progress_id or 0)
    evidence = list(progress.evidence.all()) if progress else []
    yield Line(
        one.at,
        str(one.get_kind_display()),
        f"{one.unit.name} {one.by}",
        one.reason,
        _moved(one),
        evidence,
        True,
    )
    if one.decided_at and one.state != TaskChange.State.ASKED and one.decided_at != one.at:
        what = f"{one.get_kind_display()}：{one.get_state_display()}"
        yield Line(one.decided_at, what, one.decided_by, one.comment, key=True)


def _moved(one: TaskChange) -> str:
    if one.new_unit:
        return f"{one.old_unit.name if one.old_unit else ''} → {one.new_unit.name}"
    if one.new_due_on and one.new_due_on != one.old_due_on:
        return f"{one.old_due_on or _('未定')} → {one.new_due_on}"
    return ""
