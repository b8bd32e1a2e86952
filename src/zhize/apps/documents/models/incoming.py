"""来文 and 批示件: papers from outside and leaders' instructions, registered with their scan, handed on, answered."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.documents.models.countersigns import INSIDE
from zhize.apps.documents.models.files import StoredFile
from zhize.apps.documents.models.official import Addressee
from zhize.apps.orgs.models import Jurisdiction, Unit
from zhize.kit.actor import Actor
from zhize.kit.scope import NOTHING, ScopedModel
from zhize.kit.versioned import Versioned


class Incoming(ScopedModel, Versioned):
    """收文登记: by hand, or of what was sent to the office within the product (`addressee`; 签收 registers it).

    `serial` is the office's own number; `number` the sender's. An instruction names leader and words.

    `proposal` is the 拟办 opinion, `answer` what was reported back (回呈). `state` is moved by `core.workflow.incoming`.
    """

    class Sort(models.TextChoices):
        PAPER = "paper", _("来文")
        INSTRUCTION = "instruction", _("批示件")

    class State(models.TextChoices):
        ARRIVED = "arrived", _("待签收")
        REGISTERED = "registered", _("已登记")
        PROPOSED = "proposed", _("已拟办")
        ASSIGNED = "assigned", _("承办中")
        ANSWERED = "answered", _("已回呈")
        FILED = "filed", _("已阅存")

    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name=_("辖区"), on_delete=models.PROTECT, related_name="+"
    )
    sort = models.CharField(_("类别"), max_length=12, choices=Sort, default=Sort.PAPER)
    addressee = models.OneToOneField(
        Addressee,
        verbose_name=_("系统内来文"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="incoming",
    )
    serial = models.CharField(_("收文编号"), max_length=120, blank=True)
    title = models.CharField(_("标题"), max_length=200)
    from_name = models.CharField(_("来文单位"), max_length=120)
    number = models.CharField(_("来文字号"), max_length=120, blank=True)
    dated_on = models.DateField(_("来文日期"), null=True, blank=True)
    received_on = models.DateField(_("收到日期"))
    due_on = models.DateField(_("要求办结日期"), null=True, blank=True)
    leader = models.CharField(_("批示人"), max_length=80, blank=True)
    words = models.CharField(_("批示内容"), max_length=500, blank=True)
    instructed_on = models.DateField(_("批示日期"), null=True, blank=True)
    scan = models.ForeignKey(
        StoredFile,
        verbose_name=_("扫描件"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    proposal = models.CharField(_("拟办意见"), max_length=500, blank=True)
    proposed_by = models.CharField(_("拟办人"), max_length=80, blank=True)
    answer = models.TextField(_("回呈内容"), max_length=2000, blank=True)
    answered_on = models.DateField(_("回呈日期"), null=True, blank=True)
    state = models.CharField(_("办理状态"), max_length=12, choices=State, default=State.REGISTERED)
    registered_by = models.CharField(_("登记人"), max_length=80)
    registered_at = models.DateTimeField(_("登记时间"))

    class Meta:
        verbose_name = _("收文")
        indexes = [
            models.Index(fields=["jurisdiction", "-received_on", "-id"], name="documents_incoming_list")
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        """The office's own post: whoever works on the jurisdiction's documents or looks over them. Units see their task."""
        if actor.jurisdiction_id is None or not actor.has(*INSIDE):
            return NOTHING
        return Q(jurisdiction_id=actor.jurisdiction_id)


class IncomingHolder(ScopedModel):
    """承办: which unit, by when; `ref` is what the app of tasks made of it (ThingRef as text), `result` how it ended.

    A unit that only `supports` shares the `ref` of the one that leads.
    """

    incoming = models.ForeignKey(
        Incoming, verbose_name=_("收文"), on_delete=models.PROTECT, related_name="holders"
    )
    unit = models.ForeignKey(Unit, verbose_name=_("承办单位"), on_delete=models.PROTECT, related_name="+")
    supports = models.BooleanField(_("配合办理"), default=False)
    due_on = models.DateField(_("办结期限"), null=True, blank=True)
    ref = models.CharField(max_length=80, blank=True)
    done_on = models.DateField(_("办结日期"), null=True, blank=True)
    result = models.CharField(_("办理结果"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("承办")
        constraints = [models.UniqueConstraint(fields=["incoming", "unit"], name="documents_holder_once")]
        indexes = [models.Index(fields=["ref"], name="documents_holder_ref")]

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        if actor.jurisdiction_id is None or not actor.has(*INSIDE):
            return NOTHING
        return Q(incoming__jurisdiction_id=actor.jurisdiction_id)
