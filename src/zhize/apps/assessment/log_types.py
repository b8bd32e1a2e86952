"""The kinds of entries this app writes into the log."""

from django.utils.translation import gettext_lazy as _

from zhize.kit.audit import LogType

SCHEME_SAVED = LogType("assessment.scheme.saved", _("登记考核办法"))
DRAFT_CREATED = LogType("assessment.draft.created", _("起草考核办法"))
DRAFT_CHANGED = LogType("assessment.draft.changed", _("修改考核办法草稿"))
DRAFT_DROPPED = LogType("assessment.draft.dropped", _("删去考核办法草稿"))
ROUND_CREATED = LogType("assessment.round.created", _("建立考核"))
ROUND_CHANGED = LogType("assessment.round.changed", _("修改考核"))
ROUND_MOVED = LogType("assessment.round.moved", _("考核转入下一步"))
GROUP_SET = LogType("assessment.group.set", _("编排考核组"))
GROUP_DROPPED = LogType("assessment.group.dropped", _("撤销考核组"))
INPUTS_COLLECTED = LogType("assessment.round.collected", _("采集考核数据"))
ROUND_COMPUTED = LogType("assessment.round.computed", _("计算考核得分"))
SELF_SAVED = LogType("assessment.self_evaluation.saved", _("填报自评"))
SELF_SUBMITTED = LogType("assessment.self_evaluation.submitted", _("报送自评"))
SELF_RETURNED = LogType("assessment.self_evaluation.returned", _("退回自评"))
ENTRY_CHECKED = LogType("assessment.entry.checked", _("核查评分"))
ENTRIES_CHECKED = LogType("assessment.entries.checked", _("批量核查评分"))
ENTRIES_ACCEPTED = LogType("assessment.entry.accepted", _("按自评认定"))
SURVEY_REGISTERED = LogType("assessment.survey.registered", _("登记测评"))
SURVEY_CHANGED = LogType("assessment.survey.changed", _("修改测评"))
SURVEY_IMPORTED = LogType("assessment.survey.imported", _("导入测评结果"))
LEDGER_RECORDED = LogType("assessment.ledger.recorded", _("登记平时加减分"))
LEDGER_WITHDRAWN = LogType("assessment.ledger.withdrawn", _("撤销平时加减分"))
VETO_RECORDED = LogType("assessment.veto.recorded", _("登记一票否决"))
VETO_LIFTED = LogType("assessment.veto.lifted", _("撤销一票否决"))
APPEAL_FILED = LogType("assessment.appeal.filed", _("提出申辩"))
APPEAL_WITHDRAWN = LogType("assessment.appeal.withdrawn", _("撤回申辩"))
APPEAL_ANSWERED = LogType("assessment.appeal.answered", _("答复申辩"))
ROUND_APPROVED = LogType("assessment.round.approved", _("登记考核结果审定"))
ROUND_SEALED = LogType("assessment.round.sealed", _("封存考核结果"))
OPENING_DRAFTED = LogType("assessment.opening.drafted", _("起草考核通知"))
NOTICE_DRAFTED = LogType("assessment.notice.drafted", _("起草考核通报"))
ROUND_PUBLISHED = LogType("assessment.round.published", _("通报考核结果"))
SHEETS_MADE = LogType("assessment.sheet.made", _("生成考核结果单"))
GOALS_FILED = LogType("assessment.goals.filed", _("备案考核目标"))
GOALS_GRANTED = LogType("assessment.goals.granted", _("同意调整考核目标"))
GOALS_RETURNED = LogType("assessment.goals.returned", _("退回考核目标备案"))
FOLLOW_UPS_SENT = LogType("assessment.follow_ups.sent", _("下达考核后续要求"))
FOLLOW_UP_LOOKED = LogType("assessment.follow_up.looked", _("考核整改回头看"))
FOLLOW_UP_REPORTED = LogType("assessment.follow_up.reported", _("接收考核书面报告"))
BUNDLE_EXPORTED = LogType("assessment.bundle.exported", _("导出考核核验包"))
ACCOUNT_DRAFTED = LogType("assessment.account.drafted", _("起草履职情况通报"))
LOCAL_REPORTED = LogType("assessment.local.reported", _("报告本地考核情况"))

ALL = (
    SCHEME_SAVED,
    DRAFT_CREATED,
    DRAFT_CHANGED,
    DRAFT_DROPPED,
    ROUND_CREATED,
    ROUND_CHANGED,
    ROUND_MOVED,
    GROUP_SET,
    GROUP_DROPPED,
    INPUTS_COLLECTED,
    ROUND_COMPUTED,
    SELF_SAVED,
    SELF_SUBMITTED,
    SELF_RETURNED,
    ENTRY_CHECKED,
    ENTRIES_CHECKED,
    ENTRIES_ACCEPTED,
    SURVEY_REGISTERED,
    SURVEY_CHANGED,
    SURVEY_IMPORTED,
    LEDGER_RECORDED,
    LEDGER_WITHDRAWN,
    VETO_RECORDED,
    VETO_LIFTED,
    APPEAL_FILED,
    APPEAL_WITHDRAWN,
    APPEAL_ANSWERED,
    ROUND_APPROVED,
    ROUND_SEALED,
    OPENING_DRAFTED,
    NOTICE_DRAFTED,
    ROUND_PUBLISHED,
    SHEETS_MADE,
    GOALS_FILED,
    GOALS_GRANTED,
    GOALS_RETURNED,
    FOLLOW_UPS_SENT,
    FOLLOW_UP_LOOKED,
    FOLLOW_UP_REPORTED,
    BUNDLE_EXPORTED,
    ACCOUNT_DRAFTED,
    LOCAL_REPORTED,
)
