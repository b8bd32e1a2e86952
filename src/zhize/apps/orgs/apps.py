"""The app's place in the house: what it registers when the product starts."""

from django.apps import AppConfig


class OrgsConfig(AppConfig):
    name = "zhize.apps.orgs"
    label = "orgs"
    verbose_name = "组织"

    def ready(self) -> None:
        from zhize.apps.orgs import log_types, specs
        from zhize.kit.audit import register_log_types

        register_log_types(*log_types.ALL)
        specs.register()
