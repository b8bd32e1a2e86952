"""The writes of this app; each room its own module."""

from zhize.apps.work.services.task_bulk import tasks_change_due
from zhize.apps.work.services.task_check import (
    task_check,
    task_completion_ask,
    task_completion_withdraw,
    task_extension_decide,
)
from zhize.apps.work.services.task_import import tasks_import
from zhize.apps.work.services.task_office import (
    task_cancel,
    task_continue,
    task_reassign,
    task_resume,
    task_suspend,
    task_update,
)
from zhize.apps.work.services.task_remind import Chased, task_remind, tasks_remind
from zhize.apps.work.services.task_work import (
    Report,
    task_extension_ask,
    task_hand_back,
    task_progress_report,
    task_take,
)
from zhize.apps.work.services.tasks import NewTask, task_create, tasks_create

__all__ = [
    "Chased",
    "NewTask",
    "Report",
    "task_cancel",
    "task_check",
    "task_completion_ask",
    "task_completion_withdraw",
    "task_continue",
    "task_create",
    "task_extension_ask",
    "task_extension_decide",
    "task_hand_back",
    "task_progress_report",
    "task_reassign",
    "task_remind",
    "task_resume",
    "task_suspend",
    "task_take",
    "task_update",
    "tasks_change_due",
    "tasks_create",
    "tasks_import",
    "tasks_remind",
]
