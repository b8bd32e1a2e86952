"""The app's place in the house: what it registers when the product starts."""

from __future__ import annotations

from datetime import time

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RequestsConfig(AppConfig):
    name = "zhize.apps.requests"
    label = "requests"
    verbose_name = "征集报送"

    def ready(self) -> None:
        from zhize.apps.requests import log_types, mapping, policies, specs, tasks
        from zhize.apps.requests.selectors.about import calls_about
        from zhize.apps.requests.selectors.brief import requests_brief
        from zhize.apps.requests.selectors.burden_situation import HEADS, burden_situation
        from zhize.apps.requests.selectors.cards import RESOLVERS, find_calls
        from zhize.apps.requests.selectors.comments import comments_missing, comments_words
        from zhize.apps.requests.services import remind_each_day
        from zhize.kit import contributions
        from zhize.kit.audit import register_log_types
        from zhize.kit.beat import Periodic, register_periodic
        from zhize.kit.jobs import register_job
        from zhize.kit.measures import DischargeSource, register_source
        from zhize.kit.things import register_thing

        register_log_types(*log_types.ALL)
        register_periodic(Periodic("requests.reminders", remind_each_day, at=time(8, 0)))
        register_job(tasks.PACKS_READ, tasks.packs_read_job)
        register_job(tasks.PACKS_TAKE, tasks.packs_take_job)
        specs.register()
        for kind, resolver in RESOLVERS.items():
            register_thing(kind, resolver)
        register_source(DischargeSource("requests.call.issued", _("发出征集"), url_name="requests:calls"))
        register_source(DischargeSource("work.summary.accepted", _("总结已接收"), url_name="requests:mine"))
        register_source(
            DischargeSource(
                "requests.mechanism.accepted", _("工作机制建立情况已接收"), url_name="requests:mine"
            )
        )
        contributions.todo_verbs |= {
            "call.due": _("报送"),
            "request.review": _("审核"),
            "call.chase": _("催报"),
            "request.returned": _("补正"),
        }
        contributions.call_contents.add(
            contributions.CallContent(
                mapping.COMMENTS, _("征求意见"), "requests:comments", comments_missing, comments_words
            ),
            rank=10,
        )
        contributions.situation.add(
            contributions.SituationPart("burden", _("减负"), HEADS, burden_situation), rank=90
        )
        contributions.search.add(contributions.SearchSource(_("征集"), find_calls), rank=40)
        contributions.briefs.add(contributions.BriefSource("requests", requests_brief), rank=15)
        contributions.clause_sections.add(
            contributions.ClauseSection(_("据此征集"), "requests/_about.html", calls_about), rank=10
        )
        item = contributions.NavItem
        contributions.nav.add(
            item("requests", _("征集"), "requests:calls", policies.may_see_calls, "megaphone"), rank=40
        )
        contributions.nav.add(
            item("requests", _("本单位报送"), "requests:mine", policies.may_answer_at_all, "file-pen-line"),
            rank=41,
        )
