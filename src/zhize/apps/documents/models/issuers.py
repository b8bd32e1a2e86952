"""发文主体: in whose name documents go out."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from zhize.apps.orgs.models import Jurisdiction, Unit
from zhize.kit.scope import ScopedModel
from zhize.kit.versioned import Versioned


class Issuer(ScopedModel, Versioned):
    """发文主体: in whose name documents go out. External: drafted for it, numbered and sealed by itself (代拟稿)."""

    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name=_("辖区"), on_delete=models.PROTECT, related_name="+"
    )
    unit = models.ForeignKey(Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("名称"), max_length=60, help_text=_("印在发文机关标志和落款上的名称"))
    agency_code = models.CharField(
        _("机关代字"), max_length=20, blank=True, help_text=_("文号〔年〕前的部分，如“甘质振办”")
    )
    has_seal = models.BooleanField(_("有印章"), default=True)
    is_external = models.BooleanField(
        _("由其自行编号"), default=False, help_text=_("我方代拟稿，对方签发、编号、用印，印发后登记文号")
    )
    order = models.PositiveIntegerField(_("顺序"), default=0)
    note = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("发文主体")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "unit", "name"],
                name="documents_issuer_once",
                violation_error_message=_("这个单位已有同名的发文主体"),
            )
        ]

    def __str__(self) -> str:
        return self.name
