"""The app's place in the house: what it registers when the product starts."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentConfig(AppConfig):
    name = "zhize.apps.assessment"
    label = "assessment"
    verbose_name = "考核"

    def ready(self) -> None:
        from zhize.apps.assessment import handlers, log_types
        from zhize.apps.assessment.services.publishing import PUBLISHED
        from zhize.apps.assessment.services.reporting import LOCAL_REPORTED
        from zhize.apps.documents.events import OfficialIssued, OfficialVoided
        from zhize.kit.audit import register_log_types
        from zhize.kit.events import on
        from zhize.kit.measures import DischargeSource, register_source

        register_log_types(*log_types.ALL)
        register_source(DischargeSource(PUBLISHED, _("考核结果通报")))
        register_source(DischargeSource(LOCAL_REPORTED, _("报告本地考核情况")))
        on(OfficialIssued, handlers.on_official_issued)
        on(OfficialVoided, handlers.on_official_voided)
