"""目标备案: the goals of the year an object is measured by, as it confirmed them; fixed until the office sends them back."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from zhize.apps.assessment.models.entries import _OfAssessed
from zhize.apps.assessment.models.rounds import Assessed
from zhize.kit.versioned import Versioned


class GoalFiling(_OfAssessed, Versioned):
    """One a object, made when a round with `goals_due_on` is opened; moved by `core.workflow.goal_filing`.

    `goals` are kept as they stood when filed: [{code, title, name, unit, value, source, ref, asked, why}], `value` being what
    the score is worked out against, `asked` what the object wants instead and `why`.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("待备案")
        ASKING = "asking", _("申请调整")
        RETURNED = "returned", _("已退回")
        FILED = "filed", _("已备案")

    assessed = models.OneToOneField(
        Assessed, verbose_name=_("考核对象"), on_delete=models.CASCADE, related_name="goal_filing"
    )
    state = models.CharField(_("备案状态"), max_length=10, choices=State, default=State.WAITING)
    goals = models.JSONField(_("备案目标"), default=list, blank=True)
    filed_at = models.DateTimeField(_("备案时间"), null=True, blank=True)
    filed_by = models.CharField(_("备案人"), max_length=80, blank=True)
    by_office = models.BooleanField(_("办公室代录"), default=False)
    decided_by = models.CharField(_("办理人"), max_length=160, blank=True)
    reason = models.CharField(_("退回原因"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("目标备案")
        ordering = ["assessed__order", "assessed"]

    def __str__(self) -> str:
        return f"{self.assessed_id}"

    @property
    def asks(self) -> list[dict[str, str]]:
        """The goals it wants changed."""
        return [one for one in self.goals if one.get("asked")]
