"""平时加减分: one entry, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhize.apps.orgs.models import Membership
from zhize.apps.orgs.selectors import unit_name
from zhize.kit.action_forms import REQUIRED, VersionForm, lines
from zhize.kit.forms import DayField


class LedgerForm(forms.Form):
    """Who, when, why, how much, on what basis."""

    unit = forms.TypedChoiceField(label=_("单位或地区"), coerce=int, error_messages=REQUIRED)
    dated_on = DayField(label=_("发生日期"), error_messages=REQUIRED)
    title = forms.CharField(
        label=_("加减分事由"),
        max_length=200,
        help_text=_("写明事实，如“省级督查发现台账不实”"),
        error_messages=REQUIRED,
    )
    points = forms.DecimalField(
        label=_("加减分值"),
        max_digits=6,
        decimal_places=2,
        help_text=_("加分写正数，扣分写负数"),
        error_messages=REQUIRED,
    )
    category = forms.CharField(
        label=_("加减分类别"),
        max_length=40,
        required=False,
        help_text=_("考核办法按类别取数的，写办法所用的类别"),
    )
    basis = forms.CharField(
        label=_("依据"), max_length=200, help_text=_("如通报文号、督查记录"), error_messages=REQUIRED
    )
    upload = forms.FileField(label=_("佐证"), required=False)

    def __init__(self, *args: Any, offered: Sequence[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {one.unit_id: one.unit for one in offered}
        choices = [("", _("请选择")), *((pk, unit_name(one)) for pk, one in self.units.items())]
        self.fields["unit"].choices = choices  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        """The entry as the service takes it."""
        data = dict(self.cleaned_data)
        return {"unit": self.units[data.pop("unit")], "upload": data.pop("upload"), "data": data}


class WithdrawForm(VersionForm):
    """Why an entry counts no more."""

    reason = lines(_("撤销理由"), rows=2, most=300, error_messages=REQUIRED)
