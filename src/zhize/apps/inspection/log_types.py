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
CANCELLED = LogType("inspection.inspection.cancelled", _("取消实地核查"))
DRAW_FIXED = LogType("inspection.draw.fixed", _("固定抽取名单"))
DRAWN = LogType("inspection.draw.drawn", _("抽取核查点"))
DRAW_VOIDED = LogType("inspection.draw.voided", _("作废抽取"))

ALL = (
    PLANNED,
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
)
