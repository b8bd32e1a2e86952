"""后续处理: what follows for a thing whose paper was revoked, repealed or corrected."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.documents.models.countersigns import INSIDE
from zhize.apps.documents.models.official import OfficialDocument
from zhize.apps.orgs.models import Jurisdiction
from zhize.kit.actor import Actor
from zhize.kit.scope import NOTHING, ScopedModel
from zhize.kit.versioned import Versioned


class Aftermath(ScopedModel, Versioned):
    """`document` was acted on (`act`) by `notice`; the thing issued by it (`source_kind`, `source_id`) awaits the office's word.

    Without `choice` nothing is decided. `paper` (or `paper_words`, of a paper outside) is what keeps it in force.
    """

    class Choice(models.TextChoices):
        KEPT = "kept", _("以另文继续有效")
        WITHDRAWN = "withdrawn", _("撤回，不再有效")
        AMENDED = "amended", _("修改后继续有效")
        OVERTAKEN = "overtaken", _("随后文一并处理")

    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name=_("辖区"), on_delete=models.PROTECT, related_name="+"
    )
    document = models.ForeignKey(
        OfficialDocument, verbose_name=_("原文"), on_delete=models.PROTECT, related_name="aftermaths"
    )
    notice = models.OneToOneField(
        OfficialDocument, verbose_name=_("后文"), on_delete=models.PROTECT, related_name="aftermath"
    )
    act = models.CharField(_("对前文的处理"), max_length=8, choices=OfficialDocument.Act)
    source_kind = models.CharField(max_length=60)
    source_id = models.BigIntegerField()
    told_at = models.DateTimeField(_("告知时间"))
    choice = models.CharField(_("后续处理"), max_length=10, choices=Choice, blank=True)
    paper = models.ForeignKey(
        OfficialDocument,
        verbose_name=_("依据公文"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    paper_words = models.CharField(_("依据文号"), max_length=120, blank=True)
    reason = models.CharField(_("处理说明"), max_length=500, blank=True)
    decided_by = models.CharField(_("确定人"), max_length=80, blank=True)
    decided_hat = models.CharField(_("确定人身份"), max_length=160, blank=True)
    decided_at = models.DateTimeField(_("确定时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("后续处理")
        indexes = [models.Index(fields=["source_kind", "source_id"], name="documents_aftermath_source")]

    def __str__(self) -> str:
        return f"{self.get_act_display()}：{self.document}"

    @property
    def stands(self) -> bool:
        """Whether the thing is still in force: corrected, or kept or amended by decision of the office."""
        if self.choice:
            return self.choice != self.Choice.WITHDRAWN
        return self.act == OfficialDocument.Act.CORRECT

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        """Whoever works on the jurisdiction's documents or looks over them decides or reads how it was decided."""
        if actor.jurisdiction_id is None or not actor.has(*INSIDE):
            return NOTHING
        return Q(jurisdiction_id=actor.jurisdiction_id)
