"""The app's place in the house: what it registers when the product starts."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InspectionConfig(AppConfig):
    name = "zhize.apps.inspection"
    label = "inspection"
    verbose_name = "实地核查"

    def ready(self) -> None:
        from zhize.apps.documents.events import OfficialIssued
        from zhize.apps.inspection import handlers, log_types, policies, specs
        from zhize.apps.inspection.selectors import findings
        from zhize.apps.inspection.selectors import inspections as selectors
        from zhize.apps.inspection.specs import findings as finding_specs
        from zhize.apps.work.events.tasks import TaskClosed
        from zhize.kit import contributions
        from zhize.kit.audit import register_log_types
        from zhize.kit.events import on
        from zhize.kit.things import register_thing

        register_log_types(*log_types.ALL)
        on(OfficialIssued, handlers.on_official_issued)
        on(TaskClosed, handlers.on_task_closed)
        contributions.todo_verbs["finding.close"] = _("销号")
        specs.register()
        finding_specs.register()
        register_thing(findings.KIND, findings.finding_cards)
        register_thing(selectors.KIND, selectors.inspection_cards)
        contributions.search.add(
            contributions.SearchSource(_("实地核查"), selectors.find_inspections), rank=58
        )
        item, see = contributions.NavItem, policies.may_see_inspections
        contributions.nav.add(
            item("assessment", _("实地核查"), "inspection:inspections", see, "map-pin"), rank=79
        )
        contributions.nav.add(
            item("assessment", _("核查问题"), "inspection:findings", see, "list-checks"), rank=79
        )
