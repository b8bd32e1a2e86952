"""The app's place in the house: what it registers when the product starts."""

from django.apps import AppConfig


class YearsConfig(AppConfig):
    name = "zhize.apps.years"
    label = "years"
    verbose_name = "年度"
