"""The app's place in the house: what it registers when the product starts."""

from __future__ import annotations

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "zhize.apps.registers"
    label = "registers"
    verbose_name = "业务台账"
