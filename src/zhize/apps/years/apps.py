"""The app's place in the house: what it registers when the product starts."""

from django.apps import AppConfig


class YearsConfig(AppConfig):
    name = "zhize.apps.years"
    label = "years"
    verbose_name = "年度"

    def ready(self) -> None:
        from zhize.apps.years import log_types
        from zhize.kit.audit import register_log_types

        register_log_types(*log_types.ALL)
