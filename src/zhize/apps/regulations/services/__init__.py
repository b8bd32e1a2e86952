"""Writes of this app: texts and duties, the year's obligations, what discharges them."""

from zhize.apps.regulations.services.discharges import (
    discharge_confirm,
    discharge_resubmit,
    discharge_return,
    discharge_submit,
    discharge_withdraw,
)
from zhize.apps.regulations.services.obligations import obligations_make
from zhize.apps.regulations.services.waivers import obligation_waive, waiver_lift

__all__ = [
    "discharge_confirm",
    "discharge_resubmit",
    "discharge_return",
    "discharge_submit",
    "discharge_withdraw",
    "obligation_waive",
    "obligations_make",
    "waiver_lift",
]
