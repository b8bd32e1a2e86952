"""The kinds of entries this app writes into the log."""

from django.utils.translation import gettext_lazy as _

from zhize.kit.audit import LogType

REGULATION_CREATED = LogType("regulations.regulation.created", _("登记制度文件"))
REGULATION_CHANGED = LogType("regulations.regulation.changed", _("修改制度文件"))
VERSION_READ = LogType("regulations.version.read", _("识别文本"))
VERSION_CONFIRMED = LogType("regulations.version.confirmed", _("确认文本与职责"))
ROW_CHECKED = LogType("regulations.proposed.checked", _("核对职责"))
ROW_CHANGED = LogType("regulations.proposed.changed", _("修改核对项"))
ROW_SPLIT = LogType("regulations.proposed.split", _("拆分核对项"))
ROWS_MERGED = LogType("regulations.proposed.merged", _("合并核对项"))
ROWS_ACCEPTED = LogType("regulations.proposed.accepted", _("批量通过核对项"))
ROWS_TAKEN = LogType("regulations.proposed.taken", _("认领核对部分"))
ROWS_LAID = LogType("regulations.proposed.laid", _("重新识别待核对的文本"))
DUTY_JOINED = LogType("regulations.duty.joined", _("职责增加依据"))
NAME_DECIDED = LogType("regulations.name.decided", _("认定文中名称"))
RULES_ADOPTED = LogType("regulations.work_rules.adopted", _("工作规则施行"))
RULES_REVIEWED = LogType("regulations.work_rules.reviewed", _("复核工作规则"))
RULES_ENDED = LogType("regulations.work_rules.ended", _("废止工作规则"))
VERSION_CARRIED = LogType("regulations.version.carried", _("确认新版并承接职责"))
DUTY_CREATED = LogType("regulations.duty.created", _("新增职责"))
DUTY_CHANGED = LogType("regulations.duty.changed", _("修改职责"))
DUTY_RULE_SET = LogType("regulations.duty.rule_set", _("设定认定规则"))
DUTIES_SAVED = LogType("regulations.duty.saved", _("批量保存职责"))
REGISTER_COPIED = LogType("regulations.duty.copied", _("由上级制度建立职责"))
OBLIGATIONS_MADE = LogType("regulations.obligation.made", _("生成年度履职事项"))
OBLIGATIONS_HANDED_OVER = LogType("regulations.obligation.handed_over", _("撤并单位的履职事项移交"))
OBLIGATIONS_ROLLED = LogType("regulations.obligation.rolled", _("结转上年未结事项"))
DISCHARGE_SUBMITTED = LogType("regulations.discharge.submitted", _("报送履行材料"))
DISCHARGE_CONFIRMED = LogType("regulations.discharge.confirmed", _("确认履行"))
DISCHARGE_RETURNED = LogType("regulations.discharge.returned", _("退回履行材料"))
DISCHARGE_WITHDRAWN = LogType("regulations.discharge.withdrawn", _("撤回履行材料"))
DISCHARGE_BY_SOURCE = LogType("regulations.discharge.recognised", _("自动认定履行"))
DISCHARGE_REVOKED = LogType("regulations.discharge.revoked", _("撤销自动认定"))
OBLIGATION_COUNTED = LogType("regulations.obligation.counted", _("台账计数变化"))
OBLIGATION_WAIVED = LogType("regulations.obligation.waived", _("准予免办"))
WAIVER_ASKED = LogType("regulations.waiver.asked", _("申请免办"))
WAIVER_ANSWERED = LogType("regulations.waiver.answered", _("审批免办申请"))
WAIVER_WITHDRAWN = LogType("regulations.waiver.withdrawn", _("撤回免办申请"))
WAIVER_LIFTED = LogType("regulations.waiver.lifted", _("取消免办"))

ALL = (
    REGULATION_CREATED,
    REGULATION_CHANGED,
    VERSION_READ,
    VERSION_CONFIRMED,
    ROW_CHECKED,
    ROW_CHANGED,
    ROW_SPLIT,
    ROWS_MERGED,
    ROWS_ACCEPTED,
    ROWS_TAKEN,
    ROWS_LAID,
    DUTY_JOINED,
    NAME_DECIDED,
    RULES_ADOPTED,
    RULES_REVIEWED,
    RULES_ENDED,
    VERSION_CARRIED,
    DUTY_CREATED,
    DUTY_CHANGED,
    DUTY_RULE_SET,
    DUTIES_SAVED,
    REGISTER_COPIED,
    OBLIGATIONS_MADE,
    OBLIGATIONS_HANDED_OVER,
    OBLIGATIONS_ROLLED,
    DISCHARGE_SUBMITTED,
    DISCHARGE_CONFIRMED,
    DISCHARGE_RETURNED,
    DISCHARGE_WITHDRAWN,
    DISCHARGE_BY_SOURCE,
    DISCHARGE_REVOKED,
    OBLIGATION_COUNTED,
    OBLIGATION_WAIVED,
    WAIVER_ASKED,
    WAIVER_ANSWERED,
    WAIVER_WITHDRAWN,
    WAIVER_LIFTED,
)
