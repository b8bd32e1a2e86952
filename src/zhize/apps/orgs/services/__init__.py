"""Every write of the directory, by name. Keyword-only; `actor` and `now` come last."""

from zhize.apps.orgs.services.accounts import (
    NewAccount,
    contact_update,
    password_reset,
    passwords_issue,
    user_activate,
    user_create,
    user_deactivate,
    user_update,
)
from zhize.apps.orgs.services.bulk import (
    memberships_import,
    regions_import,
    units_import,
)
from zhize.apps.orgs.services.bulk_people import people_import
from zhize.apps.orgs.services.daily import digests_each_hour, digests_send
from zhize.apps.orgs.services.delegations import delegation_grant, delegation_revoke
from zhize.apps.orgs.services.demo import demo_people_load
from zhize.apps.orgs.services.demo_rows import demo_rows_load
from zhize.apps.orgs.services.founding import Place, office_found
from zhize.apps.orgs.services.members import (
    group_list_import,
    group_list_replace,
    group_member_update,
    membership_add,
    membership_create,
    membership_end,
    membership_update,
    memberships_reorder,
)
from zhize.apps.orgs.services.named_units import units_add_named
from zhize.apps.orgs.services.outbox import mail_is_set, outbox_each_minute, outbox_send
from zhize.apps.orgs.services.posts import HandOver, hand_over, hat_wear, post_close, post_open
from zhize.apps.orgs.services.reference import Loaded, reference_load
from zhize.apps.orgs.services.regions import (
    jurisdiction_create,
    jurisdiction_demand_totp,
    jurisdiction_update,
    programme_create,
    programme_update,
    region_create,
    region_update,
)
from zhize.apps.orgs.services.roster import (
    contact_change,
    contact_change_decide,
    roster_check,
    roster_each_day,
    roster_remind,
)
from zhize.apps.orgs.services.rules import rule_adjust
from zhize.apps.orgs.services.sign_in import password_choose, sessions_end
from zhize.apps.orgs.services.todos import (
    NewTodo,
    notice_send,
    notice_send_to_units,
    notices_read,
    outbox_holds,
    outbox_put,
    todo_close,
    todo_open,
    todos_close,
    todos_open,
    todos_reassign,
)
from zhize.apps.orgs.services.tokens import api_token_create, api_token_revoke, token_digest
from zhize.apps.orgs.services.units import (
    succession_create,
    succession_update,
    unit_create,
    unit_set_aliases,
    unit_succeed,
    unit_update,
)

__all__ = [
    "HandOver",
    "Loaded",
    "NewAccount",
    "NewTodo",
    "Place",
    "api_token_create",
    "api_token_revoke",
    "contact_change",
    "contact_change_decide",
    "contact_update",
    "delegation_grant",
    "delegation_revoke",
    "demo_people_load",
    "demo_rows_load",
    "digests_each_hour",
    "digests_send",
    "group_list_import",
    "group_list_replace",
    "group_member_update",
    "hand_over",
    "hat_wear",
    "jurisdiction_create",
    "jurisdiction_demand_totp",
    "jurisdiction_update",
    "mail_is_set",
    "membership_add",
    "membership_create",
    "membership_end",
    "membership_update",
    "memberships_import",
    "memberships_reorder",
    "notice_send",
    "notice_send_to_units",
    "notices_read",
    "office_found",
    "outbox_each_minute",
    "outbox_holds",
    "outbox_put",
    "outbox_send",
    "password_choose",
    "password_reset",
    "passwords_issue",
    "people_import",
    "post_close",
    "post_open",
    "programme_create",
    "programme_update",
    "reference_load",
    "region_create",
    "region_update",
    "regions_import",
    "roster_check",
    "roster_each_day",
    "roster_remind",
    "rule_adjust",
    "sessions_end",
    "succession_create",
    "succession_update",
    "todo_close",
    "todo_open",
    "todos_close",
    "todos_open",
    "todos_reassign",
    "token_digest",
    "unit_create",
    "unit_set_aliases",
    "unit_succeed",
    "unit_update",
    "units_add_named",
    "units_import",
    "user_activate",
    "user_create",
    "user_deactivate",
    "user_update",
]
