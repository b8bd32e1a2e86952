"""联络员名册: whom each unit names as 分管领导 and as 联络员, from when, and when that was last confirmed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.orgs.models.mine import here_or_mine_q
from zhize.apps.orgs.models.regions import Jurisdiction
from zhize.apps.orgs.models.units import Unit
from zhize.kit.actor import Actor
from zhize.kit.scope import NOTHING, ScopedModel
from zhize.kit.versioned import Versioned


class UnitContact(ScopedModel, Versioned):
    """One person named by one unit for one part, from a day on; the former row ends when the office confirms the next.

    A name on a list, not an account: whoever is named may never sign in. Rows stay, so the roster of any day can be read.
    """

    class Part(models.TextChoices):
        LEADER = "leader", _("分管领导")
        LIAISON = "liaison", _("联络员")

    class State(models.TextChoices):
        ASKED = "asked", _("待确认")
        CONFIRMED = "confirmed", _("已确认")
        REFUSED = "refused", _("未确认")

    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name=_("辖区"), on_delete=models.PROTECT, related_name="+"
    )
    unit = models.ForeignKey(Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="+")
    part = models.CharField(_("名册类别"), max_length=8, choices=Part)
    name = models.CharField(_("姓名"), max_length=40)
    title = models.CharField(_("职务"), max_length=80)
    phone = models.CharField(_("电话"), max_length=40)
    valid_from = models.DateField(_("自"))
    valid_to = models.DateField(_("止（不含当日）"), null=True, blank=True)
    reason = models.CharField(_("变更原因"), max_length=200, blank=True)
    state = models.CharField(_("确认情况"), max_length=10, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField(_("报告时间"))
    asked_by = models.CharField(_("报告人"), max_length=80)
    decided_at = models.DateTimeField(_("确认时间"), null=True, blank=True)
    decided_by = models.CharField(_("确认人"), max_length=80, blank=True)
    comment = models.CharField(_("意见"), max_length=200, blank=True)
    checked_on = models.DateField(_("最近核对"), null=True, blank=True)

    class Meta:
        verbose_name = _("名册人员")
        ordering = ["-valid_from", "-pk"]
        indexes = [
            models.Index(fields=["jurisdiction", "unit", "part", "-valid_from"], name="orgs_contact_pick")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "unit", "part"],
                condition=Q(state="asked"),
                name="orgs_contact_asked_once",
                violation_error_message=_("已有一份变更通知待办公室确认"),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        """The own jurisdiction's roster, and what the acting unit, or one it answers for, named elsewhere."""
        if actor.jurisdiction_id is None:
            return NOTHING
        return here_or_mine_q(actor)
