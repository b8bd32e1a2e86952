"""The app's place in the house: what it registers when the product starts."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegulationsConfig(AppConfig):
    name = "zhize.apps.regulations"
    label = "regulations"
    verbose_name = "制度与职责"

    def ready(self) -> None:
        from zhize.apps.regulations import handlers, log_types, policies, specs
        from zhize.apps.regulations.selectors.brief import obligations_brief
        from zhize.apps.regulations.selectors.cards import RESOLVERS, find_clauses, find_duties
        from zhize.apps.regulations.selectors.digest import obligations_digest
        from zhize.apps.regulations.selectors.measures import MEASURES
        from zhize.apps.regulations.selectors.situation import HEADS, obligations_situation
        from zhize.apps.regulations.selectors.unit_year import unit_year
        from zhize.apps.regulations.services.work_rules import ADOPTED
        from zhize.apps.requests.events import CallIssued, RequestAccepted
        from zhize.apps.years.events import YearOpened
        from zhize.kit import contributions
        from zhize.kit.audit import register_log_types
        from zhize.kit.events import on
        from zhize.kit.measures import DischargeSource, register_measure, register_source
        from zhize.kit.things import register_thing

        register_log_types(*log_types.ALL)
        specs.register()
        for kind, resolver in RESOLVERS.items():
            register_thing(kind, resolver)
        for measure in MEASURES:
            register_measure(measure)
        on(YearOpened, handlers.on_year_opened)
        on(CallIssued, handlers.on_call_issued)
        on(RequestAccepted, handlers.on_request_accepted)
        contributions.todo_verbs |= {
            "discharge.confirm": _("审核"),
            "discharge.returned": _("补正"),
            "obligation.due": _("报送"),
            "waiver.answer": _("审批"),
        }
        contributions.situation.add(
            contributions.SituationPart("obligations", _("履职事项"), HEADS, obligations_situation), rank=10
        )
        contributions.unit_sections.add(
            contributions.UnitSection(_("本年度履职事项"), "regulations/_unit_year.html", unit_year), rank=10
        )
        contributions.briefs.add(contributions.BriefSource("obligations", obligations_brief), rank=10)
        contributions.digests.add(contributions.DigestSource("obligations", obligations_digest), rank=10)
        contributions.search.add(contributions.SearchSource(_("职责"), find_duties), rank=20)
        contributions.search.add(contributions.SearchSource(_("条款"), find_clauses), rank=30)
        item = contributions.NavItem
        see = policies.may_see_register
        contributions.nav.add(
            item("duties", _("责任清单"), "regulations:duties", see, "list-checks"), rank=30
        )
        contributions.nav.add(
            item("duties", _("履职事项"), "regulations:obligations", see, "calendar-check"), rank=31
        )
        contributions.nav.add(item("duties", _("履职矩阵"), "regulations:matrix", see, "grid-3x3"), rank=31)
        contributions.nav.add(
            item("duties", _("责任空白"), "regulations:gaps", policies.may_keep_register, "circle-dashed"),
            rank=31,
        )
        contributions.nav.add(
            item("duties", _("制度文件"), "regulations:index", see, "book-open-text"), rank=32
        )
        contributions.nav.add(
            item("duties", _("工作规则"), "regulations:work_rules", see, "notebook-text"), rank=33
        )
        register_source(DischargeSource(ADOPTED, _("工作规则施行或复核"), url_name="regulations:work_rules"))
