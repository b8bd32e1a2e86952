"""The app's place in the house: what it registers when the product starts."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MetricsConfig(AppConfig):
    name = "zhize.apps.metrics"
    label = "metrics"
    verbose_name = "指标"

    def ready(self) -> None:
        from zhize.apps.metrics import handlers, log_types
        from zhize.apps.metrics.selectors.collecting import missing_words, progress_words
        from zhize.apps.metrics.services.collecting import CONTENT
        from zhize.apps.requests.events import CallIssued, RequestAccepted, RequestSubmitted, RequestWithdrawn
        from zhize.kit import contributions
        from zhize.kit.audit import register_log_types
        from zhize.kit.events import on

        register_log_types(*log_types.ALL)
        on(CallIssued, handlers.on_call_issued)
        on(RequestSubmitted, handlers.on_request_submitted)
        on(RequestWithdrawn, handlers.on_request_withdrawn)
        on(RequestAccepted, handlers.on_request_accepted)
        contributions.call_contents.add(
            contributions.CallContent(
                CONTENT, _("指标数据"), "metrics:entry", check=missing_words, words=progress_words
            )
        )
