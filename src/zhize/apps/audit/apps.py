"""The app's place in the house: what it registers when the product starts."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "zhize.apps.audit"
    label = "audit"
    verbose_name = "审计"

    def ready(self) -> None:
        from zhize.apps.audit import log_types
        from zhize.apps.audit.services import entry_write
        from zhize.kit.audit import register_log_types, use_recorder

        use_recorder(entry_write)
        register_log_types(*log_types.ALL)
