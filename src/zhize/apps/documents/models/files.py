"""Stored files and evidence. Content is kept once, by its SHA-256; a piece of evidence serves many items."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.orgs.models import Jurisdiction, Unit
from zhize.kit.actor import Actor
from zhize.kit.scope import NOTHING, ScopedModel
from zhize.kit.versioned import Versioned


class StoredFile(ScopedModel):
    """A file's content and type as found by looking into it; never changed, never twice."""

    sha256 = models.CharField(_("摘要"), max_length=64)
    size = models.PositiveBigIntegerField(_("字节数"))
    content_type = models.CharField(_("类型"), max_length=100)
    name = models.CharField(_("文件名"), max_length=200)
    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name=_("辖区"), on_delete=models.PROTECT, related_name="+"
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("上传单位"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_by = models.CharField(_("上传人"), max_length=80)
    uploaded_at = models.DateTimeField(_("上传时间"))

    class Meta:
        verbose_name = _("文件")
        indexes = [models.Index(fields=["sha256"], name="documents_file_sha")]
        constraints = [
            models.UniqueConstraint(
                fields=["sha256", "name", "jurisdiction", "unit"], name="documents_file_once"
            )
        ]

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        if actor.jurisdiction_id is None:
            return NOTHING
        return Q(jurisdiction_id=actor.jurisdiction_id) | Q(unit_id=actor.unit_id or 0)


class Evidence(ScopedModel, Versioned):
    """佐证材料: what a file proves, of which date and period; reused across items and years."""

    class Publicity(models.TextChoices):
        OPEN = "open", _("主动公开")
        ON_REQUEST = "on_request", _("依申请公开")
        CLOSED = "closed", _("不予公开")

    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name=_("辖区"), on_delete=models.PROTECT, related_name="+"
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("提供单位"), on_delete=models.PROTECT, related_name="evidence"
    )
    file = models.ForeignKey(
        StoredFile, verbose_name=_("文件"), on_delete=models.PROTECT, related_name="evidence"
    )
    title = models.CharField(_("材料名称"), max_length=120)
    doc_no = models.CharField(_("文号"), max_length=60, blank=True)
    dated_on = models.DateField(_("材料日期"))
    period_start = models.DateField(_("所属期起"), null=True, blank=True)
    period_end = models.DateField(_("所属期止"), null=True, blank=True)
    publicity = models.CharField(
        _("公开属性"), max_length=12, choices=Publicity, default=Publicity.ON_REQUEST
    )
    created_at = models.DateTimeField(_("登记时间"))
    handed_in_at = models.DateTimeField(_("首次报送"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("佐证材料")
        indexes = [models.Index(fields=["unit", "-dated_on"], name="documents_evidence_unit")]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        """The unit that registered it, whatever hat it then wears; the jurisdiction it was given to once it was handed
        in with something, or when it is 主动公开: what lies in a draft is nobody's business until it is sent."""
        if actor.jurisdiction_id is None:
            return NOTHING
        out = Q(handed_in_at__isnull=False) | Q(publicity=cls.Publicity.OPEN)
        return (Q(jurisdiction_id=actor.jurisdiction_id) & out) | Q(unit_id=actor.unit_id or 0)
