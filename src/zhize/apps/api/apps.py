"""The app's place in the house: what it registers when the product starts."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "zhize.apps.api"
    label = "api"
    verbose_name = "接口"
