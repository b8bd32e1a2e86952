"""The app's place in the house: what it registers when the product starts."""

from __future__ import annotations

from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "zhize.apps.work"
    label = "work"
    verbose_name = "计划与任务"
