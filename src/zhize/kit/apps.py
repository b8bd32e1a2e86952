"""The kit as a Django app: it has a few tables of its own (saved views, imports, jobs, numbers) and no domain."""

from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "zhize.kit"
    label = "kit"

    def ready(self) -> None:
        from zhize.kit import log_types

        log_types.register()
