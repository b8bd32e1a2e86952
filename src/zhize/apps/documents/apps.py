"""The app's place in the house: what it registers when the product starts."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "zhize.apps.documents"
    label = "documents"
    verbose_name = "文件"

    def ready(self) -> None:
        from zhize.apps.documents import log_types, selectors, specs
        from zhize.kit.audit import register_log_types
        from zhize.kit.things import register_thing

        register_log_types(*log_types.ALL)
        specs.register()
        register_thing(selectors.EVIDENCE, selectors.evidence_cards)
