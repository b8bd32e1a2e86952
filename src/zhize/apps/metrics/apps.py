"""The app's place in the house: what it registers when the product starts."""

from __future__ import annotations

from django.apps import AppConfig


class MetricsConfig(AppConfig):
    name = "zhize.apps.metrics"
    label = "metrics"
    verbose_name = "指标"

    def ready(self) -> None:
        from zhize.apps.metrics import log_types
        from zhize.kit.audit import register_log_types

        register_log_types(*log_types.ALL)
