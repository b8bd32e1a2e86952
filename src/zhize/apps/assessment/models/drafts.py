"""考核办法草稿: a scheme being written, read from a table or copied, until it is registered as an edition."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.assessment.models.rounds import INSIDE
from zhize.apps.assessment.models.schemes import SchemeEdition
from zhize.apps.orgs.models import Jurisdiction
from zhize.kit.actor import Actor
from zhize.kit.scope import NOTHING, ScopedModel
from zhize.kit.versioned import Versioned


class SchemeDraft(Versioned, ScopedModel):
    """`body` is what `core.scoring` reads, always loadable. `marks`: code → how a criterion was understood; `doubts`: what
    the table it was read from leaves open. `edition`: what it was registered as; then it is closed."""

    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name=_("辖区"), on_delete=models.PROTECT, related_name="+"
    )
    code = models.SlugField(_("办法代码"), max_length=60)
    title = models.CharField(_("考核办法"), max_length=200)
    source = models.CharField(_("依据"), max_length=200, blank=True)
    body = models.JSONField(_("办法内容"))
    marks: models.JSONField[dict[str, Any]] = models.JSONField(_("识别说明"), default=dict, blank=True)
    doubts: models.JSONField[list[Any]] = models.JSONField(_("疑问"), default=list, blank=True)
    edition = models.ForeignKey(
        SchemeEdition,
        verbose_name=_("登记为"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="drafts",
    )
    created_at = models.DateTimeField(_("建立时间"))
    updated_at = models.DateTimeField(_("修改时间"))
    updated_by = models.CharField(_("修改人"), max_length=80)

    class Meta:
        verbose_name = _("考核办法草稿")
        ordering = ["-updated_at", "-pk"]
        indexes = [models.Index(fields=["jurisdiction", "-updated_at", "-id"], name="assessment_draft_list")]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        """The office of its jurisdiction and who looks over its work; nobody above or below."""
        if actor.jurisdiction_id is None or not actor.has(*INSIDE):
            return NOTHING
        return Q(jurisdiction_id=actor.jurisdiction_id)
