"""实地核查: what is checked on the spot, at which units, by which groups."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.orgs.models import Jurisdiction, Unit, User
from zhize.apps.orgs.models.mine import mine_q
from zhize.apps.years.models import WorkYear
from zhize.kit.actor import Actor
from zhize.kit.scope import NOTHING, ScopedModel
from zhize.kit.versioned import Versioned

# Who plans an on-site check or looks it over from its first draft.
INSIDE = (
    "leader", "office_director", "office_staff", "assessor", "inspector", "audit_admin", "external_auditor",
)  # fmt: skip


class Inspection(ScopedModel, Versioned):
    """One on-site check of some units. `state` is moved by `core.workflow.inspection`.

    `ref_kind`/`ref_id` name what it serves (a round of assessment); empty where it stands alone. `period_start` and
    `period_end` say whose work is looked at, `starts_on` and `ends_on` when the groups are there. The approval of the
    plan is a recorded approval of this thing (`documents.Approval`).
    """

    class Kind(models.TextChoices):
        ROUND = "round", _("考核核查")
        SPECIAL = "special", _("专项督查")
        ROUTINE = "routine", _("日常检查")

    class State(models.TextChoices):
        DRAFT = "draft", _("拟订中")
        ANNOUNCED = "announced", _("核查中")
        CLOSED = "closed", _("已完成")
        CANCELLED = "cancelled", _("已取消")

    OUT = (State.ANNOUNCED, State.CLOSED)

    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name=_("辖区"), on_delete=models.PROTECT, related_name="inspections"
    )
    year = models.ForeignKey(
        WorkYear, verbose_name=_("年度"), on_delete=models.PROTECT, related_name="inspections"
    )
    title = models.CharField(_("核查名称"), max_length=120)
    kind = models.CharField(_("核查类别"), max_length=8, choices=Kind, default=Kind.SPECIAL)
    basis = models.CharField(_("核查依据"), max_length=200)
    ref_kind = models.CharField(max_length=60, blank=True)
    ref_id = models.BigIntegerField(null=True, blank=True)
    period_start = models.DateField(_("所查期间起"))
    period_end = models.DateField(_("所查期间止"))
    starts_on = models.DateField(_("核查开始"))
    ends_on = models.DateField(_("核查结束"))
    prepare = models.TextField(_("请被查单位准备"), max_length=1000, blank=True)
    contact = models.CharField(_("联系人和电话"), max_length=80, blank=True)
    state = models.CharField(_("核查状态"), max_length=10, choices=State, default=State.DRAFT)
    announced_on = models.DateField(_("通知日期"), null=True, blank=True)
    reason = models.CharField(_("取消理由"), max_length=500, blank=True)
    is_demo = models.BooleanField(_("演示数据"), default=False)
    created_at = models.DateTimeField(_("建立时间"))

    class Meta:
        verbose_name = _("实地核查")
        constraints = [
            models.UniqueConstraint(
                fields=["year", "title"],
                name="inspection_inspection_title",
                violation_error_message=_("本年度已有同名的核查"),
            )
        ]
        indexes = [
            models.Index(fields=["jurisdiction", "-starts_on", "-id"], name="inspection_list"),
            models.Index(fields=["ref_kind", "ref_id"], name="inspection_ref"),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        """Overseers see all of their jurisdiction; once it is announced also the units checked and the people who go."""
        if actor.jurisdiction_id is None:
            return NOTHING
        checked = InspectedUnit.objects.system("being checked decides who sees it").filter(mine_q(actor))
        going = GroupPerson.objects.system("going there decides who sees it").filter(
            user_id=actor.user_id or 0
        )
        out = Q(state__in=cls.OUT) & (
            Q(pk__in=checked.values("inspection_id")) | Q(pk__in=going.values("group__inspection_id"))
        )
        return out | Q(jurisdiction_id=actor.jurisdiction_id) if actor.has(*INSIDE) else out


class _OfInspection(ScopedModel):
    """Rows that are seen by whoever sees their inspection."""

    class Meta:
        abstract = True

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        return Q(inspection_id__in=Inspection.objects.visible_to(actor).values("pk"))


class InspectionGroup(_OfInspection, Versioned):
    """核查组: who goes together; which units it checks is said by `InspectedUnit.group`."""

    inspection = models.ForeignKey(
        Inspection, verbose_name=_("实地核查"), on_delete=models.CASCADE, related_name="groups"
    )
    name = models.CharField(_("核查组名称"), max_length=40)
    order = models.PositiveSmallIntegerField(_("顺序"), default=0)

    class Meta:
        verbose_name = _("核查组")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "name"],
                name="inspection_group_name",
                violation_error_message=_("这次核查已有同名的组"),
            )
        ]

    def __str__(self) -> str:
        return self.name


class GroupPerson(ScopedModel):
    """核查组成员: a person with an account, or an expert by name and workplace. Nobody checks the own unit."""

    class Part(models.TextChoices):
        HEAD = "head", _("组长")
        MEMBER = "member", _("组员")
        OBSERVER = "observer", _("观察员")

    group = models.ForeignKey(
        InspectionGroup, verbose_name=_("核查组"), on_delete=models.CASCADE, related_name="people"
    )
    part = models.CharField(_("组内分工"), max_length=8, choices=Part, default=Part.MEMBER)
    user = models.ForeignKey(
        User, verbose_name=_("人员"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(_("姓名"), max_length=40)
    workplace = models.CharField(_("工作单位"), max_length=120)

    class Meta:
        verbose_name = _("核查组成员")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "name", "workplace"],
                name="inspection_person_once",
                violation_error_message=_("这个人已在组内"),
            )
        ]
        indexes = [models.Index(fields=["user", "group"], name="inspection_person_user")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        return Q(group__inspection_id__in=Inspection.objects.visible_to(actor).values("pk"))


class InspectedUnit(_OfInspection):
    """被查单位: one unit of an on-site check and the group that goes there."""

    inspection = models.ForeignKey(
        Inspection, verbose_name=_("实地核查"), on_delete=models.CASCADE, related_name="unit_rows"
    )
    unit = models.ForeignKey(Unit, verbose_name=_("被查单位"), on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(
        InspectionGroup,
        verbose_name=_("核查组"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="unit_rows",
    )
    order = models.PositiveSmallIntegerField(_("顺序"), default=0)

    class Meta:
        verbose_name = _("被查单位")
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["inspection", "unit"], name="inspection_unit_once")]
        indexes = [models.Index(fields=["unit", "inspection"], name="inspection_unit_unit")]


class CheckItem(_OfInspection):
    """核查项目: what is looked at, what is required, whom it serves, how it is written down. Kept as data."""

    class How(models.TextChoices):
        JUDGE = "judge", _("判定符合与否")
        NUMBER = "number", _("填数字")
        WORDS = "words", _("写情况")

    inspection = models.ForeignKey(
        Inspection, verbose_name=_("实地核查"), on_delete=models.CASCADE, related_name="items"
    )
    order = models.PositiveSmallIntegerField(_("顺序"), default=0)
    name = models.CharField(_("核查项目"), max_length=120)
    requirement = models.CharField(_("核查要求"), max_length=500)
    clause = models.CharField(_("对应条款或职责"), max_length=120, blank=True)
    how = models.CharField(_("记录方式"), max_length=8, choices=How, default=How.JUDGE)

    class Meta:
        verbose_name = _("核查项目")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "name"],
                name="inspection_item_name",
                violation_error_message=_("核查项目重名"),
            )
        ]

    def __str__(self) -> str:
        return self.name
