"""The app's place in the house: what it registers when the product starts."""

from __future__ import annotations

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "zhize.apps.portal"
    label = "portal"
    verbose_name = "门户"

    def ready(self) -> None:
        from zhize.apps.audit.policies import may_read_log
        from zhize.apps.portal import policies
        from zhize.apps.portal.tasks import briefs_send
        from zhize.kit import contributions
        from zhize.kit.beat import Periodic, register_periodic

        contributions.nav.add(
            contributions.NavItem("inbox", _("待办"), "portal:inbox", lambda actor: True, "inbox", dock=1),
            rank=0,
        )
        contributions.nav.add(
            contributions.NavItem(
                "overview",
                _("总览"),
                "portal:situation",
                policies.may_see_situation,
                "layout-dashboard",
                dock=9,
            ),
            rank=1,
        )
        contributions.nav.add(
            contributions.NavItem(
                "overview", _("领导一页"), "portal:brief", policies.may_see_brief, "file-text"
            ),
            rank=2,
        )
        register_periodic(Periodic("portal.briefs", briefs_send, every=timedelta(hours=1)))
        contributions.links |= {"home": "portal:inbox", "search": "portal:search"}
        contributions.nav.add(
            contributions.NavItem("settings", _("审计"), "portal:audit", may_read_log, "scroll-text"),
            rank=900,
        )
