"""Work years (any start date) and the calendar of working days."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from zhize.apps.orgs.models import Jurisdiction
from zhize.kit.scope import ScopedModel, SharedModel
from zhize.kit.versioned import Versioned


class WorkYear(ScopedModel, Versioned):
    """工作年度 of a jurisdiction: the frame of its obligations, plans and assessment."""

    class State(models.TextChoices):
        PREPARING = "preparing", _("筹备中")
        OPEN = "open", _("进行中")
        CLOSED = "closed", _("已关账")

    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name=_("辖区"), on_delete=models.PROTECT, related_name="years"
    )
    label = models.CharField(_("年度"), max_length=20)
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"))
    state = models.CharField(_("状态"), max_length=12, choices=State, default=State.PREPARING)
    is_demo = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("工作年度")
        ordering = ["-starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["jurisdiction", "label"], name="years_workyear_label"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("starts_on")),
                name="years_workyear_dates",
                violation_error_message=_("结束日期应晚于开始日期"),
            ),
        ]

    def __str__(self) -> str:
        return self.label


class CalendarDay(SharedModel, Versioned):
    """A day that differs from the plain week: a holiday, or a Saturday or Sunday worked instead (调休上班)."""

    date = models.DateField(_("日期"), unique=True)
    is_working = models.BooleanField(_("上班"))
    name = models.CharField(_("名称"), max_length=40)
    source = models.CharField(_("依据"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("节假日")
        ordering = ["date"]

    def __str__(self) -> str:
        return f"{self.date} {self.name}"
