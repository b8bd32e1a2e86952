"""The kinds of entries about plans."""

from django.utils.translation import gettext_lazy as _

from zhize.kit.audit import LogType

PLAN_OPENED = LogType("work.plan.opened", _("开始编制计划"))
PLAN_CHANGED = LogType("work.plan.changed", _("修改计划"))
PLAN_SUBMITTED = LogType("work.plan.submitted", _("报送计划"))
PLAN_WITHDRAWN = LogType("work.plan.withdrawn", _("撤回计划"))
PLAN_RETURNED = LogType("work.plan.returned", _("退回计划"))
PLAN_ACCEPTED = LogType("work.plan.accepted", _("接收计划"))
PLAN_PRESENTED = LogType("work.plan.presented", _("计划报审"))
PLAN_REOPENED = LogType("work.plan.reopened", _("计划退回修改"))
PLAN_APPROVED = LogType("work.plan.approved", _("登记计划审定"))
PLAN_DRAFTED = LogType("work.plan.drafted", _("起草计划印发文件"))
PLAN_ISSUED = LogType("work.plan.issued", _("印发计划"))
PLAN_AMENDED = LogType("work.plan.amended", _("修订计划"))
ITEM_CREATED = LogType("work.plan_item.created", _("新增计划事项"))
ITEM_CHANGED = LogType("work.plan_item.changed", _("修改计划事项"))
ITEM_REMOVED = LogType("work.plan_item.removed", _("删除计划事项"))
ITEMS_RETURNED = LogType("work.plan_item.returned", _("退回计划事项"))
ITEMS_ORDERED = LogType("work.plan_item.ordered", _("调整事项次序"))
ITEMS_COPIED = LogType("work.plan_item.copied", _("沿用计划事项"))
ITEMS_IMPORTED = LogType("work.plan_item.imported", _("导入计划事项"))
ITEMS_TAKEN = LogType("work.plan_item.taken", _("取入计划事项"))
ITEMS_MERGED = LogType("work.plan_item.merged", _("合并计划事项"))

ALL = (
    PLAN_OPENED,
    PLAN_CHANGED,
    PLAN_SUBMITTED,
    PLAN_WITHDRAWN,
    PLAN_RETURNED,
    PLAN_ACCEPTED,
    PLAN_PRESENTED,
    PLAN_REOPENED,
    PLAN_APPROVED,
    PLAN_DRAFTED,
    PLAN_ISSUED,
    PLAN_AMENDED,
    ITEM_CREATED,
    ITEM_CHANGED,
    ITEM_REMOVED,
    ITEMS_RETURNED,
    ITEMS_ORDERED,
    ITEMS_COPIED,
    ITEMS_IMPORTED,
    ITEMS_TAKEN,
    ITEMS_MERGED,
)
