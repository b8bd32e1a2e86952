"""One criterion of one object: what it claims, what was found, what was decided, on which evidence."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.assessment.models.rounds import Assessed
from zhize.apps.documents.models import Evidence
from zhize.kit.actor import Actor
from zhize.kit.scope import ScopedModel
from zhize.kit.versioned import Versioned


class _OfAssessed(ScopedModel):
    """Rows that are seen by whoever sees their object."""

    class Meta:
        abstract = True

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        return Q(assessed_id__in=Assessed.objects.visible_to(actor).values("pk"))


class Entry(_OfAssessed, Versioned):
    """考核项目. `code` names the leaf of the round's scheme. `facts` are what its method reads (core.scoring.facts).

    `collected` is what the house's own records gave, with `sources` [{words, ref, url}]; `facts` may differ only with a
    `reason` and the name of who decided; `judged_by` holds the users who ever did. `self_points`, `self_statement` and the evidence are the object's own.
    """

    class Origin(models.TextChoices):
        NONE = "none", _("尚无数据")
        COLLECTED = "collected", _("系统采集")
        CHECKED = "checked", _("核查认定")

    assessed = models.ForeignKey(
        Assessed, verbose_name=_("考核对象"), on_delete=models.CASCADE, related_name="entries"
    )
    code = models.CharField(_("项目编号"), max_length=60)
    self_points = models.DecimalField(_("自评得分"), max_digits=9, decimal_places=2, null=True, blank=True)
    self_statement = models.TextField(_("自评说明"), max_length=1000, blank=True)
    collected = models.JSONField(_("采集数据"), default=dict, blank=True)
    sources = models.JSONField(_("数据来源"), default=list, blank=True)
    collected_at = models.DateTimeField(_("采集时间"), null=True, blank=True)
    facts = models.JSONField(_("计分依据"), default=dict, blank=True)
    origin = models.CharField(_("取得方式"), max_length=10, choices=Origin, default=Origin.NONE)
    reason = models.CharField(_("认定理由"), max_length=500, blank=True)
    checked_by = models.CharField(_("认定人"), max_length=80, blank=True)
    checked_hat = models.CharField(_("认定人身份"), max_length=160, blank=True)
    checked_user = models.BigIntegerField(null=True, blank=True, editable=False)
    checked_at = models.DateTimeField(_("认定时间"), null=True, blank=True)
    judged_by = models.JSONField(_("历次认定人"), default=list, blank=True, editable=False)
    evidence = models.ManyToManyField(Evidence, through="EntryEvidence", related_name="assessment_entries")

    class Meta:
        verbose_name = _("考核项目")
        constraints = [models.UniqueConstraint(fields=["assessed", "code"], name="assessment_entry_once")]

    def __str__(self) -> str:
        return self.code


class EntryEvidence(models.Model):
    """What a self-evaluation rests on."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="evidence_links")
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="assessment_links")

    class Meta:
        verbose_name = _("考核佐证")
        constraints = [
            models.UniqueConstraint(fields=["entry", "evidence"], name="assessment_entryevidence_once")
        ]
