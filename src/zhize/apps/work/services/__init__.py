"""The writes of this app; each room its own module."""

from zhize.apps.work.services.attendance import attendance_reply, conference_hold
from zhize.apps.work.services.conference_goals import record_keep, resolution_goal
from zhize.apps.work.services.conference_material import check_tick, paper_add, papers_ask
from zhize.apps.work.services.conferences import EDITABLE as CONFERENCE_FIELDS
from zhize.apps.work.services.conferences import (
    conference_call,
    conference_call_off,
    conference_create,
    conference_update,
)
from zhize.apps.work.services.coordination import FIELDS as MATTER_FIELDS
from zhize.apps.work.services.coordination import (
    matter_close,
    matter_raise,
    matter_reply,
    matter_resend,
    matter_withdraw,
)
from zhize.apps.work.services.coordination_office import (
    matter_answer,
    matter_instruct,
    matter_pass,
    matter_return,
    matter_submit,
    matter_take,
)
from zhize.apps.work.services.coordination_task import basis_of, matter_assign, matter_task_closed
from zhize.apps.work.services.digests import digest_draft, digest_issued
from zhize.apps.work.services.leave import leave_decide
from zhize.apps.work.services.minutes_parts import minutes_consult, refuse_unsettled
from zhize.apps.work.services.minutes_wordings import wording_carry, wording_leave_out, wordings_follow
from zhize.apps.work.services.plan_amend import plan_amend
from zhize.apps.work.services.plan_common import KIND as PLAN_KIND
from zhize.apps.work.services.plan_consolidate import plan_consolidate, plan_items_merge, plan_items_take
from zhize.apps.work.services.plan_copy import plan_items_copy
from zhize.apps.work.services.plan_drafting import plan_draft_document
from zhize.apps.work.services.plan_file import plan_items_from_file
from zhize.apps.work.services.plan_import import plan_items_import
from zhize.apps.work.services.plan_issue import (
    plan_approve,
    plan_issue,
    plan_present,
    plan_reopen,
)
from zhize.apps.work.services.plan_items import (
    plan_item_create,
    plan_item_remove,
    plan_item_update,
    plan_items_order,
)
from zhize.apps.work.services.plan_review import plan_accept, plan_return, plan_submit, plan_withdraw
from zhize.apps.work.services.plans import plan_follow, plan_open, plan_update
from zhize.apps.work.services.resolutions import (
    call_draft,
    conference_minuted,
    minutes_draft,
    problems_note,
    resolution_add,
    resolution_remove,
    resolutions_to_tasks,
)
from zhize.apps.work.services.situation_report import situation_report_draft
from zhize.apps.work.services.slips import slip_issued, slip_voided
from zhize.apps.work.services.talks import talk_correct, talk_record
from zhize.apps.work.services.task_bulk import tasks_change_due
from zhize.apps.work.services.task_check import (
    task_check,
    task_completion_ask,
    task_completion_withdraw,
    task_extension_decide,
    task_settle,
)
from zhize.apps.work.services.task_divide import task_divide
from zhize.apps.work.services.task_import import tasks_import
from zhize.apps.work.services.task_many import Many, tasks_close, tasks_reassign
from zhize.apps.work.services.task_office import (
    task_cancel,
    task_continue,
    task_reassign,
    task_resume,
    task_suspend,
    task_update,
)
from zhize.apps.work.services.task_person import tasks_take_charge
from zhize.apps.work.services.task_remind import Chased, task_remind, tasks_remind
from zhize.apps.work.services.task_replies import (
    task_replies_carry_over,
    task_replies_return,
    task_replies_save,
)
from zhize.apps.work.services.task_reply_files import task_reply_files
from zhize.apps.work.services.task_reports import Report
from zhize.apps.work.services.task_rule import remind_each_day, tasks_remind_due
from zhize.apps.work.services.task_steps import NewStep, light_each_night, task_steps_set, tasks_light
from zhize.apps.work.services.task_successor import tasks_hand_over
from zhize.apps.work.services.task_units import Part, task_units_set
from zhize.apps.work.services.task_work import (
    task_extension_ask,
    task_hand_back,
    task_progress_report,
    task_take,
)
from zhize.apps.work.services.tasks import NewTask, task_create, tasks_create
from zhize.apps.work.services.topics import topic_decide, topics_follow

__all__ = [
    "CONFERENCE_FIELDS",
    "MATTER_FIELDS",
    "PLAN_KIND",
    "Chased",
    "Many",
    "NewStep",
    "NewTask",
    "Part",
    "Report",
    "attendance_reply",
    "basis_of",
    "call_draft",
    "check_tick",
    "conference_call",
    "conference_call_off",
    "conference_create",
    "conference_hold",
    "conference_minuted",
    "conference_update",
    "digest_draft",
    "digest_issued",
    "leave_decide",
    "light_each_night",
    "matter_answer",
    "matter_assign",
    "matter_close",
    "matter_instruct",
    "matter_pass",
    "matter_raise",
    "matter_reply",
    "matter_resend",
    "matter_return",
    "matter_submit",
    "matter_take",
    "matter_task_closed",
    "matter_withdraw",
    "minutes_consult",
    "minutes_draft",
    "paper_add",
    "papers_ask",
    "plan_accept",
    "plan_amend",
    "plan_approve",
    "plan_consolidate",
    "plan_draft_document",
    "plan_follow",
    "plan_issue",
    "plan_item_create",
    "plan_item_remove",
    "plan_item_update",
    "plan_items_copy",
    "plan_items_from_file",
    "plan_items_import",
    "plan_items_merge",
    "plan_items_order",
    "plan_items_take",
    "plan_open",
    "plan_present",
    "plan_reopen",
    "plan_return",
    "plan_submit",
    "plan_update",
    "plan_withdraw",
    "problems_note",
    "record_keep",
    "refuse_unsettled",
    "remind_each_day",
    "resolution_add",
    "resolution_goal",
    "resolution_remove",
    "resolutions_to_tasks",
    "situation_report_draft",
    "slip_issued",
    "slip_voided",
    "talk_correct",
    "talk_record",
    "task_cancel",
    "task_check",
    "task_completion_ask",
    "task_completion_withdraw",
    "task_continue",
    "task_create",
    "task_divide",
    "task_extension_ask",
    "task_extension_decide",
    "task_hand_back",
    "task_progress_report",
    "task_reassign",
    "task_remind",
    "task_replies_carry_over",
    "task_replies_return",
    "task_replies_save",
    "task_reply_files",
    "task_resume",
    "task_settle",
    "task_steps_set",
    "task_suspend",
    "task_take",
    "task_units_set",
    "task_update",
    "tasks_change_due",
    "tasks_close",
    "tasks_create",
    "tasks_hand_over",
    "tasks_import",
    "tasks_light",
    "tasks_reassign",
    "tasks_remind",
    "tasks_remind_due",
    "tasks_take_charge",
    "topic_decide",
    "topics_follow",
    "wording_carry",
    "wording_leave_out",
    "wordings_follow",
]
