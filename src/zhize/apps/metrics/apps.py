"""The app's place in the house: what it registers when the product starts."""

from __future__ import annotations

from django.apps import AppConfig


class MetricsConfig(AppConfig):
    name = "zhize.apps.metrics"
    label = "metrics"
    verbose_name = "指标"
