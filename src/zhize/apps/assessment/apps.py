"""The app's place in the house: what it registers when the product starts."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentConfig(AppConfig):
    name = "zhize.apps.assessment"
    label = "assessment"
    verbose_name = "考核"

    def ready(self) -> None:
        from zhize.apps.assessment import handlers, log_types, specs
        from zhize.apps.assessment.mapping.grades import GRADE
        from zhize.apps.assessment.selectors import published
        from zhize.apps.assessment.selectors.cards import RESOLVERS
        from zhize.apps.assessment.selectors.opening import OPENING, opening_cards
        from zhize.apps.assessment.services.publishing import PUBLISHED
        from zhize.apps.assessment.services.reporting import LOCAL_REPORTED
        from zhize.apps.assessment.tasks import SHEETS, sheets_job
        from zhize.apps.documents.events import AftermathDecided, OfficialIssued, OfficialVoided
        from zhize.apps.requests.events import RequestAccepted
        from zhize.kit.audit import register_log_types
        from zhize.kit.events import on
        from zhize.kit.figures import register_figures
        from zhize.kit.jobs import register_job
        from zhize.kit.measures import DischargeSource, register_source
        from zhize.kit.things import register_thing

        register_log_types(*log_types.ALL)
        specs.register()
        for kind, resolver in RESOLVERS.items():
            register_thing(kind, resolver)
        register_thing(OPENING, opening_cards)
        register_thing(GRADE, published.grade_cards)
        register_figures(GRADE, published.grade_figures)
        register_figures(published.OBJECT, published.object_figures)
        register_source(DischargeSource(PUBLISHED, _("考核结果通报"), url_name="assessment:rounds"))
        register_source(DischargeSource(LOCAL_REPORTED, _("报告本地考核情况"), url_name="assessment:reports"))
        register_job(SHEETS, sheets_job)
        on(OfficialIssued, handlers.on_official_issued)
        on(OfficialVoided, handlers.on_official_voided)
        on(AftermathDecided, handlers.on_aftermath_decided)
        on(RequestAccepted, handlers.on_request_accepted)
        _contribute()


def _contribute() -> None:
    """What the pages above collect: navigation, verbs of to-dos, search, situation, leader's page, clause pages."""
    from zhize.apps.assessment import policies
    from zhize.apps.assessment.selectors import cards, situation
    from zhize.kit import contributions

    contributions.todo_verbs |= {
        "assessment.goals": _("备案目标"),
        "assessment.goals_asked": _("办理"),
        "assessment.self": _("自评"),
        "assessment.check": _("核查评分"),
        "assessment.feedback": _("查看"),
        "assessment.answer": _("答复"),
        "assessment.approve": _("提请审定"),
    }
    item = contributions.NavItem
    see, keep = policies.may_see_rounds, policies.may_keep_rounds
    contributions.nav.add(item("assessment", _("考核"), "assessment:rounds", see, "clipboard-check"), rank=80)
    contributions.nav.add(
        item("assessment", _("履职情况"), "assessment:accounts", see, "notebook-text"), rank=81
    )
    contributions.nav.add(item("assessment", _("平时加减分"), "assessment:ledger", see, "list-plus"), rank=84)
    contributions.nav.add(item("assessment", _("考核办法"), "assessment:schemes", see, "scale"), rank=82)
    contributions.nav.add(item("assessment", _("本地考核报告"), "assessment:reports", keep, "send"), rank=83)
    contributions.search.add(contributions.SearchSource(_("考核"), cards.find_rounds), rank=60)
    part = contributions.SituationPart("assessment", _("考核"), situation.HEADS, situation.grades_situation)
    contributions.situation.add(part, rank=60)
    contributions.briefs.add(contributions.BriefSource("assessment", situation.assessment_brief), rank=60)
    contributions.clause_sections.add(
        contributions.ClauseSection(_("考核"), "assessment/_clause.html", situation.clause_scores), rank=60
    )
