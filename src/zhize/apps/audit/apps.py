"""The app's place in the house: what it registers when the product starts."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "zhize.apps.audit"
    label = "audit"
    verbose_name = "审计"

    def ready(self) -> None:
        from datetime import time

        from zhize.apps.audit import log_types, specs  # noqa: F401  (describes its thing when imported)
        from zhize.apps.audit.services import entry_write
        from zhize.apps.audit.tasks import audit_daily
        from zhize.kit.audit import register_log_types, use_recorder
        from zhize.kit.beat import Periodic, register_periodic

        use_recorder(entry_write)
        register_log_types(*log_types.ALL)
        register_periodic(Periodic("audit.checkpoints", audit_daily, at=time(23, 40)))
