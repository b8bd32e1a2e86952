"""The app's place in the house: what it registers when the product starts."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistersConfig(AppConfig):
    name = "zhize.apps.registers"
    label = "registers"
    verbose_name = "业务台账"

    def ready(self) -> None:
        from zhize.apps.registers import log_types, specs
        from zhize.apps.registers.selectors.cards import RESOLVERS
        from zhize.apps.registers.selectors.subjects import find_subjects
        from zhize.kit import contributions
        from zhize.kit.audit import register_log_types
        from zhize.kit.things import register_thing

        register_log_types(*log_types.ALL)
        specs.register()
        for kind, resolver in RESOLVERS.items():
            register_thing(kind, resolver)
        contributions.search.add(contributions.SearchSource(_("企业"), find_subjects), rank=25)
