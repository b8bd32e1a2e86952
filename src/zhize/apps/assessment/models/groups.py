"""考核组: which assessors score which objects by which criteria."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.assessment.models.rounds import Assessed, Round
from zhize.apps.orgs.models import User
from zhize.kit.actor import Actor
from zhize.kit.scope import ScopedModel
from zhize.kit.versioned import Versioned


class ScoringGroup(ScopedModel, Versioned):
    """One group of a round. `codes` name the leaves it scores, none of which the scheme gives to a unit.

    A criterion of an object is scored by one group at most; who serves an object is in no group that scores it.
    """

    round = models.ForeignKey(
        Round, verbose_name=_("考核"), on_delete=models.CASCADE, related_name="scoring_groups"
    )
    name = models.CharField(_("考核组名称"), max_length=40)
    codes = models.JSONField(_("评分项目"), default=list)
    people = models.ManyToManyField(User, verbose_name=_("考核员"), related_name="+")
    scored = models.ManyToManyField(
        Assessed, verbose_name=_("考核对象"), through="GroupObject", related_name="scoring_groups"
    )

    class Meta:
        verbose_name = _("考核组")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "name"],
                name="assessment_scoringgroup_name",
                violation_error_message=_("这次考核已有同名的组"),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        return Q(round_id__in=Round.objects.visible_to(actor).values("pk"))


class GroupObject(models.Model):
    """An object that a group scores."""

    group = models.ForeignKey(ScoringGroup, on_delete=models.CASCADE, related_name="object_links")
    assessed = models.ForeignKey(Assessed, on_delete=models.CASCADE, related_name="group_links")

    class Meta:
        verbose_name = _("考核组的对象")
        constraints = [
            models.UniqueConstraint(fields=["group", "assessed"], name="assessment_groupobject_once")
        ]
