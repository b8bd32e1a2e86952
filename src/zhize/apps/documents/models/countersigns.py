"""会签: units asked in parallel for their opinion before a document is signed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.documents.models.files import StoredFile
from zhize.apps.orgs.models import Unit
from zhize.kit.actor import Actor
from zhize.kit.scope import NOTHING, ScopedModel

# Who works on a jurisdiction's documents or looks over them; others see what was sent to them or published.
INSIDE = ("leader", "office_director", "office_staff", "audit_admin", "external_auditor")


class Countersign(ScopedModel):
    """One unit asked, and what it said: on line by its own people, or on paper and entered by the office with the scan.

    An answer is never changed; a document returned to its drafter is asked about anew (`round`).
    """

    class Answer(models.TextChoices):
        AGREED = "agreed", _("同意")
        NOTED = "noted", _("同意，另有意见")
        REFUSED = "refused", _("不同意")

    document = models.ForeignKey(
        "documents.OfficialDocument",
        verbose_name=_("公文"),
        on_delete=models.PROTECT,
        related_name="countersigns",
    )
    unit = models.ForeignKey(Unit, verbose_name=_("会签单位"), on_delete=models.PROTECT, related_name="+")
    round = models.PositiveIntegerField(_("轮次"), default=1)
    order = models.PositiveIntegerField(_("顺序"), default=0)
    asked_by = models.CharField(_("送会签人"), max_length=80)
    asked_at = models.DateTimeField(_("送会签时间"))
    due_on = models.DateField(_("回复期限"), null=True, blank=True)
    answer = models.CharField(_("会签结论"), max_length=8, choices=Answer, blank=True)
    opinion = models.CharField(_("会签意见"), max_length=500, blank=True)
    by_name = models.CharField(_("会签人"), max_length=80, blank=True)
    on = models.DateField(_("会签日期"), null=True, blank=True)
    on_paper = models.BooleanField(_("纸质会签"), default=False)
    scan = models.ForeignKey(
        StoredFile,
        verbose_name=_("会签单扫描件"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    entered_by = models.CharField(_("录入人"), max_length=80, blank=True)
    entered_at = models.DateTimeField(_("录入时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("会签")
        ordering = ["round", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["document", "unit", "round"], name="documents_countersign_once")
        ]
        indexes = [models.Index(fields=["unit", "-document"], name="documents_countersign_unit")]

    def __str__(self) -> str:
        return self.unit.name

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        """The own unit's; whoever works on the document sees all."""
        if actor.jurisdiction_id is None:
            return NOTHING
        mine = Q(unit_id=actor.unit_id or 0) & Q(document__jurisdiction_id=actor.jurisdiction_id)
        return mine | Q(document__jurisdiction_id=actor.jurisdiction_id) if actor.has(*INSIDE) else mine
