"""The app's place in the house: what it registers when the product starts."""

from __future__ import annotations

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "zhize.apps.assessment"
    label = "assessment"
    verbose_name = "考核"
