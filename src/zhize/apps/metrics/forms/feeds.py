"""A source system and its mapping; a period's file of it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from zhize.kit.action_forms import lines


class FeedForm(forms.Form):
    """The mapping, a column a line."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(
        label=_("来源系统"), max_length=80, help_text=_("如：农产品质量安全例行监测信息系统")
    )
    region_head = forms.CharField(label=_("地区列的表头"), max_length=40, initial="地区")
    columns = lines(
        _("列的对应"), rows=8, most=4000,
        help_text=_("一列一行，写作“表头 = 指标名称或代码”；是分子、分母的在后面空一格写明，如“合格批次 = 监督抽查合格率 分子”"),
        error_messages={"required": _("请至少写一行，如“抽查批次 = 产品质量监督抽查批次”")},
    )  # fmt: skip
    skipped = forms.CharField(
        label=_("不读的行"), max_length=120, required=False, initial="合计、总计", help_text=_("地区列里这样写的行不读，用顿号分开")
    )  # fmt: skip


class FeedFileForm(forms.Form):
    """This period's export."""

    period = forms.CharField(
        label=_("期间"), max_length=40, help_text=_("写作 2012年、2012年上半年、2012年第一季度、2012年3月")
    )
    file = forms.FileField(label=_("导出的文件"), help_text=_("xlsx 或 csv，原样上传，不必改格式"))
