"""Setting a round up, moving it on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhize.apps.assessment.selectors import Edition
from zhize.apps.orgs.models import Membership
from zhize.apps.orgs.selectors import unit_name
from zhize.apps.years.models import WorkYear
from zhize.kit.action_forms import REQUIRED, lines
from zhize.kit.forms import DayField


def cut_off_of(year: WorkYear) -> date:
    """The day offered: the last of November, since grades are to be out before the year is."""
    return min(year.ends_on, date(year.ends_on.year, 11, 30))


class RoundForm(forms.Form):
    """A new round of the year."""

    title = forms.CharField(label=_("考核名称"), max_length=120, error_messages=REQUIRED)
    scheme = forms.ChoiceField(label=_("考核办法"), choices=())
    basis = forms.CharField(
        label=_("考核依据"), max_length=200, required=False, help_text=_("文件名称和文号，写入通报")
    )
    cut_off_on = DayField(label=_("数据截止日期"), help_text=_("此后发生的不计入"), error_messages=REQUIRED)
    goals_due_on = DayField(
        label=_("目标备案期限"), required=False, help_text=_("要求各对象先备案目标的填写，不晚于自评期限")
    )
    self_due_on = DayField(label=_("自评期限"), error_messages=REQUIRED)
    objects = forms.TypedMultipleChoiceField(
        label=_("考核对象"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("默认是全部被考核地区；只考核其中几个，或考核成员单位的，逐个勾选"),
        error_messages={"required": _("请至少选一个考核对象")},
    )

    def __init__(
        self,
        *args: Any,
        year: WorkYear,
        editions: list[Edition],
        offered: Sequence[Membership],
        **kwargs: Any,
    ) -> None:
        self.editions = {one.code: one for one in editions}
        kwargs.setdefault("initial", {})
        kwargs["initial"] = {
            "title": f"{year.label}市州质量工作考核",
            "cut_off_on": cut_off_of(year),
            "objects": [one.unit_id for one in offered if one.capacity == Membership.Capacity.ASSESSED],
            **kwargs["initial"],
        }
        super().__init__(*args, **kwargs)
        self.fields["objects"].choices = [  # type: ignore[attr-defined]
            (one.unit_id, f"{unit_name(one.unit)}（{one.get_capacity_display()}）")
            for one in sorted(offered, key=lambda one: one.capacity != Membership.Capacity.ASSESSED)
        ]
        self.fields["scheme"].choices = [(one.code, one.title) for one in editions]  # type: ignore[attr-defined]

    @property
    def edition(self) -> Edition:
        return self.editions[self.cleaned_data["scheme"]]


class OpeningForm(forms.Form):
    """What the notice of the assessment says beside what the round knows."""

    prepare = lines(
        _("自评和报送要求"), rows=5, most=2000, help_text=_("一行一条，写入通知"), error_messages=REQUIRED
    )
    contact = forms.CharField(
        label=_("联系方式"), max_length=200, required=False, help_text=_("联系人、电话，写入通知")
    )


class MoveForm(forms.Form):
    """A step of a round; going back needs a reason."""

    action = forms.CharField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("原因"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
