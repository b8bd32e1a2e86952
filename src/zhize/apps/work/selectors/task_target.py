"""A task's target in words: what is to be reached, and what was reported of it last."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from zhize.apps.work.models import Task


def figure_words(value: Decimal, unit: str) -> str:
    """92%, 1.5万元: without the zeros the database keeps."""
    return f"{value.normalize():f}{unit}"


def target_words(task: Task) -> str:
    """92%，基期 90.5%，报告完成 91.2%; 是否完成：已完成; nothing where the target is words alone. Reads only the row."""
    if task.target_kind == Task.TargetKind.YES_NO:
        said = {None: _("未报告"), True: _("已完成"), False: _("未完成")}[task.is_reached]
        return _("是否完成：%(said)s") % {"said": said}
    if task.target_value is None:
        return ""
    unit = task.target_unit
    parts = [figure_words(task.target_value, unit)]
    if task.base_value is not None:
        parts.append(_("基期 %(value)s") % {"value": figure_words(task.base_value, unit)})
    if task.reached_value is not None:
        parts.append(_("报告完成 %(value)s") % {"value": figure_words(task.reached_value, unit)})
    return "，".join(parts)
