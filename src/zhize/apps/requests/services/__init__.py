"""Writes of this app: calls, what units answer, reminders."""

from zhize.apps.requests.services.call_files import call_file_drop, call_files_add
from zhize.apps.requests.services.calls import call_create, call_update
from zhize.apps.requests.services.comments import comments_decide, comments_none, comments_save
from zhize.apps.requests.services.deciding import request_accept, request_return
from zhize.apps.requests.services.files import request_file_drop, request_files_add, request_stamp
from zhize.apps.requests.services.issuing import call_cancel, call_close, call_issue
from zhize.apps.requests.services.not_awaiting import request_not_await
from zhize.apps.requests.services.pack_reading import packs_open, packs_read
from zhize.apps.requests.services.packs import pack_fill, pack_hand_in, packs_drop, packs_take
from zhize.apps.requests.services.prefilling import request_carry_over, request_prefill
from zhize.apps.requests.services.reminding import remind_each_day, requests_remind, requests_remind_due
from zhize.apps.requests.services.replies import request_save, request_submit, request_withdraw

__all__ = [
    "call_cancel",
    "call_close",
    "call_create",
    "call_file_drop",
    "call_files_add",
    "call_issue",
    "call_update",
    "comments_decide",
    "comments_none",
    "comments_save",
    "pack_fill",
    "pack_hand_in",
    "packs_drop",
    "packs_open",
    "packs_read",
    "packs_take",
    "remind_each_day",
    "request_accept",
    "request_carry_over",
    "request_file_drop",
    "request_files_add",
    "request_not_await",
    "request_prefill",
    "request_return",
    "request_save",
    "request_stamp",
    "request_submit",
    "request_withdraw",
    "requests_remind",
    "requests_remind_due",
]
