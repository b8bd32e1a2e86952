"""Editions of schemes that a jurisdiction wrote itself; results of local assessments reported upwards."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.assessment.models.rounds import Round
from zhize.apps.documents.models import StoredFile
from zhize.apps.orgs.models import Jurisdiction, Unit
from zhize.apps.orgs.models.mine import here_or_mine_q
from zhize.kit.actor import Actor
from zhize.kit.scope import NOTHING, ScopedModel


class SchemeEdition(ScopedModel):
    """考核办法: one edition, never changed; a newer one follows. The shipped ones are files in rules/schemes."""

    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name=_("辖区"), on_delete=models.PROTECT, related_name="assessment_schemes"
    )
    code = models.SlugField(_("办法代码"), max_length=60)
    number = models.PositiveIntegerField(_("版次"), default=1)
    title = models.CharField(_("考核办法"), max_length=200)
    source = models.CharField(_("依据"), max_length=200)
    valid_from = models.DateField(_("施行日期"))
    body = models.JSONField(_("办法内容"))
    sha256 = models.CharField(_("办法摘要"), max_length=64)
    accepted = models.CharField(
        _("保留说明"), max_length=500, blank=True, help_text=_("对提示仍予保留的理由")
    )
    created_at = models.DateTimeField(_("登记时间"))
    created_by = models.CharField(_("登记人"), max_length=80)

    class Meta:
        verbose_name = _("考核办法")
        ordering = ["code", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "code", "number"], name="assessment_scheme_number"
            )
        ]

    def __str__(self) -> str:
        return self.title


class LocalReport(ScopedModel):
    """本地考核报告（四（四））: what a lower jurisdiction submits of its own round; all the upper one sees of it."""

    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name=_("上级辖区"), on_delete=models.PROTECT, related_name="+"
    )
    round = models.ForeignKey(
        Round, verbose_name=_("考核"), on_delete=models.PROTECT, related_name="reports_upwards"
    )
    unit = models.ForeignKey(Unit, verbose_name=_("报告单位"), on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("考核名称"), max_length=120)
    year_label = models.CharField(_("年度"), max_length=20)
    grades = models.JSONField(_("考核结果"), default=list)
    statement = models.TextField(_("情况说明"), max_length=2000)
    paper = models.ForeignKey(
        StoredFile,
        verbose_name=_("报告文件"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    submitted_at = models.DateTimeField(_("报告时间"))
    submitted_by = models.CharField(_("报告人"), max_length=80)

    class Meta:
        verbose_name = _("本地考核报告")
        ordering = ["-submitted_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["round"], name="assessment_localreport_once")]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        """The upper jurisdiction, and the unit that reported."""
        if actor.jurisdiction_id is None:
            return NOTHING
        return here_or_mine_q(actor)
