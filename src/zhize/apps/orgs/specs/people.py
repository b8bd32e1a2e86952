"""Members, the leading group's list, people with their posts, contacts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhize.apps.orgs import policies, selectors, services
from zhize.apps.orgs.models import GroupMember, Membership, Post, Role
from zhize.apps.orgs.specs.frame import OWN_UNITS, UNITS
from zhize.kit import clock
from zhize.kit.fields import FieldSpec, Filter, Kind, ThingSpec

MEMBERSHIP = ThingSpec(
    kind="orgs.membership",
    label=_("成员单位"),
    model=Membership,
    fields=(
        FieldSpec("unit", _("单位"), Kind.REF, required=True, natural_key=True, ref=UNITS),
        FieldSpec(
            "capacity",
            _("身份"),
            Kind.CHOICE,
            required=True,
            natural_key=True,
            choices=Membership.Capacity,
            filter=Filter.EXACT,
        ),
        FieldSpec("order", _("顺序"), Kind.INTEGER, sortable=True),
        FieldSpec("valid_from", _("自"), Kind.DATE, required=True, natural_key=True),
        FieldSpec("valid_to", _("止（不含当日）"), Kind.DATE),
        FieldSpec("basis", _("依据文件"), max_length=200),
    ),
    rows=lambda actor: (
        Membership.objects.visible_to(actor)
        .filter(jurisdiction_id=actor.jurisdiction_id or 0)
        .select_related("unit")
    ),
    may_view=policies.may_read_directory,
    may_edit=policies.may_keep_members,
    ordering=("order", "pk"),
    detail="orgs:membership_edit",
    may_open=lambda actor, row: policies.may_keep_members(actor),
    create=services.membership_create,
    update=services.membership_update,
    bulk_save=services.memberships_import,
    search=("unit__name", "unit__full_name", "basis"),
    api_scope="directory",
)

GROUP_MEMBER = ThingSpec(
    kind="orgs.group_member",
    label=_("领导小组成员"),
    model=GroupMember,
    fields=(
        FieldSpec("order", _("顺序"), Kind.INTEGER, natural_key=True, sortable=True),
        FieldSpec(
            "capacity",
            _("组内职务"),
            Kind.CHOICE,
            required=True,
            choices=GroupMember.Capacity,
            filter=Filter.EXACT,
        ),
        FieldSpec("title", _("本职"), required=True, max_length=120),
        FieldSpec("person", _("姓名"), max_length=40),
        FieldSpec("unit", _("单位"), Kind.REF, ref=UNITS),
        FieldSpec("valid_from", _("自"), Kind.DATE, required=True, natural_key=True),
        FieldSpec("valid_to", _("止（不含当日）"), Kind.DATE, editable=False),
        FieldSpec("basis", _("依据文件"), required=True, max_length=200, filter=Filter.CONTAINS),
        FieldSpec("confirmed", _("已核实"), Kind.BOOL, filter=Filter.EXACT),
    ),
    rows=lambda actor: GroupMember.objects.visible_to(actor).select_related("unit"),
    may_view=policies.may_read_directory,
    may_edit=policies.may_keep_members,
    ordering=("-valid_from", "order", "pk"),
    detail="orgs:group_member_edit",
    may_open=lambda actor, row: policies.may_keep_members(actor),
    update=services.group_member_update,
    bulk_save=services.group_list_import,
    search=("title", "person", "unit__name", "basis"),
    api_scope="directory",
)

PERSON = ThingSpec(
    kind="orgs.person",
    label=_("人员与岗位"),
    model=Post,
    fields=(
        FieldSpec("name", _("姓名"), required=True, max_length=40),
        FieldSpec(
            "username",
            _("账号"),
            Kind.CODE,
            required=True,
            natural_key=True,
            max_length=60,
            help=_("登录用，字母、数字和 @ . + - _"),
            example="gs-zjj",
        ),
        FieldSpec(
            "unit", _("单位"), Kind.REF, required=True, natural_key=True, ref=OWN_UNITS, filter=Filter.EXACT
        ),
        FieldSpec(
            "role",
            _("角色"),
            Kind.CHOICE,
            required=True,
            natural_key=True,
            choices=Role,
            filter=Filter.EXACT,
        ),
        FieldSpec("title", _("岗位名称"), required=True, max_length=60, example="联络员"),
        FieldSpec("phone", _("电话"), Kind.PHONE, max_length=40),
        FieldSpec("email", _("邮箱"), Kind.EMAIL, default_column=False),
        FieldSpec("starts_on", _("自"), Kind.DATE, default_column=False),
        FieldSpec("ends_on", _("至"), Kind.DATE, help=_("最后一天，含当日；不限的不填")),
        FieldSpec("is_active", _("账号启用"), Kind.BOOL, editable=False),
    ),
    rows=selectors.posts,
    may_view=policies.may_read_people,
    may_edit=policies.may_administer_people,
    ordering=("jurisdiction__region__order", "unit__region__order", "unit__order", "unit__code", "pk"),
    detail="orgs:post",
    bulk_save=services.people_import,
    search=("user__name", "user__username", "unit__name", "title"),
)

CONTACT = ThingSpec(
    kind="orgs.contact",
    label=_("通讯录"),
    model=Post,
    fields=(
        FieldSpec("unit_shown", _("单位"), editable=False, value=lambda post: selectors.unit_name(post.unit)),
        FieldSpec("person", _("姓名"), editable=False, value=lambda post: post.user.name),
        FieldSpec("title", _("岗位"), editable=False),
        FieldSpec("phone", _("电话"), Kind.PHONE, editable=False, value=lambda post: post.user.phone),
        FieldSpec("email", _("邮箱"), editable=False, value=lambda post: post.user.email),
        FieldSpec("role", _("角色"), Kind.CHOICE, editable=False, choices=Role, filter=Filter.EXACT),
        FieldSpec(
            "unit", _("单位名称"), Kind.REF, editable=False, listed=False, ref=OWN_UNITS, filter=Filter.EXACT
        ),
    ),
    rows=lambda actor: selectors.contacts(actor, clock.today()),
    may_view=policies.may_read_directory,
    may_edit=lambda actor: False,
    ordering=("unit__region__order", "unit__order", "unit__code", "role", "pk"),
    search=("user__name", "unit__name", "unit__full_name", "title", "user__phone"),
)
