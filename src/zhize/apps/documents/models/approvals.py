"""审批记录: approvals happen on paper or in the government's own office system; here they are recorded."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from zhize.apps.documents.models.files import StoredFile
from zhize.apps.orgs.models import Jurisdiction
from zhize.kit.scope import ScopedModel


class Approval(ScopedModel):
    """Who approved what and when, in which words, on which scan, entered by whom: a leader never needs to sign in.

    `ref_kind`/`ref_id` name the thing approved, of any app. Never changed: a correction is another record.
    """

    class Decision(models.TextChoices):
        AGREED = "agreed", _("同意")
        REFUSED = "refused", _("不同意")

    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name=_("辖区"), on_delete=models.PROTECT, related_name="+"
    )
    ref_kind = models.CharField(_("对象"), max_length=60)
    ref_id = models.BigIntegerField(_("对象编号"))
    step = models.CharField(_("环节"), max_length=40, help_text=_("如“领导小组审定”“签发”"))
    decision = models.CharField(_("结论"), max_length=8, choices=Decision, default=Decision.AGREED)
    by_name = models.CharField(_("审批人"), max_length=80)
    by_title = models.CharField(_("职务"), max_length=80, blank=True)
    on = models.DateField(_("审批日期"))
    opinion = models.CharField(_("意见"), max_length=500, blank=True)
    scan = models.ForeignKey(
        StoredFile,
        verbose_name=_("原件扫描件"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    entered_by = models.CharField(_("录入人"), max_length=80)
    entered_hat = models.CharField(_("录入人身份"), max_length=160, blank=True)
    entered_at = models.DateTimeField(_("录入时间"))

    class Meta:
        verbose_name = _("审批记录")
        indexes = [models.Index(fields=["ref_kind", "ref_id"], name="documents_approval_ref")]

    def __str__(self) -> str:
        return f"{self.step}：{self.by_name}"
