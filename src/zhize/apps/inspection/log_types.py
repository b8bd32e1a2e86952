"""Entries about on-site checks."""

from django.utils.translation import gettext_lazy as _

from zhize.kit.audit import LogType

PLANNED = LogType("inspection.inspection.planned", _("拟订实地核查"))
CHANGED = LogType("inspection.inspection.changed", _("修改实地核查方案"))
ITEMS_SET = LogType("inspection.items.set", _("设定核查清单"))
GROUP_SET = LogType("inspection.group.set", _("设定核查组"))
GROUP_REMOVED = LogType("inspection.group.removed", _("撤销核查组"))
PERSON_ADDED = LogType("inspection.person.added", _("增加核查组成员"))
PERSON_REMOVED = LogType("inspection.person.removed", _("移除核查组成员"))
ANNOUNCED = LogType("inspection.inspection.announced", _("批准并通知实地核查"))
NOTICE_DRAFTED = LogType("inspection.notice.drafted", _("起草实地核查通知"))
CANCELLED = LogType("inspection.inspection.cancelled", _("取消实地核查"))
DRAW_FIXED = LogType("inspection.draw.fixed", _("固定抽取名单"))
DRAWN = LogType("inspection.draw.drawn", _("抽取核查点"))
DRAW_VOIDED = LogType("inspection.draw.voided", _("作废抽取"))
PLACE_ADDED = LogType("inspection.place.added", _("指定核查点"))
PLACE_REPLACED = LogType("inspection.place.replaced", _("候补替换核查点"))
ENTRY_SAVED = LogType("inspection.entry.saved", _("记录核查项目"))
PICTURE_REMOVED = LogType("inspection.picture.removed", _("移除现场照片"))
PLACE_FINISHED = LogType("inspection.place.finished", _("核查底稿提交签字"))
PLACE_REOPENED = LogType("inspection.place.reopened", _("核查底稿退回记录"))
PLACE_SIGNED = LogType("inspection.place.signed", _("核查底稿签字"))
ENTRY_CORRECTED = LogType("inspection.entry.corrected", _("更正核查记录"))
FINDING_LISTED = LogType("inspection.finding.listed", _("列入核查问题"))
FINDINGS_LISTED = LogType("inspection.findings.listed", _("由核查记录生成问题清单"))
FINDING_CHANGED = LogType("inspection.finding.changed", _("修改核查问题"))
FINDING_WITHDRAWN = LogType("inspection.finding.withdrawn", _("核查问题不列入"))
FINDINGS_SENT = LogType("inspection.findings.sent", _("下发问题清单"))
FINDING_LOOKED = LogType("inspection.finding.looked", _("核查问题回头看"))
FINDING_SETTLED = LogType("inspection.finding.settled", _("据回头看办结整改任务"))
CLOSED = LogType("inspection.inspection.closed", _("实地核查办结"))

ALL = (
    PLANNED,
    NOTICE_DRAFTED,
    CHANGED,
    ITEMS_SET,
    GROUP_SET,
    GROUP_REMOVED,
    PERSON_ADDED,
    PERSON_REMOVED,
    ANNOUNCED,
    CANCELLED,
    DRAW_FIXED,
    DRAWN,
    DRAW_VOIDED,
    PLACE_ADDED,
    PLACE_REPLACED,
    ENTRY_SAVED,
    PICTURE_REMOVED,
    PLACE_FINISHED,
    PLACE_REOPENED,
    PLACE_SIGNED,
    ENTRY_CORRECTED,
    FINDING_LISTED,
    FINDINGS_LISTED,
    FINDING_CHANGED,
    FINDING_WITHDRAWN,
    FINDINGS_SENT,
    FINDING_LOOKED,
    FINDING_SETTLED,
    CLOSED,
)
