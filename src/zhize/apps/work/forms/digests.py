"""The form of 进展通报."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhize.apps.documents.models import OfficialDocument
from zhize.apps.years.models import WorkYear
from zhize.kit.forms import DayField


class DigestForm(forms.Form):
    """From the first day of the year to today unless other days are asked for."""

    starts_on = DayField(label=_("期间开始"), error_messages={"required": _("请填写期间的第一天")})
    ends_on = DayField(
        label=_("统计截至"), help_text=_("含当日"), error_messages={"required": _("请填写统计截至的日期")}
    )
    kind = forms.ChoiceField(label=_("文种"))

    def __init__(self, *args: Any, year: WorkYear, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = (OfficialDocument.Kind.CIRCULAR, OfficialDocument.Kind.BULLETIN)
        self.fields["kind"].choices = [(one.value, one.label) for one in kinds]  # type: ignore[attr-defined]
        self.fields["starts_on"].initial = year.starts_on
        self.fields["ends_on"].initial = min(today, year.ends_on)
