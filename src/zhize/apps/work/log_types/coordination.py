"""Entries about matters raised for coordination."""

from django.utils.translation import gettext_lazy as _

from zhize.kit.audit import LogType

RAISED = LogType("work.matter.raised", _("提请协调"))
TAKEN = LogType("work.matter.taken", _("受理提请协调事项"))
RETURNED = LogType("work.matter.returned", _("退回提请协调事项"))
RESENT = LogType("work.matter.resent", _("补充后重新提请协调"))
PASSED = LogType("work.matter.passed", _("协调事项转有关单位"))
REPLIED = LogType("work.matter.replied", _("回复协调事项"))
SUBMITTED = LogType("work.matter.submitted", _("协调事项呈领导批示"))
INSTRUCTED = LogType("work.matter.instructed", _("登记协调事项批示"))
ASSIGNED = LogType("work.matter.assigned", _("协调事项交办任务"))
TASK_CLOSED = LogType("work.matter.task_closed", _("协调事项的任务办结"))
ANSWERED = LogType("work.matter.answered", _("答复提请协调事项"))
SETTLED = LogType("work.matter.settled", _("确认协调事项解决"))
REOPENED = LogType("work.matter.reopened", _("继续提请协调"))
WITHDRAWN = LogType("work.matter.withdrawn", _("撤回提请协调事项"))

ALL = (
    RAISED,
    TAKEN,
    RETURNED,
    RESENT,
    PASSED,
    REPLIED,
    SUBMITTED,
    INSTRUCTED,
    ASSIGNED,
    TASK_CLOSED,
    ANSWERED,
    SETTLED,
    REOPENED,
    WITHDRAWN,
)
