"""督办单: the paper of a step of supervision, one for each unit, about one task or several."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.orgs.models import Jurisdiction, Unit
from zhize.apps.orgs.models.mine import here_or_mine_q
from zhize.kit.actor import Actor
from zhize.kit.scope import NOTHING, ScopedModel


class TaskSlip(ScopedModel):
    """One slip; its tasks are the supervision records that name it, its paper the document drafted from it."""

    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name=_("辖区"), on_delete=models.PROTECT, related_name="+"
    )
    unit = models.ForeignKey(Unit, verbose_name=_("被督办单位"), on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("督办方式"), max_length=20)
    title = models.CharField(_("标题"), max_length=200)
    reply_by = models.DateField(_("反馈期限"), null=True, blank=True)
    made_at = models.DateTimeField(_("起草时间"))
    by = models.CharField(_("起草人"), max_length=80)
    doc_no = models.CharField(_("文号"), max_length=60, blank=True)
    issued_on = models.DateField(_("印发日期"), null=True, blank=True)
    voided_on = models.DateField(_("作废日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("督办单")
        indexes = [models.Index(fields=["jurisdiction", "-made_at", "-id"], name="work_slip_list")]

    def __str__(self) -> str:
        return self.title

    def standing(self) -> str:
        """Its number once it went out; until then that it has not, or that it never will."""
        return self.doc_no or str(_("已作废") if self.voided_on else _("未印发"))

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        """The own jurisdiction's, and those about the acting unit or one it answers for."""
        if actor.jurisdiction_id is None:
            return NOTHING
        return here_or_mine_q(actor)
