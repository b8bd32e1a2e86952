"""A round of assessment, its objects, and the units that score parts of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.documents.models import StoredFile
from zhize.apps.orgs.models import Jurisdiction, Unit
from zhize.apps.orgs.models.mine import mine_q
from zhize.apps.years.models import WorkYear
from zhize.kit.actor import Actor
from zhize.kit.scope import NOTHING, ScopedModel
from zhize.kit.versioned import Versioned

# Who carries a round through, or looks it over. Others of the jurisdiction see it once it is published.
INSIDE = ("leader", "office_director", "office_staff", "audit_admin", "external_auditor")


class Round(ScopedModel, Versioned):
    """考核: one assessment of a year by one scheme, whose text is kept here as it was when the round was made.

    `scheme_body` is what `core.scoring` reads, `scheme_sha256` its digest. `cut_off_on`: what happened later does not
    count. `goals_due_on`: objects file their goals by then; None: not asked. `stale_since`: something changed after the last scoring. `notice_id`: the circular, once drafted.
    """

    class State(models.TextChoices):
        PREPARING = "preparing", _("筹备中")
        SELF = "self_evaluation", _("自评中")
        CHECKING = "checking", _("核查评分中")
        INITIAL = "initial", _("初评已形成")
        APPEALS = "appeals", _("反馈申辩中")
        APPROVED = "approved", _("已审定")
        PUBLISHED = "published", _("已通报")
        CLOSED = "closed", _("已归档")

    PUBLIC = (State.PUBLISHED, State.CLOSED)

    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name=_("辖区"), on_delete=models.PROTECT, related_name="assessment_rounds"
    )
    year = models.ForeignKey(
        WorkYear, verbose_name=_("年度"), on_delete=models.PROTECT, related_name="assessment_rounds"
    )
    title = models.CharField(_("考核名称"), max_length=120)
    basis = models.CharField(_("考核依据"), max_length=200, blank=True)
    scheme_code = models.CharField(_("办法代码"), max_length=60)
    scheme_title = models.CharField(_("考核办法"), max_length=200)
    scheme_body = models.JSONField(_("办法内容"))
    scheme_sha256 = models.CharField(_("办法摘要"), max_length=64)
    state = models.CharField(_("状态"), max_length=16, choices=State, default=State.PREPARING)
    cut_off_on = models.DateField(_("数据截止日期"))
    goals_due_on = models.DateField(_("目标备案期限"), null=True, blank=True)
    self_due_on = models.DateField(_("自评期限"))
    check_due_on = models.DateField(_("核查期限"), null=True, blank=True)
    appeal_due_on = models.DateField(_("申辩期限"), null=True, blank=True)
    computed_at = models.DateTimeField(_("最近计分"), null=True, blank=True)
    stale_since = models.DateTimeField(_("数据变动时间"), null=True, blank=True)
    approved_on = models.DateField(_("审定日期"), null=True, blank=True)
    notice_ref = models.BigIntegerField(_("通报"), null=True, blank=True)
    published_on = models.DateField(_("通报日期"), null=True, blank=True)
    is_demo = models.BooleanField(_("演示数据"), default=False)
    created_at = models.DateTimeField(_("建立时间"))

    class Meta:
        verbose_name = _("考核")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "title"],
                name="assessment_round_title",
                violation_error_message=_("本年度已有同名的考核"),
            )
        ]
        indexes = [models.Index(fields=["jurisdiction", "-created_at", "-id"], name="assessment_round_list")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_public(self) -> bool:
        return self.state in self.PUBLIC

    @property
    def shows_scores(self) -> bool:
        """Whether an object sees its own scores: from the feedback of the initial result on."""
        return self.state in (self.State.APPEALS, self.State.APPROVED, *self.PUBLIC)

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        """Who carries it through; the assessed once it is opened; scoring units and assessors in a group; everybody here
        once published."""
        if actor.jurisdiction_id is None:
            return NOTHING
        here = Q(jurisdiction_id=actor.jurisdiction_id)
        seen = here if actor.has(*INSIDE) else here & Q(state__in=cls.PUBLIC)
        unit = actor.unit_id or 0
        taking_part = Assessed.objects.system("participation decides who sees a round").filter(
            mine_q(actor), round=OuterRef("pk")
        )
        scoring = Scorer.objects.system("participation decides who sees a round").filter(
            unit_id=unit, round=OuterRef("pk")
        )
        own = Q(Exists(taking_part)) & ~Q(state=cls.State.PREPARING)
        return seen | own | Q(Exists(scoring)) | _in_a_group(actor, round=OuterRef("pk"))


class Scorer(ScopedModel):
    """评分单位: a unit that checks and scores some criteria of all objects, as the scheme names it."""

    round = models.ForeignKey(Round, verbose_name=_("考核"), on_delete=models.CASCADE, related_name="scorers")
    unit = models.ForeignKey(Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="+")
    codes = models.JSONField(_("评分项目"), default=list)

    class Meta:
        verbose_name = _("评分单位")
        constraints = [models.UniqueConstraint(fields=["round", "unit"], name="assessment_scorer_once")]

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        return Q(round_id__in=Round.objects.visible_to(actor).values("pk"))


class Assessed(ScopedModel, Versioned):
    """考核对象: a government, department or zone in a round, with its result.

    `groups` choose the criteria that are its own; `ranked` False: in no order or quota. `self_by_office`: its
    self-evaluation came on paper and was entered by the office. `state` says whether the total stands.
    """

    class Self(models.TextChoices):
        WAITING = "waiting", _("待自评")
        SAVED = "saved", _("填报中")
        SUBMITTED = "submitted", _("已报送")
        RETURNED = "returned", _("已退回")

    class State(models.TextChoices):
        SCORED = "scored", _("已计分")
        MISSING = "missing", _("尚无得分")
        NOT_APPLICABLE = "not_applicable", _("不适用")

    round = models.ForeignKey(
        Round, verbose_name=_("考核"), on_delete=models.CASCADE, related_name="objects_assessed"
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("考核对象"), on_delete=models.PROTECT, related_name="assessments"
    )
    name = models.CharField(_("名称"), max_length=80)
    groups = models.JSONField(_("分组"), default=list, blank=True)
    ranked = models.BooleanField(_("参加排序"), default=True)
    order = models.PositiveIntegerField(_("建制顺序"), default=0)
    self_state = models.CharField(_("自评情况"), max_length=10, choices=Self, default=Self.WAITING)
    self_summary = models.TextField(_("自评报告"), max_length=4000, blank=True)
    self_total = models.DecimalField(_("自评得分"), max_digits=9, decimal_places=2, null=True, blank=True)
    self_submitted_at = models.DateTimeField(_("自评报送时间"), null=True, blank=True)
    self_submitted_by = models.CharField(_("自评报送人"), max_length=80, blank=True)
    self_by_office = models.BooleanField(_("办公室代录"), default=False)
    return_reason = models.CharField(_("退回原因"), max_length=300, blank=True)
    state = models.CharField(_("计分情况"), max_length=16, choices=State, default=State.MISSING)
    so_far = models.CharField(_("已得分"), max_length=40, blank=True)
    total = models.DecimalField(_("得分"), max_digits=9, decimal_places=4, null=True, blank=True)
    grade = models.CharField(_("等次代码"), max_length=40, blank=True)
    grade_label = models.CharField(_("等次"), max_length=40, blank=True)
    before_veto = models.CharField(_("按得分的等次"), max_length=40, blank=True)
    ungraded = models.CharField(_("未定等次的原因"), max_length=200, blank=True)
    place = models.PositiveIntegerField(_("名次"), null=True, blank=True)
    demands = models.JSONField(_("后续要求"), default=list, blank=True)
    sheet_docx = models.ForeignKey(
        StoredFile,
        verbose_name=_("考核结果单"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    sheet_ref = models.BigIntegerField(_("结果单公文"), null=True, blank=True)

    class Meta:
        verbose_name = _("考核对象")
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["round", "unit"], name="assessment_assessed_once")]
        indexes = [models.Index(fields=["unit", "round"], name="assessment_assessed_unit")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        """Who carries the round through and the units that score it see all, an assessor those of the own group; an object
        sees itself once the round is opened."""
        if actor.jurisdiction_id is None:
            return NOTHING
        unit = actor.unit_id or 0
        own = mine_q(actor)
        scoring = Scorer.objects.system("who scores sees the objects").filter(
            unit_id=unit, round=OuterRef("round_id")
        )
        seen = (own & ~Q(round__state=Round.State.PREPARING)) | Q(Exists(scoring))
        seen |= _in_a_group(actor, pk=OuterRef("pk"))
        return seen | Q(round__jurisdiction_id=actor.jurisdiction_id) if actor.has(*INSIDE) else seen


def _in_a_group(actor: Actor, **which: OuterRef) -> Q:
    """Whether the person scores these objects in a 考核组, under the hat of an assessor."""
    if not actor.has("assessor"):
        return NOTHING
    rows = Assessed.objects.system("who is in a group sees what it scores")
    return Q(Exists(rows.filter(scoring_groups__people=actor.user_id, **which)))
