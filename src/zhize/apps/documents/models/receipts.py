"""Receipts of documents: who did which of the four acts."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.documents.models.countersigns import INSIDE
from zhize.apps.documents.models.official import OfficialDocument
from zhize.apps.orgs.models import Unit
from zhize.apps.orgs.models.mine import mine_q
from zhize.kit.actor import Actor
from zhize.kit.scope import NOTHING, ScopedModel


class Receipt(ScopedModel):
    """签收 (received), 阅知 (read), 承办确认 (the work is taken) and 参会回执 (who attends, in `note`) are four acts: who did
    it for which unit, when. The last two only where the document asks for them."""

    class Act(models.TextChoices):
        RECEIVED = "received", _("签收")
        READ = "read", _("阅知")
        TAKEN = "taken", _("承办确认")
        ATTENDS = "attends", _("参会回执")

    document = models.ForeignKey(
        OfficialDocument, verbose_name=_("公文"), on_delete=models.PROTECT, related_name="receipts"
    )
    unit = models.ForeignKey(Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="+")
    act = models.CharField(_("回执"), max_length=10, choices=Act, default=Act.RECEIVED)
    at = models.DateTimeField(_("时间"))
    by = models.CharField(_("办理人"), max_length=80)
    hat = models.CharField(_("身份"), max_length=160, blank=True)
    note = models.CharField(_("回执内容"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("公文回执")
        constraints = [
            models.UniqueConstraint(fields=["document", "unit", "act"], name="documents_receipt_once")
        ]

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        if actor.jurisdiction_id is None:
            return NOTHING
        own = mine_q(actor)
        return own | Q(document__jurisdiction_id=actor.jurisdiction_id) if actor.has(*INSIDE) else own
