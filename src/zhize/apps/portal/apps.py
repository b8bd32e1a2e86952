"""The app's place in the house: what it registers when the product starts."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "zhize.apps.portal"
    label = "portal"
    verbose_name = "门户"
