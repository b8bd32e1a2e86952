"""Entries about conferences."""

from django.utils.translation import gettext_lazy as _

from zhize.kit.audit import LogType

CREATED = LogType("work.conference.created", _("登记会议"))
CHANGED = LogType("work.conference.changed", _("修改会议"))
CALLED = LogType("work.conference.called", _("发出会议通知"))
CALLED_OFF = LogType("work.conference.called_off", _("取消会议"))
REPLIED = LogType("work.conference.replied", _("参会回执"))
HELD = LogType("work.conference.held", _("登记会议召开"))
PROBLEMS_NOTED = LogType("work.conference.analysed", _("记录质量状况和主要问题"))
SITUATION_DRAFTED = LogType("work.situation_report.drafted", _("起草质量状况分析报告"))
PAPER_ADDED = LogType("work.conference_paper.added", _("提交会议材料"))
PAPERS_ASKED = LogType("work.conference_paper.asked", _("布置会议材料"))
LEAVE_DECIDED = LogType("work.conference.leave_decided", _("审批请假代会"))
RECORD_KEPT = LogType("work.conference.recorded", _("填写会议记录"))
TOPICS_PROPOSED = LogType("work.topic.proposed", _("提出会议议题"))
TOPIC_DECIDED = LogType("work.topic.decided", _("选定会议议题"))
GOAL_SET = LogType("work.resolution.goal_set", _("会议决定设为指标目标"))
CHECK_TICKED = LogType("work.conference_check.ticked", _("勾选筹备事项"))
RESOLUTION_ADDED = LogType("work.resolution.added", _("记录会议决定"))
RESOLUTION_REMOVED = LogType("work.resolution.removed", _("删去会议决定"))
RESOLUTIONS_HANDED_OUT = LogType("work.resolution.handed_out", _("会议决定转为任务"))
WORDINGS_NOTED = LogType("work.minutes_wording.noted", _("记下商定的纪要文字"))
WORDING_CARRIED = LogType("work.minutes_wording.carried", _("商定的文字写入纪要"))
WORDING_LEFT_OUT = LogType("work.minutes_wording.left_out", _("商定的文字不写入纪要"))
MINUTED = LogType("work.conference.minuted", _("印发会议纪要"))

ALL = (
    CREATED,
    CHANGED,
    CALLED,
    CALLED_OFF,
    REPLIED,
    HELD,
    PROBLEMS_NOTED,
    SITUATION_DRAFTED,
    PAPER_ADDED,
    PAPERS_ASKED,
    LEAVE_DECIDED,
    RECORD_KEPT,
    TOPICS_PROPOSED,
    TOPIC_DECIDED,
    GOAL_SET,
    CHECK_TICKED,
    RESOLUTION_ADDED,
    RESOLUTION_REMOVED,
    RESOLUTIONS_HANDED_OUT,
    WORDINGS_NOTED,
    WORDING_CARRIED,
    WORDING_LEFT_OUT,
    MINUTED,
)
