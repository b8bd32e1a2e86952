"""Entries about tasks."""

from django.utils.translation import gettext_lazy as _

from zhize.kit.audit import LogType

CREATED = LogType("work.task.created", _("交办任务"))
MANY_CREATED = LogType("work.task.handed_out", _("批量交办任务"))
IMPORTED = LogType("work.task.imported", _("导入任务台账"))
CHANGED = LogType("work.task.changed", _("修改任务"))
TAKEN = LogType("work.task.taken", _("承办确认"))
HANDED_BACK = LogType("work.task.handed_back", _("退回交办"))
UNITS_SET = LogType("work.task.units_set", _("调整参与单位"))
REASSIGNED = LogType("work.task.reassigned", _("改派任务"))
REPORTED = LogType("work.task.reported", _("报告任务进展"))
REPLIES_SAVED = LogType("work.task_reply.saved", _("填写任务进展"))
REPLY_FILES = LogType("work.task_reply.files", _("任务进展的佐证材料"))
REPLIES_RETURNED = LogType("work.task_reply.returned", _("退回任务进展"))
REPLIES_TAKEN = LogType("work.task_reply.taken", _("任务进展写入任务台账"))
COMPLETION_ASKED = LogType("work.task.completion_asked", _("申请办结"))
COMPLETION_WITHDRAWN = LogType("work.task.completion_withdrawn", _("撤回办结申请"))
CLOSED = LogType("work.task.closed", _("办结销号"))
RETURNED = LogType("work.task.returned", _("退回补办"))
EXTENSION_ASKED = LogType("work.task.extension_asked", _("申请延期"))
EXTENSION_DECIDED = LogType("work.task.extension_decided", _("审批延期"))
CONTINUED = LogType("work.task.continued", _("转为持续推进"))
SUSPENDED = LogType("work.task.suspended", _("暂停任务"))
RESUMED = LogType("work.task.resumed", _("恢复办理任务"))
CANCELLED = LogType("work.task.cancelled", _("取消任务"))
REMINDED = LogType("work.task.reminded", _("督办任务"))
MANY_REMINDED = LogType("work.task.chased", _("批量督办"))
DUE_CHANGED = LogType("work.task.rescheduled", _("批量调整期限"))
MANY_REASSIGNED = LogType("work.task.many_reassigned", _("批量改派"))
MANY_CLOSED = LogType("work.task.many_closed", _("批量办结"))
HANDED_TO_SUCCESSOR = LogType("work.task.handed_over", _("任务移交承接单位"))
CHARGE_TAKEN = LogType("work.task.charge_taken", _("任务责任人随岗位交接"))
DIVIDED = LogType("work.task.divided", _("分解任务"))
STEPS_SET = LogType("work.task.steps_set", _("编制节点计划"))
LIT = LogType("work.task.lit", _("夜间核对进度"))
DIGEST_DRAFTED = LogType("work.digest.drafted", _("起草进展通报"))
DIGEST_ISSUED = LogType("work.digest.issued", _("印发进展通报"))
SLIP_ISSUED = LogType("work.slip.issued", _("印发督办单"))
SLIP_VOIDED = LogType("work.slip.voided", _("督办单作废"))
TALK_RECORDED = LogType("work.talk.recorded", _("登记约谈"))
TALK_CORRECTED = LogType("work.talk.corrected", _("更正约谈记录"))

ALL = (
    TALK_RECORDED,
    TALK_CORRECTED,
    CREATED,
    MANY_CREATED,
    IMPORTED,
    CHANGED,
    TAKEN,
    HANDED_BACK,
    UNITS_SET,
    REASSIGNED,
    REPORTED,
    REPLIES_SAVED,
    REPLY_FILES,
    REPLIES_RETURNED,
    REPLIES_TAKEN,
    COMPLETION_ASKED,
    COMPLETION_WITHDRAWN,
    CLOSED,
    RETURNED,
    EXTENSION_ASKED,
    EXTENSION_DECIDED,
    CONTINUED,
    SUSPENDED,
    RESUMED,
    CANCELLED,
    REMINDED,
    MANY_REMINDED,
    DUE_CHANGED,
    MANY_REASSIGNED,
    MANY_CLOSED,
    HANDED_TO_SUCCESSOR,
    CHARGE_TAKEN,
    DIVIDED,
    STEPS_SET,
    LIT,
    DIGEST_DRAFTED,
    DIGEST_ISSUED,
    SLIP_ISSUED,
    SLIP_VOIDED,
)
