"""履职事项: who owes what in a year by when; what was submitted; what was excused."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhize.apps.documents.models import Evidence
from zhize.apps.orgs.models import Jurisdiction, Unit
from zhize.apps.orgs.models.mine import here_or_mine_q
from zhize.apps.regulations.models.texts import Duty
from zhize.apps.years.models import WorkYear
from zhize.kit.actor import Actor
from zhize.kit.scope import NOTHING, ScopedModel
from zhize.kit.versioned import Versioned


class Obligation(ScopedModel, Versioned):
    """(duty, unit, period) with a due date.

    `status` and `done_on` are what `core.duties.discharge` derives from the discharges; they are
    rewritten by the service that changes a discharge, and the light is computed from them and the
    dates when read. Nothing else writes them.

    What a year left open may go on in a later one (结转): there a row of its own for the same period, `rolled_from` the
    year that left it, settled by a paper; the row that was left points to it (`rolled_into`) and takes no more.
    """

    class Status(models.TextChoices):
        OPEN = "open", _("未报")
        CLAIMED = "claimed", _("已报待确认")
        RETURNED = "returned", _("已退回")
        PARTLY = "partly", _("部分履行")
        DONE = "done", _("已落实")
        WAIVED = "waived", _("免办")
        STANDING = "standing", _("常态履职")

    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name=_("辖区"), on_delete=models.PROTECT, related_name="obligations"
    )
    year = models.ForeignKey(
        WorkYear, verbose_name=_("年度"), on_delete=models.PROTECT, related_name="obligations"
    )
    duty = models.ForeignKey(
        Duty, verbose_name=_("职责"), on_delete=models.PROTECT, related_name="obligations"
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("责任单位"), on_delete=models.PROTECT, related_name="obligations"
    )
    role = models.CharField(_("责任"), max_length=12, default="joint")
    period_label = models.CharField(_("期间"), max_length=40)
    period_start = models.DateField(_("期间起"))
    period_end = models.DateField(_("期间止"))
    due_on = models.DateField(_("期限"), null=True, blank=True)
    status = models.CharField(_("状态"), max_length=12, choices=Status, default=Status.OPEN)
    count_done = models.PositiveIntegerField(_("已履行次数"), default=0)
    count_needed = models.PositiveIntegerField(_("应履行次数"), default=1)
    done_on = models.DateField(_("履行日期"), null=True, blank=True)
    rolled_from = models.ForeignKey(
        WorkYear, verbose_name=_("结转自"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    rolled_into = models.ForeignKey(
        "self",
        verbose_name=_("结转为"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="rolled",
    )

    class Meta:
        verbose_name = _("履职事项")
        constraints = [
            models.UniqueConstraint(
                fields=["duty", "unit", "year", "period_start", "period_end"],
                name="regulations_obligation_once",
            )
        ]
        indexes = [
            models.Index(fields=["year", "status", "due_on"], name="regulations_ob_light"),
            models.Index(fields=["unit", "year", "due_on"], name="regulations_ob_unit"),
            models.Index(fields=["jurisdiction", "due_on", "id"], name="regulations_ob_list"),
            models.Index(fields=["due_on", "id"], name="regulations_ob_due"),
            models.Index(fields=["duty", "year"], name="regulations_ob_duty"),
        ]

    def __str__(self) -> str:
        return f"{self.duty_id}/{self.unit_id}/{self.period_label}"

    @property
    def count_words(self) -> str:
        """3/4; 凭材料 where a confirmed file settled what registers would have counted; nothing for a standing duty."""
        if self.status == self.Status.STANDING:
            return ""
        if self.status == self.Status.DONE and self.count_done < self.count_needed:
            return gettext("凭材料")
        return f"{self.count_done}/{self.count_needed}"

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        """The own jurisdiction's, and those that name the acting unit or one it answers for."""
        if actor.jurisdiction_id is None:
            return NOTHING
        return here_or_mine_q(actor)


class Discharge(ScopedModel, Versioned):
    """履行: what a unit handed in for an obligation, and what the office said to it.

    `source_kind`/`source_id` name the thing that discharged (an accepted plan, a held conference);
    empty for a file handed in by hand, which the office confirms.
    """

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("待确认")
        CONFIRMED = "confirmed", _("已确认")
        RETURNED = "returned", _("已退回")
        WITHDRAWN = "withdrawn", _("已撤回")

    obligation = models.ForeignKey(
        Obligation, verbose_name=_("履职事项"), on_delete=models.PROTECT, related_name="discharges"
    )
    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name=_("辖区"), on_delete=models.PROTECT, related_name="+"
    )
    unit = models.ForeignKey(Unit, verbose_name=_("报送单位"), on_delete=models.PROTECT, related_name="+")
    state = models.CharField(_("状态"), max_length=12, choices=State, default=State.SUBMITTED)
    statement = models.TextField(_("履行情况说明"), max_length=2000)
    source_kind = models.CharField(max_length=60, blank=True)
    source_id = models.BigIntegerField(null=True, blank=True)
    submitted_at = models.DateTimeField(_("报送时间"))
    submitted_by = models.CharField(_("报送人"), max_length=80)
    decided_at = models.DateTimeField(_("审核时间"), null=True, blank=True)
    decided_by = models.CharField(_("审核人"), max_length=80, blank=True)
    comment = models.CharField(_("审核意见"), max_length=500, blank=True)
    evidence = models.ManyToManyField(Evidence, through="DischargeEvidence", related_name="discharges")

    class Meta:
        verbose_name = _("履行记录")
        ordering = ["-submitted_at"]
        indexes = [models.Index(fields=["obligation", "-submitted_at"], name="regulations_discharge_ob")]

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        if actor.jurisdiction_id is None:
            return NOTHING
        return Q(jurisdiction_id=actor.jurisdiction_id) | Q(unit_id=actor.unit_id or 0)


class DischargeEvidence(models.Model):
    """Which evidence a discharge rests on."""

    discharge = models.ForeignKey(Discharge, on_delete=models.CASCADE, related_name="evidence_links")
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="discharge_links")

    class Meta:
        verbose_name = _("履行佐证")
        constraints = [
            models.UniqueConstraint(
                fields=["discharge", "evidence"], name="regulations_dischargeevidence_once"
            )
        ]


class Waiver(ScopedModel):
    """免办: the office excuses a unit from an obligation, with the reason; lifted, never deleted."""

    obligation = models.ForeignKey(
        Obligation, verbose_name=_("履职事项"), on_delete=models.PROTECT, related_name="waivers"
    )
    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name=_("辖区"), on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(_("免办理由"), max_length=500)
    basis = models.CharField(_("依据"), max_length=200, blank=True)
    at = models.DateTimeField(_("时间"))
    by = models.CharField(_("批准人"), max_length=80)
    lifted_at = models.DateTimeField(_("取消时间"), null=True, blank=True)
    lifted_by = models.CharField(_("取消人"), max_length=80, blank=True)
    lift_reason = models.CharField(_("取消理由"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("免办")
        constraints = [
            models.UniqueConstraint(
                fields=["obligation"],
                condition=Q(lifted_at__isnull=True),
                name="regulations_waiver_open_once",
            )
        ]


class WaiverRequest(ScopedModel, Versioned):
    """免办申请: a unit asks to be excused, with reason and basis; the director answers with an opinion. Never deleted."""

    class State(models.TextChoices):
        ASKED = "asked", _("待审批")
        GRANTED = "granted", _("已同意")
        REFUSED = "refused", _("未同意")
        WITHDRAWN = "withdrawn", _("已撤回")

    obligation = models.ForeignKey(
        Obligation, verbose_name=_("履职事项"), on_delete=models.PROTECT, related_name="waiver_requests"
    )
    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name=_("辖区"), on_delete=models.PROTECT, related_name="+"
    )
    unit = models.ForeignKey(Unit, verbose_name=_("申请单位"), on_delete=models.PROTECT, related_name="+")
    state = models.CharField(_("状态"), max_length=12, choices=State, default=State.ASKED)
    reason = models.CharField(_("申请理由"), max_length=500)
    basis = models.CharField(_("依据"), max_length=200, blank=True)
    asked_at = models.DateTimeField(_("申请时间"))
    asked_by = models.CharField(_("申请人"), max_length=80)
    opinion = models.CharField(_("审批意见"), max_length=300, blank=True)
    decided_at = models.DateTimeField(_("审批时间"), null=True, blank=True)
    decided_by = models.CharField(_("审批人"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("免办申请")
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["obligation"],
                condition=Q(state="asked"),
                name="regulations_waiverrequest_open_once",
            )
        ]

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        if actor.jurisdiction_id is None:
            return NOTHING
        return Q(jurisdiction_id=actor.jurisdiction_id) | Q(unit_id=actor.unit_id or 0)
