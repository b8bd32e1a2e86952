"""The app's place in the house: what it registers when the product starts."""

from django.apps import AppConfig


class RegulationsConfig(AppConfig):
    name = "zhize.apps.regulations"
    label = "regulations"
    verbose_name = "制度与职责"
