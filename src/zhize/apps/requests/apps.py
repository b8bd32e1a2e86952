"""The app's place in the house: what it registers when the product starts."""

from __future__ import annotations

from django.apps import AppConfig


class RequestsConfig(AppConfig):
    name = "zhize.apps.requests"
    label = "requests"
    verbose_name = "征集报送"
