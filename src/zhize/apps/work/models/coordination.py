"""提请协调事项: what a unit cannot settle alone, whom the office asked about it, and what was done step by step."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.orgs.models import Jurisdiction, Unit
from zhize.apps.orgs.models.mine import mine_q
from zhize.apps.work.models.plans import OVERSIGHT
from zhize.apps.years.models import WorkYear
from zhize.kit.actor import Actor
from zhize.kit.scope import NOTHING, ScopedModel
from zhize.kit.versioned import Versioned


class Matter(ScopedModel, Versioned):
    """One problem of one unit: what it is, what was tried, what is asked for and of whom, by when.

    `state` is moved by `core.workflow.coordination`. `ref_kind`/`ref_id` name what it arose from (a task, a plan item, an
    obligation); empty when raised by hand. `answered_on` is the day of the office's answer, by which lateness is judged.
    A leader's instruction (批示) is a recorded approval of the matter (`documents.Approval`).
    """

    class State(models.TextChoices):
        RAISED = "raised", _("待受理")
        RETURNED = "returned", _("退回补充")
        HANDLING = "handling", _("办理中")
        PASSED = "passed", _("征求有关单位意见")
        SUBMITTED = "submitted", _("呈领导批示")
        ANSWERED = "answered", _("已答复")
        SETTLED = "settled", _("已解决")
        WITHDRAWN = "withdrawn", _("已撤回")

    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name=_("辖区"), on_delete=models.PROTECT, related_name="matters"
    )
    year = models.ForeignKey(
        WorkYear, verbose_name=_("年度"), on_delete=models.PROTECT, related_name="matters"
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("提请单位"), on_delete=models.PROTECT, related_name="matters"
    )
    ref_kind = models.CharField(max_length=60, blank=True)
    ref_id = models.BigIntegerField(null=True, blank=True)
    title = models.CharField(_("协调事项"), max_length=120)
    problem = models.TextField(_("存在的问题"), max_length=2000)
    tried = models.TextField(_("已做的工作"), max_length=2000, blank=True)
    wanted = models.TextField(_("请求协调解决"), max_length=1000)
    wanted_of = models.CharField(_("涉及单位"), max_length=300, blank=True)
    due_on = models.DateField(_("希望解决日期"), null=True, blank=True)
    state = models.CharField(_("办理状态"), max_length=12, choices=State, default=State.RAISED)
    answer = models.TextField(_("办公室答复"), max_length=2000, blank=True)
    answered_on = models.DateField(_("答复日期"), null=True, blank=True)
    settled_on = models.DateField(_("解决日期"), null=True, blank=True)
    raised_at = models.DateTimeField(_("提请时间"))
    by = models.CharField(_("提请人"), max_length=80)
    phone = models.CharField(_("联系电话"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("提请协调事项")
        indexes = [
            models.Index(fields=["jurisdiction", "state", "due_on"], name="work_matter_light"),
            models.Index(fields=["jurisdiction", "-raised_at", "-id"], name="work_matter_list"),
            models.Index(fields=["unit", "-raised_at"], name="work_matter_unit"),
            models.Index(fields=["ref_kind", "ref_id"], name="work_matter_ref"),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        """What the acting unit, or one it answers for, raised or is asked about; overseers all of their jurisdiction."""
        if actor.jurisdiction_id is None:
            return NOTHING
        own = mine_q(actor)
        asked = MatterUnit.objects.system("being asked decides who sees a matter").filter(own)
        mine = own | Q(pk__in=asked.values("matter_id"))
        return mine | Q(jurisdiction_id=actor.jurisdiction_id) if actor.has(*OVERSIGHT) else mine


class _OfMatter(ScopedModel):
    """Rows that are seen by whoever sees their matter."""

    class Meta:
        abstract = True

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        return Q(matter_id__in=Matter.objects.visible_to(actor).values("pk"))


class MatterUnit(_OfMatter):
    """A unit the office asked about a matter, by when, and its reply."""

    matter = models.ForeignKey(
        Matter, verbose_name=_("提请协调事项"), on_delete=models.CASCADE, related_name="asked_rows"
    )
    unit = models.ForeignKey(Unit, verbose_name=_("有关单位"), on_delete=models.PROTECT, related_name="+")
    question = models.CharField(_("征求内容"), max_length=500)
    due_on = models.DateField(_("回复期限"), null=True, blank=True)
    asked_at = models.DateTimeField(_("转办时间"))
    reply = models.TextField(_("回复意见"), max_length=2000, blank=True)
    replied_at = models.DateTimeField(_("回复时间"), null=True, blank=True)
    replied_by = models.CharField(_("回复人"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("有关单位意见")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["matter", "unit"], name="work_matterunit_once")]
        indexes = [models.Index(fields=["unit", "matter"], name="work_matterunit_unit")]


class MatterStep(_OfMatter):
    """One step of a matter's story: what was done, by whom, in which words. Never changed."""

    matter = models.ForeignKey(
        Matter, verbose_name=_("提请协调事项"), on_delete=models.CASCADE, related_name="step_rows"
    )
    what = models.CharField(_("步骤"), max_length=40)
    words = models.TextField(_("内容"), max_length=2000, blank=True)
    at = models.DateTimeField(_("时间"))
    by = models.CharField(_("办理人"), max_length=160)

    class Meta:
        verbose_name = _("协调步骤")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["matter", "-at"], name="work_matterstep_matter")]
