"""台账记录: one entry of a register, of a type that is rule data."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.documents.models import Evidence
from zhize.apps.orgs.models import Jurisdiction, Region, Unit
from zhize.apps.registers.models.reading import KEY_LENGTH
from zhize.apps.registers.models.subjects import Subject
from zhize.apps.registers.models.types import published_codes
from zhize.kit.actor import Actor
from zhize.kit.imports.values import KEY
from zhize.kit.scope import NOTHING, ScopedModel
from zhize.kit.versioned import Versioned

READERS = (
    "leader", "office_director", "office_staff", "assessor", "inspector", "audit_admin", "external_auditor",
)  # fmt: skip


class Record(ScopedModel, Versioned):
    """An entry: a sampling result, an instrument verified, a licence.

    `values` holds all its fields as the type's edition names them; the columns beside it are what follows from them and
    must be found, sorted or counted fast. They are written together by the services, never alone.
    """

    class Outcome(models.TextChoices):
        PASS = "pass", _("合格")
        FAIL = "fail", _("不合格")
        NONE = "none", _("不判定")

    class State(models.TextChoices):
        ACTIVE = "active", _("有效")
        VOID = "void", _("已作废")

    type = models.CharField(_("台账"), max_length=40)
    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name=_("辖区"), on_delete=models.PROTECT, related_name="+"
    )
    keeper = models.ForeignKey(
        Unit, verbose_name=_("登记单位"), on_delete=models.PROTECT, related_name="records"
    )
    subject = models.ForeignKey(
        Subject,
        verbose_name=_("主体"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="records",
    )
    region = models.ForeignKey(
        Region, verbose_name=_("所在地区"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    key = models.CharField(_("标识"), max_length=KEY_LENGTH)
    object_key = models.CharField(_("同一件的标识"), max_length=KEY_LENGTH, blank=True)
    is_latest = models.BooleanField(_("同一件中最新"), default=True)
    occurred_on = models.DateField(_("计入日期"))
    due_on = models.DateField(_("到期日"), null=True, blank=True)
    outcome = models.CharField(_("结论"), max_length=5, choices=Outcome, default=Outcome.NONE)
    values = models.JSONField(_("内容"), default=dict)
    edition = models.CharField(_("规则版本"), max_length=64)
    import_id = models.BigIntegerField(_("导入批次"), null=True, blank=True)
    state = models.CharField(_("记录状态"), max_length=6, choices=State, default=State.ACTIVE)
    void_reason = models.CharField(_("作废原因"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("登记时间"))
    created_by = models.CharField(_("登记人"), max_length=80)
    evidence = models.ManyToManyField(Evidence, through="RecordEvidence", related_name="records")

    class Meta:
        verbose_name = _("台账记录")
        constraints = [
            models.UniqueConstraint(
                fields=["type", "jurisdiction", "key"],
                condition=Q(state="active"),
                name="registers_record_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["type", "jurisdiction", "-occurred_on", "-id"], name="registers_record_list"
            ),
            models.Index(
                fields=["jurisdiction", "type", "occurred_on", "keeper", "outcome"],
                name="registers_record_count",
            ),
            models.Index(fields=["subject", "-occurred_on"], name="registers_record_subject"),
            models.Index(fields=["type", "jurisdiction", "object_key"], name="registers_record_object"),
            models.Index(
                fields=["jurisdiction", "due_on"],
                condition=Q(state="active", is_latest=True, due_on__isnull=False),
                name="registers_record_due",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The number people know it by: the object's (an instrument, whichever its verification), else its own."""
        return (self.object_key or self.key).replace(KEY, " · ")

    @property
    def key_words(self) -> str:
        """All parts of what identifies it."""
        return self.key.replace(KEY, " · ")

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        """The own jurisdiction's: all for its office, leaders and auditors; for a member its own and what the type's
        rule publishes. A parent sees a child's only as numbers."""
        if actor.jurisdiction_id is None:
            return NOTHING
        mine = Q(jurisdiction_id=actor.jurisdiction_id)
        if actor.has(*READERS):
            return mine
        return mine & (Q(keeper_id=actor.unit_id or 0) | Q(type__in=published_codes(date.max)))


class RecordEvidence(models.Model):
    """Which material a record rests on."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="evidence_links")
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="record_links")

    class Meta:
        verbose_name = _("记录佐证")
        constraints = [
            models.UniqueConstraint(fields=["record", "evidence"], name="registers_recordevidence_once")
        ]
