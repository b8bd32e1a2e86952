"""The kit as a Django app: it has a few tables of its own (saved views, imports, jobs, numbers) and no domain."""

from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "zhize.kit"
    label = "kit"

    def ready(self) -> None:
        from zhize.kit import log_types

        log_types.register()
        self._jobs()
        self._periodics()

    def _jobs(self) -> None:
        from zhize.kit.imports.publish import IMPORT, import_cards, publish_job
        from zhize.kit.imports.stage import stage_job
        from zhize.kit.jobs import register_job
        from zhize.kit.things import register_thing

        register_thing(IMPORT, import_cards)
        register_job("imports.stage", stage_job)
        register_job("imports.publish", publish_job)

    def _periodics(self) -> None:
        from datetime import time, timedelta

        from zhize.kit.beat import Periodic, register_periodic
        from zhize.kit.files.store import sweep_parts
        from zhize.kit.jobs import jobs_reap

        register_periodic(Periodic("kit.jobs_reap", jobs_reap, every=timedelta(minutes=1)))
        register_periodic(Periodic("kit.files_sweep", sweep_parts, at=time(3, 20)))
