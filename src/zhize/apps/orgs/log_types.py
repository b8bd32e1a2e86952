"""What the directory writes into the log, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhize.kit.audit import LogType

REGION_CREATED = LogType("orgs.region.created", _("新增地区"))
REGION_CHANGED = LogType("orgs.region.changed", _("修改地区"))
REGIONS_IMPORTED = LogType("orgs.region.imported", _("批量导入地区"))
PROGRAMME_CREATED = LogType("orgs.programme.created", _("新增工作领域"))
PROGRAMME_CHANGED = LogType("orgs.programme.changed", _("修改工作领域"))
JURISDICTION_CREATED = LogType("orgs.jurisdiction.created", _("新增辖区"))
JURISDICTION_CHANGED = LogType("orgs.jurisdiction.changed", _("修改辖区"))
UNIT_CREATED = LogType("orgs.unit.created", _("新增单位"))
UNIT_CHANGED = LogType("orgs.unit.changed", _("修改单位"))
UNITS_IMPORTED = LogType("orgs.unit.imported", _("批量导入单位"))
UNIT_SUCCEEDED = LogType("orgs.unit.succeeded", _("登记机构沿革"))
SUCCESSION_CHANGED = LogType("orgs.succession.changed", _("修改机构沿革"))
MEMBERSHIP_ADDED = LogType("orgs.membership.added", _("增加成员单位"))
MEMBERSHIP_CHANGED = LogType("orgs.membership.changed", _("修改成员单位"))
MEMBERSHIP_ENDED = LogType("orgs.membership.ended", _("成员单位退出"))
MEMBERSHIPS_REORDERED = LogType("orgs.membership.reordered", _("调整成员单位顺序"))
MEMBERSHIPS_IMPORTED = LogType("orgs.membership.imported", _("批量导入成员单位"))
GROUP_LIST_REPLACED = LogType("orgs.group_list.replaced", _("调整领导小组成员名单"))
GROUP_MEMBER_CHANGED = LogType("orgs.group_member.changed", _("更正领导小组成员"))
USER_CREATED = LogType("orgs.user.created", _("建立账号"))
USER_CHANGED = LogType("orgs.user.changed", _("修改人员"))
USER_CONTACT_CHANGED = LogType("orgs.user.contact_changed", _("本人修改联系方式"))
USER_DEACTIVATED = LogType("orgs.user.deactivated", _("停用账号"))
USER_ACTIVATED = LogType("orgs.user.activated", _("启用账号"))
USER_PASSWORD_RESET = LogType("orgs.user.password_reset", _("重置口令"))
USERS_IMPORTED = LogType("orgs.user.imported", _("批量建立账号"))
PASSWORDS_ISSUED = LogType("orgs.user.passwords_issued", _("发放初始口令"))
POST_OPENED = LogType("orgs.post.opened", _("设立岗位"))
POST_CLOSED = LogType("orgs.post.closed", _("终止岗位"))
POST_HANDED_OVER = LogType("orgs.post.handed_over", _("岗位交接"))
HAT_WORN = LogType("orgs.hat.worn", _("切换岗位"))
DELEGATION_GRANTED = LogType("orgs.delegation.granted", _("委托代办"))
DELEGATION_REVOKED = LogType("orgs.delegation.revoked", _("撤回委托"))
TOKEN_CREATED = LogType("orgs.token.created", _("建立接口令牌"))
TOKEN_REVOKED = LogType("orgs.token.revoked", _("撤销接口令牌"))
REFERENCE_LOADED = LogType("orgs.reference.loaded", _("装载参考数据"))
DEMO_LOADED = LogType("orgs.demo.loaded", _("装载演示人员"))

ALL = tuple(value for value in list(globals().values()) if isinstance(value, LogType))
