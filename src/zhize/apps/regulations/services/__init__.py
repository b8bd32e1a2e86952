"""Writes of this app: texts and duties, the year's obligations, what discharges them."""

from zhize.apps.regulations.services.by_source import (
    discharge_by_source,
    discharge_revoked,
    obligations_recount,
)
from zhize.apps.regulations.services.confirming import propose, unknown_units, version_confirm
from zhize.apps.regulations.services.copying import register_copy
from zhize.apps.regulations.services.discharges import (
    discharge_confirm,
    discharge_hand_in,
    discharge_resubmit,
    discharge_return,
    discharge_submit,
    discharge_withdraw,
)
from zhize.apps.regulations.services.holders import Correction
from zhize.apps.regulations.services.next_version import Carried, version_amended, version_carry
from zhize.apps.regulations.services.obligations import obligations_make
from zhize.apps.regulations.services.texts import duty_update, regulation_create, version_read
from zhize.apps.regulations.services.waivers import obligation_waive, waiver_lift

__all__ = [
    "Carried",
    "Correction",
    "discharge_by_source",
    "discharge_confirm",
    "discharge_hand_in",
    "discharge_resubmit",
    "discharge_return",
    "discharge_revoked",
    "discharge_submit",
    "discharge_withdraw",
    "duty_update",
    "obligation_waive",
    "obligations_make",
    "obligations_recount",
    "propose",
    "register_copy",
    "regulation_create",
    "unknown_units",
    "version_amended",
    "version_carry",
    "version_confirm",
    "version_read",
    "waiver_lift",
]
