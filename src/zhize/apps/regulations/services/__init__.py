"""Writes of this app: texts and duties, the year's obligations, what discharges them."""

from zhize.apps.regulations.services.by_source import (
    discharge_by_source,
    discharge_revoked,
    obligations_recount,
)
from zhize.apps.regulations.services.checking import row_accept, row_drop, row_reopen, row_update
from zhize.apps.regulations.services.checking_many import (
    Accepted,
    row_add,
    rows_accept,
    rows_reread,
    section_take,
)
from zhize.apps.regulations.services.confirming import version_confirm
from zhize.apps.regulations.services.copying import register_copy
from zhize.apps.regulations.services.cutting import row_merge, row_split
from zhize.apps.regulations.services.discharges import (
    discharge_confirm,
    discharge_hand_in,
    discharge_resubmit,
    discharge_return,
    discharge_submit,
    discharge_withdraw,
)
from zhize.apps.regulations.services.drafts import Correction
from zhize.apps.regulations.services.handing_over import HandedOver, obligations_hand_over
from zhize.apps.regulations.services.holders import COLLECTIVES, holders_named
from zhize.apps.regulations.services.names import (
    Means,
    means_typed,
    name_forget,
    names_decide,
    names_register,
)
from zhize.apps.regulations.services.next_version import Carried, version_amended, version_carry
from zhize.apps.regulations.services.obligations import obligations_make
from zhize.apps.regulations.services.proposals import propose, propose_next
from zhize.apps.regulations.services.register_sheet import register_save
from zhize.apps.regulations.services.rollover import RolledOver, obligations_roll_over
from zhize.apps.regulations.services.rules import Rehearsal, duty_rule_rehearse, duty_rule_set
from zhize.apps.regulations.services.texts import (
    duty_update,
    regulation_create,
    regulation_open,
    version_read,
)
from zhize.apps.regulations.services.waiver_requests import waiver_answer, waiver_ask, waiver_withdraw
from zhize.apps.regulations.services.waivers import obligation_waive, waiver_lift
from zhize.apps.regulations.services.work_rules import (
    work_rules_adopt,
    work_rules_end,
    work_rules_review,
)

__all__ = [
    "COLLECTIVES",
    "Accepted",
    "Carried",
    "Correction",
    "HandedOver",
    "Means",
    "Rehearsal",
    "RolledOver",
    "discharge_by_source",
    "discharge_confirm",
    "discharge_hand_in",
    "discharge_resubmit",
    "discharge_return",
    "discharge_revoked",
    "discharge_submit",
    "discharge_withdraw",
    "duty_rule_rehearse",
    "duty_rule_set",
    "duty_update",
    "holders_named",
    "means_typed",
    "name_forget",
    "names_decide",
    "names_register",
    "obligation_waive",
    "obligations_hand_over",
    "obligations_make",
    "obligations_recount",
    "obligations_roll_over",
    "propose",
    "propose_next",
    "register_copy",
    "register_save",
    "regulation_create",
    "regulation_open",
    "row_accept",
    "row_add",
    "row_drop",
    "row_merge",
    "row_reopen",
    "row_split",
    "row_update",
    "rows_accept",
    "rows_reread",
    "section_take",
    "version_amended",
    "version_carry",
    "version_confirm",
    "version_read",
    "waiver_answer",
    "waiver_ask",
    "waiver_lift",
    "waiver_withdraw",
    "work_rules_adopt",
    "work_rules_end",
    "work_rules_review",
]
