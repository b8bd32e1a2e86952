"""A call (征集): what is asked, of whom, by when."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.orgs.models import Jurisdiction, Unit
from zhize.apps.years.models import WorkYear
from zhize.kit.actor import Actor
from zhize.kit.scope import NOTHING, ScopedModel
from zhize.kit.versioned import Versioned

# Who sees everything that is asked and answered in the jurisdiction; units see what concerns themselves.
OVERSIGHT = (
    "leader",
    "office_director",
    "office_staff",
    "assessor",
    "inspector",
    "audit_admin",
    "external_auditor",
)


class Call(ScopedModel, Versioned):
    """征集: one question to many units, with a form, a due date and a period.

    `content` names a kind of kit.contributions.CallContent ("work.plan_items"), empty where the form is all; `form` is a
    list of field mappings (kit.field_data) each with an optional `prefill`; `source_kind`/`source_id` name the thing
    it comes from (a duty, a conference), empty when asked by hand; `source_code` is the discharge source that an
    accepted reply counts as; `sent_despite` says why it went out although the check before sending spoke against it.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("草稿")
        ISSUED = "issued", _("已发出")
        CLOSED = "closed", _("已结束")
        CANCELLED = "cancelled", _("已取消")

    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name=_("辖区"), on_delete=models.PROTECT, related_name="calls"
    )
    year = models.ForeignKey(WorkYear, verbose_name=_("年度"), on_delete=models.PROTECT, related_name="calls")
    title = models.CharField(_("标题"), max_length=100)
    body = models.TextField(_("要求"), max_length=4000, blank=True)
    template = models.CharField(_("模板"), max_length=40, blank=True)
    content = models.CharField(_("报送内容"), max_length=60, blank=True)
    form = models.JSONField(_("填报项"), default=list, blank=True)
    due_on = models.DateField(_("报送期限"))
    period_start = models.DateField(_("所属期起"), null=True, blank=True)
    period_end = models.DateField(_("所属期止"), null=True, blank=True)
    nil_allowed = models.BooleanField(_("可零报告"), default=True)
    stamp_needed = models.BooleanField(_("须登记本单位审签"), default=False)
    source_kind = models.CharField(max_length=60, blank=True)
    source_id = models.BigIntegerField(null=True, blank=True)
    source_code = models.CharField(_("接收后认定为"), max_length=60, blank=True)
    state = models.CharField(_("状态"), max_length=12, choices=State, default=State.DRAFT)
    issued_at = models.DateTimeField(_("发出时间"), null=True, blank=True)
    issued_by = models.CharField(_("发出人"), max_length=80, blank=True)
    ended_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    ended_by = models.CharField(_("结束人"), max_length=80, blank=True)
    sent_despite = models.CharField(_("仍要发出的理由"), max_length=300, blank=True)
    note = models.CharField(_("结束或取消的说明"), max_length=300, blank=True)
    units = models.ManyToManyField(Unit, through="CallUnit", related_name="+", verbose_name=_("征集对象"))

    class Meta:
        verbose_name = _("征集")
        indexes = [
            models.Index(fields=["jurisdiction", "-due_on", "-id"], name="requests_call_list"),
            models.Index(fields=["jurisdiction", "content", "template"], name="requests_call_same"),
            models.Index(fields=["source_kind", "source_id"], name="requests_call_source"),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        """The own jurisdiction's for its office and overseers; to a unit, what it is asked once it is sent."""
        from zhize.apps.requests.models.replies import UnitRequest

        if actor.jurisdiction_id is None:
            return NOTHING
        asked = UnitRequest._base_manager.filter(UnitRequest.answered_q(actor), call=OuterRef("pk"))
        mine = Q(Exists(asked))
        return mine | Q(jurisdiction_id=actor.jurisdiction_id) if actor.has(*OVERSIGHT) else mine


class CallUnit(models.Model):
    """Whom a call is meant for; when it is sent, each gets its own request."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="addressees")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("征集对象")
        constraints = [models.UniqueConstraint(fields=["call", "unit"], name="requests_callunit_once")]
