"""核查问题: what a unit has to put right, the task it became, and what the second look saw."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.inspection.models.inspections import INSIDE, CheckItem, GroupPerson, InspectedUnit
from zhize.apps.inspection.models.places import CheckedPlace, of_checked_q
from zhize.apps.work.models import Task
from zhize.kit.actor import Actor
from zhize.kit.scope import ScopedModel
from zhize.kit.versioned import Versioned


class Finding(ScopedModel, Versioned):
    """One problem of one checked unit. `state` is moved by `core.workflow.finding`; `task` is the latest it was sent as.

    `item_name` says the item in words for lists, also where the problem belongs to none of the checklist.
    """

    class State(models.TextChoices):
        LISTED = "listed", _("待下发")
        SENT = "sent", _("整改中")
        FIXED = "fixed", _("已整改到位")
        UNFIXED = "unfixed", _("未整改到位")
        WITHDRAWN = "withdrawn", _("不列入")

    checked = models.ForeignKey(
        InspectedUnit, verbose_name=_("被查单位"), on_delete=models.PROTECT, related_name="findings"
    )
    place = models.ForeignKey(
        CheckedPlace,
        verbose_name=_("核查点"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="findings",
    )
    item = models.ForeignKey(
        CheckItem,
        verbose_name=_("核查项目"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    item_name = models.CharField(_("核查项目"), max_length=120, blank=True)
    words = models.CharField(_("问题"), max_length=500)
    demand = models.CharField(_("整改要求"), max_length=500, blank=True)
    state = models.CharField(_("整改状态"), max_length=10, choices=State, default=State.LISTED)
    due_on = models.DateField(_("整改期限"), null=True, blank=True)
    task = models.ForeignKey(
        Task, verbose_name=_("整改任务"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    found_on = models.DateField(_("发现日期"))
    sent_on = models.DateField(_("下发日期"), null=True, blank=True)
    looked_on = models.DateField(_("回头看日期"), null=True, blank=True)
    look = models.CharField(_("回头看情况"), max_length=1000, blank=True)
    looked_by = models.CharField(_("回头看人员"), max_length=160, blank=True)
    by = models.CharField(_("列入人"), max_length=160)

    class Meta:
        verbose_name = _("核查问题")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["checked", "state"], name="inspection_finding_unit"),
            models.Index(fields=["-found_on", "-id"], name="inspection_finding_list"),
        ]

    def __str__(self) -> str:
        return self.words

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        """As what was found at a unit; the unit itself sees a problem once it was sent."""
        seen = of_checked_q(actor)
        if actor.jurisdiction_id is None:
            return seen
        going = GroupPerson.objects.system("those who go there").filter(user_id=actor.user_id or 0)
        writes = Q(checked__group_id__in=going.values("group_id"))
        if actor.has(*INSIDE):
            writes |= Q(checked__inspection__jurisdiction_id=actor.jurisdiction_id)
        return seen & (Q(state__in=("sent", "fixed", "unfixed")) | writes)
