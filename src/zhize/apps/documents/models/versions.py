"""Versions of a draft: the words of each saving, kept for comparison and for going back."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.documents.models.countersigns import INSIDE
from zhize.kit.actor import Actor
from zhize.kit.scope import NOTHING, ScopedModel


class OfficialVersion(ScopedModel):
    """稿次: title and text as saved, by whom, when, why (a return, a figure taken anew, an earlier version restored)."""

    document = models.ForeignKey(
        "documents.OfficialDocument",
        verbose_name=_("公文"),
        on_delete=models.PROTECT,
        related_name="versions",
    )
    number = models.PositiveIntegerField(_("稿次"))
    title = models.CharField(_("标题"), max_length=200, blank=True)
    blocks = models.JSONField(_("正文"), default=list, blank=True)
    saved_by = models.CharField(_("保存人"), max_length=80)
    saved_at = models.DateTimeField(_("保存时间"))
    why = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("公文稿次")
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="documents_version_once")]

    def __str__(self) -> str:
        return f"第{self.number}稿"

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        """How a text came about is the business of whoever works on it."""
        if actor.jurisdiction_id is None or not actor.has(*INSIDE):
            return NOTHING
        return Q(document__jurisdiction_id=actor.jurisdiction_id)
