"""The app's place in the house: what it registers when the product starts."""

from __future__ import annotations

from datetime import time

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MetricsConfig(AppConfig):
    name = "zhize.apps.metrics"
    label = "metrics"
    verbose_name = "指标"

    def ready(self) -> None:
        from zhize.apps.metrics import handlers, log_types, policies, specs
        from zhize.apps.metrics.forms.packs import PACK
        from zhize.apps.metrics.selectors.board import HEADS, metrics_situation
        from zhize.apps.metrics.selectors.by_dimension import target_figures
        from zhize.apps.metrics.selectors.collecting import cells_asked, missing_words, progress_words
        from zhize.apps.metrics.selectors.links import (
            RESOLVERS,
            clause_cards,
            find_cards,
            observation_figures,
            unit_digest,
        )
        from zhize.apps.metrics.selectors.region import region_figures
        from zhize.apps.metrics.services.collecting import CONTENT
        from zhize.apps.metrics.tasks import collect_all
        from zhize.apps.requests.events import CallIssued, RequestAccepted, RequestSubmitted, RequestWithdrawn
        from zhize.kit import contributions
        from zhize.kit.audit import register_log_types
        from zhize.kit.beat import Periodic, register_periodic
        from zhize.kit.events import on
        from zhize.kit.figures import register_figures
        from zhize.kit.things import register_thing

        register_log_types(*log_types.ALL)
        specs.register()
        register_figures("metrics.observation", observation_figures)
        register_figures("metrics.target", target_figures)
        for kind, resolver in RESOLVERS.items():
            register_thing(kind, resolver)
        on(CallIssued, handlers.on_call_issued)
        on(RequestSubmitted, handlers.on_request_submitted)
        on(RequestWithdrawn, handlers.on_request_withdrawn)
        on(RequestAccepted, handlers.on_request_accepted)
        register_periodic(Periodic("metrics.collect", collect_all, at=time(4, 30)))
        contributions.call_contents.add(
            contributions.CallContent(
                CONTENT,
                _("指标数据"),
                "metrics:entry",
                check=missing_words,
                words=progress_words,
                size=cells_asked,
                pack=PACK,
                onward=(_("查看指标数据"), "metrics:figures"),
            )
        )
        contributions.search.add(contributions.SearchSource(_("指标"), find_cards), rank=40)
        contributions.clause_sections.add(
            contributions.ClauseSection(_("指标"), "metrics/_clause.html", clause_cards), rank=60
        )
        contributions.region_sections.add(
            contributions.UnitSection(_("指标"), "metrics/_region.html", region_figures), rank=40
        )
        contributions.situation.add(
            contributions.SituationPart("metrics", _("指标"), HEADS, metrics_situation), rank=40
        )
        contributions.digests.add(contributions.DigestSource("metrics", unit_digest), rank=40)
        item, see = contributions.NavItem, policies.may_see
        contributions.nav.add(item("data", _("目标完成"), "metrics:attainment", see, "target"), rank=60)
        contributions.nav.add(item("data", _("指标数据"), "metrics:figures", see, "table"), rank=61)
        contributions.nav.add(item("data", _("指标预警"), "metrics:alerts", see, "triangle-alert"), rank=62)
        contributions.nav.add(item("data", _("指标卡"), "metrics:cards", see, "gauge"), rank=63)
