"""Units (单位): names over time, order, who succeeded whom, who belongs to which jurisdiction.

`valid_from` is the first day, `valid_to` the first day no longer (起含止不含): the day a unit is abolished
is the day its successor begins. Posts and delegations (`starts_on`, `ends_on`) include both days.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.orgs.models.regions import Jurisdiction, Region
from zhize.kit.actor import Actor
from zhize.kit.scope import NOTHING, ScopedModel, SharedModel
from zhize.kit.versioned import Versioned


class Unit(SharedModel, Versioned):
    """An organ of a region. Its printed name never changes with a reform: a new unit succeeds it."""

    class Kind(models.TextChoices):
        GOVERNMENT = "government", _("人民政府")
        GROUP = "leading_group", _("领导小组")
        OFFICE = "office", _("领导小组办公室")
        DEPARTMENT = "department", _("政府部门")
        AGENCY = "agency", _("中央在地方单位")
        OTHER = "other", _("其他单位")

    class Governance(models.TextChoices):
        LOCAL = "local", _("地方管理")
        VERTICAL = "vertical_below_province", _("省以下垂直管理")
        CENTRAL = "central", _("中央垂直管理")

    code = models.CharField(_("代码"), max_length=40, unique=True)
    region = models.ForeignKey(Region, verbose_name=_("地区"), on_delete=models.PROTECT, related_name="units")
    name = models.CharField(_("名称"), max_length=80, help_text=_("公文中使用的名称，如“省质监局”"))
    full_name = models.CharField(_("全称"), max_length=120, blank=True)
    name_en = models.CharField(_("英文名称"), max_length=160, blank=True)
    kind = models.CharField(_("类别"), max_length=20, choices=Kind, default=Kind.DEPARTMENT)
    governance = models.CharField(_("管理体制"), max_length=24, choices=Governance, default=Governance.LOCAL)
    order = models.PositiveIntegerField(_("建制顺序"), default=0)
    located_in = models.ForeignKey(
        "self", verbose_name=_("设在"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answers_through = models.ForeignKey(
        "self",
        verbose_name=_("由谁办理"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="answers_for",
        help_text=_("如市州人民政府的事项由其领导小组办公室办理"),
    )
    valid_from = models.DateField(_("设立日期"), null=True, blank=True)
    valid_to = models.DateField(_("撤销日期"), null=True, blank=True)
    confirmed = models.BooleanField(
        _("已核对"), default=True, help_text=_("由规则生成的单位，名称待当地办公室核对")
    )

    class Meta:
        verbose_name = _("单位")
        ordering = ["order", "code"]
        indexes = [
            models.Index(fields=["region", "order"], name="orgs_unit_region_order"),
            models.Index(fields=["name"], name="orgs_unit_name"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gte=models.F("valid_from")),
                name="orgs_unit_dates",
                violation_error_message=_("撤销日期不能早于设立日期"),
            )
        ]

    def __str__(self) -> str:
        return self.name


def of_unit(unit_id: int | None, path: str = "unit") -> Q:
    """Rows whose unit is this one or one it answers for: the units are found first, so that an index on the column serves.

    Asked for through a join ("unit, or its unit's `answers_through`"), databases go through every row of the country.
    Without a unit: none.
    """
    own = unit_id or 0  # None would match every unit that answers for itself
    rows = Unit.objects.system("a unit and those it answers for").order_by()
    found = rows.filter(Q(pk=own) | Q(answers_through_id=own)).values("pk")
    return Q(**{f"{path}_id__in" if path else "pk__in": found})


class UnitAlias(SharedModel):
    """Another name under which documents mention the unit."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(_("别名"), max_length=120)

    class Meta:
        verbose_name = _("单位别名")
        constraints = [models.UniqueConstraint(fields=["unit", "name"], name="orgs_unitalias_once")]


class Succession(SharedModel, Versioned):
    """Who took over what from whom, and when: n to m (the reform of 2018 as data).

    `is_primary` marks the successor that takes over membership and open matters; a transfer of part of
    the duties has none, both units go on.
    """

    class Kind(models.TextChoices):
        RENAMED = "renamed", _("更名")
        MERGED = "merged", _("合并")
        SPLIT = "split", _("拆分")
        TRANSFERRED = "transferred", _("职责划转")

    predecessor = models.ForeignKey(
        Unit, verbose_name=_("原单位"), on_delete=models.PROTECT, related_name="successions"
    )
    successor = models.ForeignKey(
        Unit, verbose_name=_("承接单位"), on_delete=models.PROTECT, related_name="predecessions"
    )
    kind = models.CharField(_("方式"), max_length=12, choices=Kind)
    effective_on = models.DateField(_("生效日期"))
    date_confirmed = models.BooleanField(_("日期已核实"), default=False)
    is_primary = models.BooleanField(
        _("承接成员资格"), default=False, help_text=_("成员资格和未了事项由这个单位承接")
    )
    moved = models.CharField(_("划转内容"), max_length=200, blank=True)
    basis = models.CharField(_("依据"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("机构沿革")
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor", "effective_on"], name="orgs_succession_once"
            )
        ]


class Membership(ScopedModel, Versioned):
    """A unit's place in a jurisdiction, dated: member, group, office, assessed government."""

    class Capacity(models.TextChoices):
        GROUP = "group", _("领导小组")
        OFFICE = "office", _("办公室")
        MEMBER = "member", _("成员单位")
        ASSESSED = "assessed", _("被考核地区")

    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name=_("辖区"), on_delete=models.PROTECT, related_name="memberships"
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="memberships"
    )
    capacity = models.CharField(_("身份"), max_length=12, choices=Capacity)
    order = models.PositiveIntegerField(_("顺序"), default=0)
    valid_from = models.DateField(_("自"))
    valid_to = models.DateField(_("止（不含当日）"), null=True, blank=True)
    basis = models.CharField(_("依据文件"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("成员单位")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "unit", "capacity", "valid_from"], name="orgs_membership_once"
            )
        ]

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        if actor.jurisdiction_id is None:
            return NOTHING
        return Q(jurisdiction_id=actor.jurisdiction_id) | Q(unit_id=actor.unit_id or 0)


class GroupMember(ScopedModel, Versioned):
    """A line of the leading group's member list: a post, not a person, with the document it stands on."""

    class Capacity(models.TextChoices):
        HEAD = "head", _("组长")
        DEPUTY = "deputy", _("副组长")
        MEMBER = "member", _("成员")
        OFFICE_DIRECTOR = "office_director", _("办公室主任")
        OFFICE_DEPUTY = "office_deputy", _("办公室副主任")

    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name=_("辖区"), on_delete=models.PROTECT, related_name="group_members"
    )
    capacity = models.CharField(_("组内职务"), max_length=16, choices=Capacity)
    title = models.CharField(_("本职"), max_length=120)
    person = models.CharField(_("姓名"), max_length=40, blank=True)
    unit = models.ForeignKey(
        Unit, verbose_name=_("单位"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    order = models.PositiveIntegerField(_("顺序"), default=0)
    valid_from = models.DateField(_("自"))
    valid_to = models.DateField(_("止（不含当日）"), null=True, blank=True)
    basis = models.CharField(_("依据文件"), max_length=200)
    confirmed = models.BooleanField(
        _("已核实"), default=True, help_text=_("已对照依据文件原文；未核实的为系统默认设置")
    )

    class Meta:
        verbose_name = _("领导小组成员")
        ordering = ["order", "pk"]
