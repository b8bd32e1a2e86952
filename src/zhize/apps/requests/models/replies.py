"""What a unit answers: its request, the files of it, and how often it was reminded."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.documents.models import Evidence
from zhize.apps.orgs.models import Jurisdiction, Unit
from zhize.apps.orgs.models.mine import mine_q
from zhize.apps.requests.models.calls import OVERSIGHT, Call
from zhize.kit.actor import Actor
from zhize.kit.scope import NOTHING, ScopedModel
from zhize.kit.versioned import Versioned


class _Answered(ScopedModel):
    """Rows about one unit's answer: the office and overseers see all of the jurisdiction, a unit only its own."""

    class Meta:
        abstract = True

    @classmethod
    def answered_q(cls, actor: Actor) -> Q:
        """What the acting unit answers itself or for another (a prefecture's office for its government)."""
        if actor.unit_id is None:
            return NOTHING
        return mine_q(actor)

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        if actor.jurisdiction_id is None:
            return NOTHING
        mine = cls.answered_q(actor)
        return mine | Q(jurisdiction_id=actor.jurisdiction_id) if actor.has(*OVERSIGHT) else mine


class UnitRequest(_Answered, Versioned):
    """报送件: one unit's answer to a call.

    `answers`, `statement` and `nil_report` are the unit's working copy, seen by the unit alone. What it handed in
    stands in `handed_in` ({"answers", "statement", "nil_report"}), and only that is shown to anybody else: a draft, or
    a correction under way, is nobody's business until it is sent. `not_awaited` says why the office goes on without an
    answer to a round of comments; the unit may still give one while the round is open.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("待填报")
        DRAFTING = "drafting", _("填报中")
        SUBMITTED = "submitted", _("已报送")
        RETURNED = "returned", _("已退回")
        WITHDRAWN = "withdrawn", _("已撤回")
        ACCEPTED = "accepted", _("已接收")

    call = models.ForeignKey(
        Call, verbose_name=_("征集"), on_delete=models.PROTECT, related_name="unit_requests"
    )
    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name=_("辖区"), on_delete=models.PROTECT, related_name="+"
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("报送单位"), on_delete=models.PROTECT, related_name="unit_requests"
    )
    state = models.CharField(_("状态"), max_length=12, choices=State, default=State.WAITING)
    due_on = models.DateField(_("报送期限"))
    answers = models.JSONField(_("填报内容"), default=dict, blank=True)
    statement = models.TextField(_("说明"), max_length=2000, blank=True)
    nil_report = models.BooleanField(_("零报告"), default=False)
    prefilled = models.JSONField(_("预填的项"), default=list, blank=True)
    handed_in = models.JSONField(null=True, blank=True)
    submitted_at = models.DateTimeField(_("报送时间"), null=True, blank=True)
    submitted_by = models.CharField(_("报送人"), max_length=80, blank=True)
    stamped_by = models.CharField(_("审签人"), max_length=80, blank=True)
    stamped_on = models.DateField(_("审签日期"), null=True, blank=True)
    stamp_scan = models.ForeignKey(
        Evidence,
        verbose_name=_("审签件扫描"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("审核时间"), null=True, blank=True)
    decided_by = models.CharField(_("审核人"), max_length=80, blank=True)
    comment = models.CharField(_("审核意见"), max_length=500, blank=True)
    field_comments = models.JSONField(_("逐项意见"), default=dict, blank=True)
    not_awaited = models.CharField(_("不再等候的理由"), max_length=300, blank=True)
    not_awaited_by = models.CharField(_("决定不再等候的人"), max_length=80, blank=True)
    not_awaited_at = models.DateTimeField(_("决定不再等候的时间"), null=True, blank=True)
    evidence = models.ManyToManyField(Evidence, through="UnitRequestFile", related_name="unit_requests")

    class Meta:
        verbose_name = _("报送件")
        constraints = [models.UniqueConstraint(fields=["call", "unit"], name="requests_unitrequest_once")]
        indexes = [
            models.Index(fields=["unit", "state", "due_on"], name="requests_ur_unit"),
            models.Index(fields=["jurisdiction", "-due_on", "-id"], name="requests_ur_list"),
        ]

    def __str__(self) -> str:
        return f"{self.call_id}/{self.unit_id}"


class UnitRequestFile(models.Model):
    """A material of an answer. What was added since the last sending (`handed_in` false) only the unit sees."""

    request = models.ForeignKey(UnitRequest, on_delete=models.CASCADE, related_name="file_links")
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="request_links")
    handed_in = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("报送材料")
        constraints = [
            models.UniqueConstraint(fields=["request", "evidence"], name="requests_unitrequestfile_once")
        ]


class Reminder(_Answered):
    """催报: a unit was told that its answer is missing; when, by whom, in which words."""

    call = models.ForeignKey(Call, verbose_name=_("征集"), on_delete=models.PROTECT, related_name="reminders")
    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name=_("辖区"), on_delete=models.PROTECT, related_name="+"
    )
    unit = models.ForeignKey(Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("催报时间"))
    by = models.CharField(_("催报人"), max_length=80)
    text = models.CharField(_("内容"), max_length=300)

    class Meta:
        verbose_name = _("催报")
        indexes = [models.Index(fields=["call", "unit", "-at"], name="requests_reminder_call")]
