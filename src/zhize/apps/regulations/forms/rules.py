"""By what a duty counts as done, as a form."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from zhize.core.duties.discharge_rule import ALLOWED, DischargeRule
from zhize.core.duties.discharge_rule import Way as CoreWay
from zhize.kit.forms import DayField


class RuleForm(forms.Form):
    """By what a duty counts as done, as an office says it. What the chosen way does not ask stays unread."""

    class Way(models.TextChoices):
        ONCE = "once", _("报送一次")
        COUNTED = "counted", _("本期不少于若干件")
        EACH = "each", _("各子周期不少于若干件")
        COVERAGE = "coverage", _("覆盖比例")
        STATEMENT = "statement", _("总结中说明")
        STANDING = "standing", _("常态履职")

    class Every(models.TextChoices):
        HALF = "half", _("每半年")
        QUARTER = "quarter", _("每季度")
        MONTH = "month", _("每月")

    class Source(models.TextChoices):
        REGISTERS = "registers", _("台账记录")
        SUBMISSIONS = "submissions", _("报送的材料")

    way = forms.ChoiceField(label=_("认定方式"), choices=Way.choices)
    at_least = forms.IntegerField(
        label=_("不少于几件"), required=False, min_value=1, max_value=1_000_000,
        help_text=_("按件数认定的填写；各子周期分别计算"),
    )  # fmt: skip
    every = forms.ChoiceField(
        label=_("子周期"), required=False, choices=Every.choices, help_text=_("只用于“各子周期”")
    )
    source = forms.ChoiceField(
        label=_("计什么"), required=False, choices=Source.choices, help_text=_("按件数认定的选择")
    )
    share = forms.DecimalField(
        label=_("覆盖比例（%）"), required=False, min_value=Decimal("0.01"), max_value=100, decimal_places=2,
        help_text=_("只用于“覆盖比例”，如 95"),
    )  # fmt: skip
    accept_nil = forms.BooleanField(label=_("可以零报告"), required=False)
    clause = forms.CharField(
        label=_("依据"), required=False, max_length=120, help_text=_("条款、标准或文件名，可不填")
    )
    from_on = DayField(
        label=_("自哪天起的期间适用"), required=False,
        help_text=_("此前开始的期间仍按原规则；不填则未关账年度的全部期间都按新规则"),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("修改理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("请写明修改理由：依据哪个文件或哪次会议")},
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        way = cleaned.get("way")
        counts = way in (self.Way.COUNTED, self.Way.EACH)
        if counts and not cleaned.get("at_least") and "at_least" not in self.errors:
            self.add_error("at_least", _("请填写不少于几件"))
        if way == self.Way.COVERAGE and not cleaned.get("share") and "share" not in self.errors:
            self.add_error("share", _("请填写覆盖比例，如 95"))
        return cleaned

    @property
    def rule(self) -> dict[str, Any]:
        """The data of the rule, only what its way asks (valid form)."""
        data = dict(self.cleaned_data)
        given: dict[str, Any] = {
            "way": data["way"],
            "at_least": data["at_least"] or 1,
            "every": data["every"] or "quarter",
            "source": data["source"] or "registers",
            "share": format((data["share"] or Decimal(100)) / 100, "f"),
            "accept_nil": bool(data["accept_nil"]),
            "clause": data["clause"].strip(),
        }
        return {name: given[name] for name in ALLOWED[CoreWay(data["way"])] if given[name] != ""}

    @classmethod
    def initial_of(cls, rule: DischargeRule, version: int) -> dict[str, Any]:
        """The rule as the form shows it."""
        return {
            "way": rule.way.value,
            "at_least": rule.at_least,
            "every": rule.every.value,
            "source": rule.source.value,
            "share": format((rule.share * 100).normalize(), "f"),
            "accept_nil": rule.accept_nil,
            "clause": rule.clause,
            "version": version,
        }
