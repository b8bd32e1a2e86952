"""The app's place in the house: what it registers when the product starts."""

from __future__ import annotations

from datetime import time, timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrgsConfig(AppConfig):
    name = "zhize.apps.orgs"
    label = "orgs"
    verbose_name = "组织"

    def ready(self) -> None:
        from zhize.apps.orgs import handlers, log_types, policies, specs
        from zhize.apps.orgs.selectors.cards import RESOLVERS, find_units
        from zhize.apps.orgs.services import digests_each_hour, outbox_each_minute, roster_each_day
        from zhize.kit import contributions
        from zhize.kit.audit import register_log_types
        from zhize.kit.beat import Periodic, register_periodic
        from zhize.kit.things import register_thing

        register_log_types(*log_types.ALL)
        specs.register()
        handlers.connect()
        register_periodic(Periodic("orgs.daily_digests", digests_each_hour, every=timedelta(hours=1)))
        register_periodic(Periodic("orgs.outbox", outbox_each_minute, every=timedelta(minutes=1)))
        register_periodic(Periodic("orgs.roster", roster_each_day, at=time(7, 0)))
        for kind, resolver in RESOLVERS.items():
            register_thing(kind, resolver)
        item, read = contributions.NavItem, policies.may_read_directory
        for rank, one in enumerate(
            (
                item("archive", _("通讯录"), "orgs:contacts", read, "contact"),
                item("archive", _("联络员名册"), "orgs:roster", read, "book-user"),
                item("archive", _("单位"), "orgs:units", read, "building-2"),
                item("archive", _("成员"), "orgs:members", read, "users"),
                item("archive", _("领导小组"), "orgs:group", read, "users-round"),
                item("archive", _("地区"), "orgs:regions", read, "map"),
                item("settings", _("人员与岗位"), "orgs:people", policies.may_read_people, "id-card"),
                item("settings", _("辖区"), "orgs:jurisdiction", policies.may_read_people, "landmark"),
                item(
                    "settings", _("机构沿革"), "orgs:successions", policies.may_manage_structure, "git-merge"
                ),
                item("settings", _("规则"), "orgs:rules", read, "sliders-horizontal"),
                item("settings", _("我的委托"), "orgs:delegations", read, "user-round-check"),
                item("settings", _("接口令牌"), "orgs:tokens", read, "key-round"),
            )
        ):
            contributions.nav.add(one, rank=800 + rank)
        contributions.search.add(contributions.SearchSource(_("单位"), find_units), rank=10)
        contributions.todo_verbs |= {"roster.confirm": _("确认"), "roster.check": _("核对")}
        contributions.links |= {
            "account": "orgs:account",
            "wear_hat": "orgs:wear_hat",
            "sign_out": "account_logout",
            "password": "account_change_password",
            "codes": "mfa_index",
            "sessions": "usersessions_list",
        }
