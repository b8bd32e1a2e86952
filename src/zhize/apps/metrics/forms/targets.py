"""A target of the year and the way to it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhize.apps.metrics.forms.numbers import number, plain
from zhize.apps.metrics.models import Card, Target
from zhize.apps.orgs.models import Region, Unit
from zhize.core.metrics.attainment import Step


class TargetForm(forms.Form):
    """A target of the year and the way to it."""

    card = forms.ModelChoiceField(label=_("指标"), queryset=Card.objects.none(), empty_label="—")
    region = forms.ModelChoiceField(
        label=_("地区"), queryset=Region.objects.none(), empty_label="—", help_text=_("选本地区即全辖区目标")
    )
    unit = forms.ModelChoiceField(
        label=_("单位"), queryset=Unit.objects.none(), required=False, empty_label=_("不是单位的目标"),
        help_text=_("定给一个单位的，选单位，不看地区"),
    )  # fmt: skip
    value = number(_("目标值"), required=True)
    upper = number(_("目标上限"), help_text=_("只有区间目标填写"))
    base = number(_("基期值"))
    base_label = forms.CharField(label=_("基期"), max_length=40, required=False, help_text=_("如 2011年"))
    steps = forms.CharField(
        label=_("进度"), required=False, widget=forms.Textarea(attrs={"rows": 4, "placeholder": "2012-06-30 92"}),
        help_text=_("每行一步：截至日期和应达到的数，如 2012-06-30 92"),
    )  # fmt: skip
    document = forms.CharField(label=_("目标依据"), max_length=200, help_text=_("文号或会议纪要"))
    note = forms.CharField(label=_("说明"), max_length=300, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, cards: Any = None, regions: Any = None, units: Any = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if cards is None:
            del self.fields["card"], self.fields["region"], self.fields["unit"]
        else:
            self.fields["card"].queryset = cards  # type: ignore[attr-defined]
            self.fields["region"].queryset = regions  # type: ignore[attr-defined]
            self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One of the two: the unit where one is chosen."""
        data = super().clean() or self.cleaned_data
        if data.get("unit"):
            data["region"] = None
        return data

    def clean_steps(self) -> list[Step]:
        found = []
        for line in filter(None, (one.strip() for one in self.cleaned_data["steps"].splitlines())):
            parts = line.replace("：", " ").replace(",", " ").split()
            try:
                found.append(Step(date.fromisoformat(parts[0]), Decimal(parts[1])))
            except (ValueError, IndexError, ArithmeticError):
                raise forms.ValidationError(
                    _now("“%(line)s”看不懂。请写作 2012-06-30 92：日期、空格、数。") % {"line": line[:40]}
                ) from None
        return found


def target_initial(target: Target) -> dict[str, Any]:
    names = ("value", "upper", "base", "base_label", "document", "note", "version")
    steps = "\n".join(f"{step.on.isoformat()} {plain(step.value)}" for step in target.steps.all())
    return {name: _shown(getattr(target, name)) for name in names} | {"steps": steps}


def _shown(value: Any) -> Any:
    return plain(value) if isinstance(value, Decimal) else value
