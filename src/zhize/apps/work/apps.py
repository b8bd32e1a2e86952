"""The app's place in the house: what its rooms register when the product starts."""

from __future__ import annotations

from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "zhize.apps.work"
    label = "work"
    verbose_name = "计划与任务"

    def ready(self) -> None:
        from zhize.apps.work.handlers import conferences, coordination, incoming, plans, task_replies, tasks

        for room in (plans, tasks, task_replies, conferences, incoming, coordination):
            room.connect()
