"""The app's place in the house: what it registers when the product starts."""

from django.apps import AppConfig


class OrgsConfig(AppConfig):
    name = "zhize.apps.orgs"
    label = "orgs"
    verbose_name = "组织"
