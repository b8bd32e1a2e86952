"""Scores, vetoes, objections, and the sealed input and result of a round."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhize.apps.assessment.models.entries import _OfAssessed
from zhize.apps.assessment.models.rounds import INSIDE, Assessed, Round
from zhize.apps.documents.models import Evidence
from zhize.kit.actor import Actor
from zhize.kit.scope import NOTHING, ScopedModel
from zhize.kit.versioned import Versioned


class Score(_OfAssessed):
    """得分 of a criterion or part, as last worked out; `trace` is the way to it (core.kernel.trace)."""

    assessed = models.ForeignKey(
        Assessed, verbose_name=_("考核对象"), on_delete=models.CASCADE, related_name="scores"
    )
    code = models.CharField(_("项目编号"), max_length=60)
    depth = models.PositiveSmallIntegerField(default=0)
    order = models.PositiveIntegerField(default=0)
    is_leaf = models.BooleanField(default=True)
    state = models.CharField(_("计分情况"), max_length=16, choices=Assessed.State)
    points = models.CharField(_("分值"), max_length=40, blank=True)
    score = models.CharField(_("得分"), max_length=40, blank=True)
    words = models.TextField(_("计分说明"), blank=True)
    trace = models.JSONField(_("计分过程"), default=dict, blank=True)

    class Meta:
        verbose_name = _("得分")
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["assessed", "code"], name="assessment_score_once")]


class Veto(_OfAssessed):
    """一票否决 recorded against an object; taken back only with a reason, and the record stays."""

    assessed = models.ForeignKey(
        Assessed, verbose_name=_("考核对象"), on_delete=models.CASCADE, related_name="vetoes"
    )
    code = models.CharField(_("否决事项"), max_length=60)
    reason = models.CharField(_("事实"), max_length=500)
    happened_on = models.DateField(_("发生日期"), null=True, blank=True)
    basis = models.CharField(_("依据"), max_length=200, blank=True)
    recorded_at = models.DateTimeField(_("登记时间"))
    recorded_by = models.CharField(_("登记人"), max_length=80)
    recorded_user = models.BigIntegerField(null=True, blank=True, editable=False)
    lifted_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)
    lifted_by = models.CharField(_("撤销人"), max_length=80, blank=True)
    lift_reason = models.CharField(_("撤销理由"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("一票否决")
        ordering = ["recorded_at", "pk"]


class Appeal(_OfAssessed, Versioned):
    """申辩: an object's objection to a criterion (or, with an empty code, to the whole), and the answer by other people."""

    class State(models.TextChoices):
        FILED = "filed", _("待答复")
        UPHELD = "upheld", pgettext_lazy("申辩", "采纳")
        PARTLY = "partly", pgettext_lazy("申辩", "部分采纳")
        REJECTED = "rejected", _("维持原评")
        WITHDRAWN = "withdrawn", _("已撤回")

    assessed = models.ForeignKey(
        Assessed, verbose_name=_("考核对象"), on_delete=models.CASCADE, related_name="appeals"
    )
    code = models.CharField(_("申辩项目"), max_length=60, blank=True)
    text = models.TextField(_("申辩意见"), max_length=2000)
    state = models.CharField(_("答复情况"), max_length=10, choices=State, default=State.FILED)
    filed_at = models.DateTimeField(_("提出时间"))
    filed_by = models.CharField(_("提出人"), max_length=80)
    answer = models.TextField(_("答复"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    answered_by = models.CharField(_("答复人"), max_length=80, blank=True)
    evidence = models.ManyToManyField(Evidence, through="AppealEvidence", related_name="assessment_appeals")

    class Meta:
        verbose_name = _("申辩")
        ordering = ["filed_at", "pk"]


class AppealEvidence(models.Model):
    """What an objection rests on."""

    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="evidence_links")
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("申辩佐证")
        constraints = [
            models.UniqueConstraint(fields=["appeal", "evidence"], name="assessment_appealevidence_once")
        ]


class Freeze(ScopedModel):
    """封存: input and result of a round as approved, as canonical JSON, never changed. `sha256` is of `payload`.

    A later approval of the same round (after a new check) adds another; the last one is in force.
    """

    round = models.ForeignKey(Round, verbose_name=_("考核"), on_delete=models.PROTECT, related_name="freezes")
    number = models.PositiveIntegerField(_("次序"), default=1)
    algorithm = models.CharField(_("算法"), max_length=40)
    scheme_sha256 = models.CharField(_("办法摘要"), max_length=64)
    payload = models.TextField(_("封存内容"))
    sha256 = models.CharField(_("封存摘要"), max_length=64)
    sealed_at = models.DateTimeField(_("封存时间"))
    sealed_by = models.CharField(_("封存人"), max_length=80)

    class Meta:
        verbose_name = _("考核封存")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["round", "number"], name="assessment_freeze_number")]

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        """The whole field's facts: for those who carry rounds of their own jurisdiction through or look them over."""
        if actor.jurisdiction_id is None or not actor.has(*INSIDE):
            return NOTHING
        return Q(round__jurisdiction_id=actor.jurisdiction_id)
