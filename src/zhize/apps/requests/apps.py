"""The app's place in the house: what it registers when the product starts."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RequestsConfig(AppConfig):
    name = "zhize.apps.requests"
    label = "requests"
    verbose_name = "征集报送"

    def ready(self) -> None:
        from zhize.apps.requests import log_types
        from zhize.kit import contributions
        from zhize.kit.audit import register_log_types
        from zhize.kit.measures import DischargeSource, register_source

        register_log_types(*log_types.ALL)
        register_source(DischargeSource("requests.call.issued", _("发出征集")))
        contributions.todo_verbs |= {
            "call.due": _("报送"),
            "request.review": _("审核"),
            "request.returned": _("补正"),
        }
