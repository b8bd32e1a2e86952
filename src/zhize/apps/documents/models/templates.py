"""公文模板: a Word file of the jurisdiction's own for a kind of document."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.documents.models.files import StoredFile
from zhize.apps.documents.models.official import OfficialDocument
from zhize.apps.orgs.models import Jurisdiction
from zhize.kit.scope import ScopedModel


class PaperTemplate(ScopedModel):
    """The .docx of a kind is written from the one in use; a new one replaces it, and the old stays to be seen."""

    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name=_("辖区"), on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(_("文种"), max_length=10, choices=OfficialDocument.Kind)
    file = models.ForeignKey(
        StoredFile, verbose_name=_("模板文件"), on_delete=models.PROTECT, related_name="+"
    )
    fields = models.CharField(_("模板中的域"), max_length=200)
    uploaded_by = models.CharField(_("上传人"), max_length=80)
    uploaded_at = models.DateTimeField(_("启用时间"))
    stopped_at = models.DateTimeField(_("停用时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("公文模板")
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "kind"],
                condition=Q(stopped_at=None),
                name="documents_template_in_use",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.file.name}"
