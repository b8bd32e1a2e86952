"""A document in force and its versions, each fixed once confirmed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.documents.models import StoredFile
from zhize.apps.orgs.models import Jurisdiction
from zhize.kit.actor import Actor
from zhize.kit.scope import NOTHING, ScopedModel
from zhize.kit.versioned import Versioned


class Regulation(ScopedModel, Versioned):
    """制度文件: a document in force for a jurisdiction. Several feed one register of duties."""

    class Sort(models.TextChoices):
        SYSTEM = "system", _("责任制度")
        WORK_RULES = "work_rules", _("工作规则")

    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name=_("辖区"), on_delete=models.PROTECT, related_name="regulations"
    )
    sort = models.CharField(
        _("类型"), max_length=12, choices=Sort, default=Sort.SYSTEM,
        help_text=_("责任制度产生职责；工作规则是办公室自己的办事规则，不产生职责"),
    )  # fmt: skip
    code = models.SlugField(_("代码"), max_length=60)
    title = models.CharField(_("标题"), max_length=200)
    doc_no = models.CharField(_("文号"), max_length=60, blank=True)
    issuer = models.CharField(_("发文机关"), max_length=120, blank=True)
    issued_on = models.DateField(_("成文日期"), null=True, blank=True)
    in_force_from = models.DateField(_("施行日期"), null=True, blank=True)
    in_force_to = models.DateField(_("失效日期"), null=True, blank=True)
    reviewed_on = models.DateField(_("复核日期"), null=True, blank=True)
    note = models.CharField(_("说明"), max_length=300, blank=True)
    is_public = models.BooleanField(
        _("向社会公开"), default=False, help_text=_("公开的文件，任何人不登录也能查阅和引用")
    )

    class Meta:
        verbose_name = _("制度文件")
        ordering = ["-issued_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["jurisdiction", "code"], name="regulations_regulation_code")
        ]

    def __str__(self) -> str:
        return self.title


class _OfRegulation(ScopedModel):
    """Rows that belong to the jurisdiction of their regulation."""

    class Meta:
        abstract = True

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        if actor.jurisdiction_id is None:
            return NOTHING
        return Q(regulation__jurisdiction_id=actor.jurisdiction_id)


class RegulationVersion(_OfRegulation, Versioned):
    """One text of a regulation. Once confirmed it never changes."""

    class State(models.TextChoices):
        DRAFT = "draft", _("待确认")
        CONFIRMED = "confirmed", _("已确认")
        IN_FORCE = "in_force", _("现行有效")
        REPEALED = "repealed", _("已废止")

    regulation = models.ForeignKey(
        Regulation, verbose_name=_("制度文件"), on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveIntegerField(_("版次"), default=1)
    text = models.TextField(_("正文"))
    sha256 = models.CharField(_("正文摘要"), max_length=64)
    source_file = models.ForeignKey(
        StoredFile, verbose_name=_("原件"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reader_edition = models.CharField(_("识别规则版本"), max_length=60, blank=True)
    warnings = models.JSONField(_("识别提示"), default=list, blank=True)
    in_force_on = models.DateField(_("本版施行日期"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=12, choices=State, default=State.DRAFT)
    confirmed_at = models.DateTimeField(_("确认时间"), null=True, blank=True)
    confirmed_by = models.CharField(_("确认人"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("文本版本")
        constraints = [
            models.UniqueConstraint(fields=["regulation", "number"], name="regulations_version_number")
        ]
