"""The app's place in the house: what it registers when the product starts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class YearsConfig(AppConfig):
    name = "zhize.apps.years"
    label = "years"
    verbose_name = "年度"

    def ready(self) -> None:
        from zhize.apps.years import log_types, policies, specs
        from zhize.kit import contributions
        from zhize.kit.audit import register_log_types

        register_log_types(*log_types.ALL)
        specs.register()
        item, see = contributions.NavItem, policies.may_see_calendar
        contributions.nav.add(item("settings", _("工作年度"), "years:list", see, "calendar-range"), rank=790)
        contributions.nav.add(item("settings", _("节假日"), "years:days", see, "calendar-off"), rank=791)
