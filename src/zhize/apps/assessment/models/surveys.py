"""测评和走访: what somebody outside the house found of the objects, as a source of a criterion."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.assessment.models.rounds import INSIDE, Round
from zhize.apps.documents.models import Evidence
from zhize.apps.orgs.models import Unit
from zhize.kit.actor import Actor
from zhize.kit.scope import NOTHING, ScopedModel
from zhize.kit.versioned import Versioned


class Survey(Versioned, ScopedModel):
    """A survey or a round of visits of one round, by whom and when, for one criterion (`code`) of its scheme.

    `report` is what the people who did it handed in, registered as evidence.
    """

    class Kind(models.TextChoices):
        SURVEY = "survey", _("满意度调查")
        VISITS = "visits", _("第三方走访")

    round = models.ForeignKey(Round, verbose_name=_("考核"), on_delete=models.PROTECT, related_name="surveys")
    code = models.CharField(_("项目编号"), max_length=60)
    title = models.CharField(_("测评名称"), max_length=120)
    kind = models.CharField(_("测评方式"), max_length=10, choices=Kind, default=Kind.SURVEY)
    done_by = models.CharField(_("实施单位"), max_length=120)
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"))
    how = models.CharField(_("抽样办法"), max_length=300, blank=True, help_text=_("怎样抽取、发放和回收"))
    report = models.ForeignKey(
        Evidence,
        verbose_name=_("测评报告"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    created_at = models.DateTimeField(_("登记时间"))
    created_by = models.CharField(_("登记人"), max_length=80)

    class Meta:
        verbose_name = _("测评")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "title"],
                name="assessment_survey_title",
                violation_error_message=_("本次考核已有同名的测评"),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        """Who carries the round through or looks it over: it shows all objects side by side."""
        if actor.jurisdiction_id is None or not actor.has(*INSIDE):
            return NOTHING
        return Q(round__jurisdiction_id=actor.jurisdiction_id)


class SurveyResult(ScopedModel):
    """测评结果 of one object by one group of those asked; empty until it is filled in. `score` on the scale of the criterion,
    or `share` in per cent, never both."""

    survey = models.ForeignKey(
        Survey, verbose_name=_("测评"), on_delete=models.CASCADE, related_name="results"
    )
    unit = models.ForeignKey(Unit, verbose_name=_("考核对象"), on_delete=models.PROTECT, related_name="+")
    group = models.CharField(_("测评人群"), max_length=60)
    asked = models.PositiveIntegerField(_("发放份数"), null=True, blank=True)
    answered = models.PositiveIntegerField(_("有效份数"), null=True, blank=True)
    score = models.DecimalField(_("测评得分"), max_digits=12, decimal_places=4, null=True, blank=True)
    share = models.DecimalField(_("得分率"), max_digits=7, decimal_places=4, null=True, blank=True)

    class Meta:
        verbose_name = _("测评结果")
        ordering = ["survey", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "unit", "group"], name="assessment_surveyresult_once")
        ]

    def __str__(self) -> str:
        return self.group

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        return Q(survey_id__in=Survey.objects.visible_to(actor).values("pk"))

    @property
    def is_given(self) -> bool:
        return self.score is not None or self.share is not None
