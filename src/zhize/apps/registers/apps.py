"""The app's place in the house: what it registers when the product starts."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistersConfig(AppConfig):
    name = "zhize.apps.registers"
    label = "registers"
    verbose_name = "业务台账"

    def ready(self) -> None:
        from zhize.apps.registers import log_types, policies, specs
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
        item, see = contributions.NavItem, policies.may_see_registers
        contributions.nav.add(item("data", _("业务台账"), "registers:index", see, "table-2"), rank=70)
        contributions.nav.add(
            item("archive", _("企业档案"), "registers:subjects", see, "building-2"), rank=80
        )
        contributions.todo_verbs["registers.due"] = _("查看")
        self._sections()
        self._each_day()

    def _sections(self) -> None:
        """What registers give to pages of a clause, a unit, the situation, and to summaries."""
        from zhize.apps.registers.selectors import sections
        from zhize.kit import contributions as c

        c.clause_sections.add(
            c.ClauseSection(_("台账"), "registers/_clause.html", sections.clause_section), rank=60
        )
        c.unit_sections.add(
            c.UnitSection(_("登记的台账"), "registers/_unit.html", sections.unit_section), rank=60
        )
        c.situation.add(
            c.SituationPart("registers", _("业务台账"), sections.HEADS, sections.situation), rank=60
        )
        c.digests.add(c.DigestSource("registers", sections.digest), rank=60)

    def _each_day(self) -> None:
        from datetime import time

        from zhize.apps.registers.services import remind_each_day
        from zhize.kit.beat import Periodic, register_periodic

        register_periodic(Periodic("registers.due", remind_each_day, at=time(6, 30)))
