"""A card's wording."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhize.apps.metrics.forms.card_alerts import alerts_from, alerts_initial, later_from
from zhize.apps.metrics.forms.numbers import number, plain
from zhize.apps.metrics.models import Card
from zhize.kit.forms import DayField
from zhize.kit.measures import measures

JUMPS: dict[str, dict[str, str]] = {"jump": {}, "jump_year": {"against": "year_ago"}}
"""Fields of the form and what their rule says besides the percentage."""


class CardForm(forms.Form):
    """A card's wording. The rules most cards need are asked in plain fields; others that a card has are kept."""

    code = forms.RegexField(
        r"^[a-z][a-z0-9_.]{2,59}$", label=_("指标代码"), help_text=_("小写字母、数字、点和下划线，如 service.complaint.settled_rate")
    )  # fmt: skip
    name = forms.CharField(label=_("指标名称"), max_length=80)
    name_en = forms.CharField(label=_("英文名称"), max_length=160, required=False)
    dimension = forms.ChoiceField(label=_("方面"), choices=Card.Dimension.choices)
    definition = forms.CharField(
        label=_("含义"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("什么算、什么不算"),
    )
    formula = forms.CharField(
        label=_("计算方法"), max_length=400, required=False, help_text=_("用文字写，印在表上")
    )
    unit = forms.CharField(
        label=_("计量单位"), max_length=20, required=False, help_text=_("如 %、批、万元、件/百万元")
    )
    decimals = forms.IntegerField(label=_("小数位数"), min_value=0, max_value=8, initial=1)
    direction = forms.ChoiceField(label=_("方向"), choices=Card.Direction.choices)
    frequency = forms.ChoiceField(label=_("频率"), choices=Card.Frequency.choices)
    source = forms.ChoiceField(label=_("来源"), choices=Card.Source.choices)
    expression = forms.CharField(
        label=_("公式"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
        help_text=_("来源是“公式计算”时填写，如 ratio(合格批次的代码, 抽查批次的代码)；可用 sum ratio growth last_year min max if_missing"),
    )  # fmt: skip
    measure = forms.ChoiceField(label=_("由什么计数"), required=False, help_text=_("来源是“系统计数”时选择"))
    over_time = forms.ChoiceField(label=_("跨期合并"), choices=Card.Combine.choices)
    over_regions = forms.ChoiceField(label=_("跨地区合并"), choices=Card.Combine.choices)
    sample = forms.ChoiceField(
        label=_("抽样推断"), required=False, choices=[("", _("不是抽样得来，不给区间")), *Card.Sample.choices],
        help_text=_("百分比由抽样得来、分子分母已知的，公布值旁给出 95％ 置信区间；方法见 docs/algorithms"),
    )  # fmt: skip
    identifiable = forms.BooleanField(
        label=_("能识别单个调查对象"), required=False,
        help_text=_("如某一家企业的数。只有报送单位和征集的办公室看得到，不用于考核、档案和信用"),
    )  # fmt: skip
    minimum = number(_("不小于"))
    maximum = number(_("不大于"))
    jump = number(_("比上期变动超过多少 % 须写明原因"))
    jump_year = number(_("比上年同期变动超过多少 % 须写明原因"))
    alert_low = number(
        _("低于多少预警"),
        help_text=_("越高越好、在区间内为好的填写；数入库、更正、锁定时告知报送单位和办公室"),
    )
    alert_high = number(_("高于多少预警"), help_text=_("越低越好、在区间内为好的填写"))
    alert_change = number(
        _("比上年同期变差超过多少预警"), help_text=_("计量单位是 %、‰ 的填百分点数，其他填百分比")
    )
    alert_source = forms.CharField(
        label=_("预警线的出处"),
        max_length=200,
        required=False,
        help_text=_("定下这条线的文件；没有文件的留空"),
    )
    alert_later = forms.CharField(
        label=_("以后各年的预警线"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
        help_text=_("一行一条：自哪天起、线、出处，如 2015-01-01 95 质量发展纲要；到期自动换用"),
    )  # fmt: skip
    source_body = forms.CharField(label=_("数据来源单位"), max_length=120, required=False)
    basis = forms.CharField(
        label=_("依据"), max_length=300, required=False, help_text=_("法律、标准、文件的条款")
    )
    statistics = forms.ChoiceField(label=_("统计范围"), choices=Card.Statistics.choices)
    statistics_document = forms.CharField(label=_("纳入统计的文件"), max_length=200, required=False)
    duties = forms.CharField(
        label=_("对应职责"), max_length=300, required=False, help_text=_("职责编号，用、分开，如 3.1.1#10")
    )
    valid_from = DayField(label=_("启用日期"))
    citation = forms.CharField(label=_("出处"), max_length=300, help_text=_("确定这一口径的文件或会议"))
    reason = forms.CharField(label=_("修订理由"), max_length=300, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, revising: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = [(code, f"{one.label}（{code}）") for code, one in sorted(measures().items())]
        self.fields["measure"].choices = [("", "—"), *found]  # type: ignore[attr-defined]
        self.fields["reason"].required = revising
        if revising:
            del self.fields["code"]
        else:
            del self.fields["reason"]

    def wording(self, card: Card | None = None) -> dict[str, Any]:
        """What a card service takes as `data`; of the rules the card has, those with a field here are replaced."""
        data = dict(self.cleaned_data)
        given = [one for one in (card.checks if card else []) if one.get("kind") not in ("range", "jump")]
        low, high = data.pop("minimum"), data.pop("maximum")
        if low is not None or high is not None:
            bounds = {"minimum": low, "maximum": high}
            given.append({"kind": "range"} | {k: plain(v) for k, v in bounds.items() if v is not None})
        for name, more in JUMPS.items():
            if (percent := data.pop(name)) is not None:
                given.append({"kind": "jump", "percent": plain(percent), "severity": "explain"} | more)
        alerts = alerts_from(data, card.alerts if card else [])
        for name in ("duties", "reason", "version"):
            data.pop(name, None)
        return data | {"checks": given, "alerts": alerts}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name, direction in (("alert_low", Card.Direction.LOWER), ("alert_high", Card.Direction.HIGHER)):
            if data.get(name) is not None and data.get("direction") == direction:
                self.add_error(
                    name, _("与指标的方向相反，不会是变差。越高越好的填“低于”，越低越好的填“高于”。")
                )
        try:
            data["alert_later"] = later_from(data.get("alert_later", ""), data.get("unit", ""))
        except forms.ValidationError as error:
            self.add_error("alert_later", error)
        if data.get("alert_later") and data.get("direction") == Card.Direction.RANGE:
            self.add_error("alert_later", _("在区间内为好的指标要写上下限，这里写不了。"))
        return data

    def duty_codes(self) -> list[str]:
        text = self.cleaned_data["duties"].replace("，", "、").replace(",", "、")
        return [part.strip() for part in text.split("、") if part.strip()]


def card_initial(card: Card) -> dict[str, Any]:
    """The card as its form shows it."""
    found = {name: getattr(card, name) for name in CardForm.base_fields if hasattr(card, name)}
    bounds: dict[str, Any] = next((c for c in card.checks if c.get("kind") == "range"), {})
    jumps = {c.get("against", "last"): c.get("percent") for c in card.checks if c.get("kind") == "jump"}
    return found | {
        "minimum": bounds.get("minimum"),
        "maximum": bounds.get("maximum"),
        **{name: jumps.get(more.get("against", "last")) for name, more in JUMPS.items()},
        **alerts_initial(card),
        "duties": "、".join(d.duty_code for d in card.duties.all()),
        "version": card.version,
    }
