"""What stands between a text and the register: the reader's proposals as people check them, row by row."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.orgs.models import Jurisdiction, Unit
from zhize.apps.regulations.models.regulation import RegulationVersion
from zhize.apps.regulations.models.texts import Clause, Duty, DutyHolder
from zhize.kit.actor import Actor
from zhize.kit.scope import NOTHING, ScopedModel
from zhize.kit.versioned import Versioned


class ProposedDuty(ScopedModel, Versioned):
    """核对项: one duty the reader proposes for a draft text, and what a person made of it.

    The row begins as the reader proposed; whoever checks it changes the row itself, so that leaving and coming back loses
    nothing. `start` and `end` are its place in the text. `holders` are {name, sort, role, unit}: the printed name, what
    sort of holder it is (`core.regulation.holders.Sort`), its role, and the unit where a person chose one.
    """

    class State(models.TextChoices):
        OPEN = "open", _("待核对")
        ACCEPTED = "accepted", _("已核对")
        DROPPED = "dropped", _("不登记")

    class Relation(models.TextChoices):
        SAME = "same", _("同一职责")
        FINER = "finer", _("同一职责，本文更具体")
        OTHER = "other", _("不同职责")

    text_version = models.ForeignKey(
        RegulationVersion, verbose_name=_("文本版本"), on_delete=models.CASCADE, related_name="proposed"
    )
    clause = models.ForeignKey(
        Clause, verbose_name=_("条款"), on_delete=models.CASCADE, related_name="proposed"
    )
    section = models.CharField(_("部分"), max_length=20)
    segment = models.PositiveSmallIntegerField(_("段"), default=1)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.TextField(_("职责原文"), max_length=4000)
    title = models.CharField(_("短标题"), max_length=60, blank=True)
    kind = models.CharField(_("类别"), max_length=20, choices=Duty.Kind, default=Duty.Kind.OTHER)
    nature = models.CharField(_("性质"), max_length=12, choices=Duty.Nature)
    recurrence = models.JSONField(_("周期与期限"), default=dict, blank=True)
    when_words = models.CharField(_("文中的时间"), max_length=120, blank=True)
    rule = models.JSONField(_("认定规则"), default=dict, blank=True)
    sources = models.JSONField(_("认定来源"), default=list, blank=True)
    holders = models.JSONField(_("责任主体"), default=list, blank=True)
    is_common = models.BooleanField(_("共同职责"), default=False)
    flags = models.JSONField(_("待核事项"), default=list, blank=True)
    keep_flag = models.BooleanField(_("登记后仍列为待核事项"), default=False)
    confidence = models.PositiveSmallIntegerField(_("把握"), default=0)
    reason = models.CharField(_("识别依据"), max_length=400, blank=True)
    by_hand = models.BooleanField(_("由人拆分或合并"), default=False)
    state = models.CharField(_("核对情况"), max_length=12, choices=State, default=State.OPEN)
    drop_reason = models.CharField(_("不登记的理由"), max_length=200, blank=True)
    checked_at = models.DateTimeField(_("核对时间"), null=True, blank=True)
    checked_by = models.CharField(_("核对人"), max_length=80, blank=True)
    checked_by_user = models.BigIntegerField(null=True, blank=True)
    taken_by = models.CharField(_("认领人"), max_length=80, blank=True)
    taken_by_user = models.BigIntegerField(null=True, blank=True)
    relation = models.CharField(_("与现有职责的关系"), max_length=8, choices=Relation, blank=True)
    existing = models.ForeignKey(
        Duty, verbose_name=_("现有职责"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("核对项")
        ordering = ["start", "segment", "pk"]
        indexes = [
            models.Index(fields=["text_version", "start", "segment"], name="regulations_proposed_text"),
            models.Index(fields=["text_version", "state", "confidence"], name="regulations_proposed_state"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def key(self) -> str:
        """Clause path # segment, e.g. 3.1.6#3 (`clause` joined)."""
        return f"{self.clause.path}#{self.segment}"

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        if actor.jurisdiction_id is None:
            return NOTHING
        return Q(text_version__regulation__jurisdiction_id=actor.jurisdiction_id)


class PrintedName(ScopedModel, Versioned):
    """文中名称: what the documents of a jurisdiction mean by a name the directory does not know, as a person decided it."""

    class Meaning(models.TextChoices):
        UNIT = "unit", _("对应单位")
        COLLECTIVE = "collective", _("集合主体")
        LEFT_OUT = "left_out", _("不作为责任主体")

    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name=_("辖区"), on_delete=models.CASCADE, related_name="printed_names"
    )
    name = models.CharField(_("文中名称"), max_length=80)
    meaning = models.CharField(_("含义"), max_length=12, choices=Meaning)
    unit = models.ForeignKey(
        Unit, verbose_name=_("单位"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    collective = models.CharField(_("集合主体"), max_length=12, choices=DutyHolder.Collective, blank=True)
    reason = models.CharField(_("理由"), max_length=200, blank=True)
    decided_at = models.DateTimeField(_("决定时间"))
    decided_by = models.CharField(_("决定人"), max_length=80)

    class Meta:
        verbose_name = _("文中名称")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["jurisdiction", "name"], name="regulations_printedname_once"),
            models.CheckConstraint(
                condition=Q(meaning="unit", unit__isnull=False)
                | Q(meaning="collective", unit__isnull=True) & ~Q(collective="")
                | Q(meaning="left_out", unit__isnull=True) & ~Q(reason=""),
                name="regulations_printedname_meaning",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        return NOTHING if actor.jurisdiction_id is None else Q(jurisdiction_id=actor.jurisdiction_id)
