"""The options of each method of scoring as fields: what a person fills in is what `core.scoring.methods` reads.

To add a method: its row in OPTIONS; a test holds the names to those the method reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhize.apps.assessment.forms.lines import cells_of, range_cells, range_data

FIGURE, COUNT, TEXT, LONG, FLAG, CHOICE, ROWS = "figure", "count", "text", "long", "flag", "choice", "rows"
PREFIX = "m_"
Words = Any
"""Words to be translated when they are shown."""


@dataclass(frozen=True, slots=True)
class Option:
    """`columns`: what the cells of a line are (ROWS); `choices`: value and words (CHOICE)."""

    name: str
    label: Words
    sort: str = FIGURE
    help: Words = ""
    columns: tuple[str, ...] = ()
    choices: tuple[tuple[str, Words], ...] = ()
    may_lack: int = 0

    @property
    def least(self) -> int:
        """So many cells a line must have; `may_lack` at its end may be left out."""
        return len(self.columns) - self.may_lack


_BETTER = Option("better", _("哪样为好"), CHOICE, choices=(("more", _("越多越好")), ("less", _("越少越好"))))
_UNIT = Option("unit", _("单位"), TEXT, _("如：次、起、项"))
_WHOLE = Option("whole", _("不足一个单位的不计"), FLAG)
_BELOW_ZERO = Option("below_zero", _("可扣至负分"), FLAG)
_LEVELS = Option(
    "levels", _("等次和分值"), ROWS, _("一行一档：名称 = 分值，如“健全 = 10”"), ("code", "points")
)
_TARGET = Option("target", _("目标值"), help=_("由指标的年度目标给出的，不填"))

OPTIONS: dict[str, tuple[Option, ...]] = {
    "proportion": (
        _TARGET,
        Option("floor", _("低于多少不得分"), help=_("完成比例，如 0.6")),
        Option("cap", _("最多按多少计"), help=_("完成比例，如 1.1；不填为 1")),
        _BETTER,
        _UNIT,
    ),
    "deduction": (
        Option("per", _("每次扣几分")),
        _UNIT,
        Option("required", _("应有多少"), help=_("写了的按少了几次计，不写的按发生几次计")),
        Option("start", _("起评分"), help=_("不填为本项分值")),
        Option("most_off", _("最多扣几分"), help=_("不填为扣完为止")),
        Option("free", _("几次以内不扣")),
        _WHOLE,
        _BELOW_ZERO,
    ),
    "bonus": (Option("per", _("每项加几分")), _UNIT, Option("over", _("超过多少才加")), Option("cap", _("最多加几分")), _WHOLE),
    "difference": (
        _TARGET,
        Option("base", _("达到目标得几分"), help=_("不填为本项分值")),
        Option("per", _("每高1个百分点加几分")),
        Option("per_down", _("每低1个百分点扣几分"), help=_("不填与加分相同")),
        Option("up_cap", _("最多加几分")),
        Option("down_cap", _("最多扣几分")),
        _BETTER,
        _UNIT,
        _WHOLE,
        _BELOW_ZERO,
    ),
    "tiers": (
        Option("tiers", _("档次"), ROWS, _("一行一档：达到多少 = 得几分，从高到低"), ("from", "points")),
        Option("below", _("各档以下得几分")),
        _BETTER,
        _UNIT,
    ),
    "bands": (
        Option("bands", _("区间"), ROWS, _("一行一段：起 = 止 = 得几分。起含本数、止不含；不含起写 >90，含止写 ≤89；没有的一端留空；按比例的再写一格到几分"), ("start", "end", "points", "points_to"), may_lack=1),
        Option("places", _("先保留几位小数"), COUNT),
        _UNIT,
    ),
    "rank": (
        Option("places", _("按名次"), ROWS, _("一行一段：到第几名 = 得几分"), ("to", "points")),
        Option("shares", _("按位次比例"), ROWS, _("一行一段：前百分之几（0.3） = 得几分"), ("to", "points")),
        Option("rest", _("其余得几分")),
        Option("step", _("每降一位少几分")),
        Option("floor", _("最低几分")),
        _BETTER,
    ),
    "on_time": (
        Option("proportion", _("按按时的比例计分"), FLAG),
        Option("late", _("每迟一次扣几分")),
        Option("late_day", _("每迟一天另扣几分")),
        Option("missing", _("每缺一次扣几分")),
        _UNIT,
    ),
    "survey": (
        Option("groups", _("测评对象"), ROWS, _("一行一组：代码 = 名称 = 权重（0.6）"), ("code", "title", "weight")),
        Option("levels", _("选项折分"), ROWS, _("一行一项：选项 = 分值；直接填平均分的不填"), ("code", "value")),
        Option("full", _("满分"), help=_("不填为 100")),
        Option("at_least", _("每组至少几份"), COUNT),
        Option("share_missing", _("不足份数的组由其他组分摊"), FLAG),
    ),
    "manual": (
        Option("guidance", _("评分提示"), LONG, _("看什么、怎样给分")),
        Option("upto", _("最高可评几分"), help=_("不填为本项分值")),
        Option("least", _("最低可评几分")),
        Option("step", _("评分间隔"), help=_("如 0.5")),
        Option(
            "combine",
            _("几人评分时"),
            CHOICE,
            choices=(("mean", _("取平均")), ("trimmed", _("去掉最高最低后平均")), ("median", _("取中位数"))),
        ),
        Option("reason_below_full", _("不给满分须写理由"), FLAG),
    ),
    "levels": (_LEVELS,),
    "met": (Option("otherwise", _("没有做到得几分"), help=_("不填为 0")),),
    "honours": (
        _LEVELS,
        Option(
            "count",
            _("几项表彰"),
            CHOICE,
            choices=(("highest", _("只计最高一项")), ("per_matter", _("同一事项只计最高一项")), ("all", _("累加计分"))),
        ),
        Option("cap", _("最多加几分")),
    ),
    "formula": (
        Option("expression", _("公式"), LONG, _("如：分值 × 实绩 ÷ 目标；乘除写 * /，名称在下面列出")),
        Option("inputs", _("公式里的名称"), ROWS, _("一行一个：名称 = 说明 = 单位（可不写）"), ("name", "title", "unit"), may_lack=2),
        Option("cap", _("最高几分"), help=_("不填为本项分值")),
        Option("least", _("最低几分")),
    ),
    "ledger": (Option("up_cap", _("最多加几分")), Option("down_cap", _("最多扣几分"))),
}  # fmt: skip


def method_fields(kind: str) -> dict[str, forms.Field]:
    """The fields of a method, their names with a prefix."""
    return {PREFIX + one.name: _field(one) for one in OPTIONS.get(kind, ())}


def _field(one: Option) -> forms.Field:
    if one.sort == FLAG:
        return forms.BooleanField(label=one.label, required=False)
    if one.sort == CHOICE:
        return forms.ChoiceField(
            label=one.label, choices=one.choices, required=False, initial=one.choices[0][0]
        )
    if one.sort in (ROWS, LONG):
        rows = forms.Textarea(attrs={"rows": 5 if one.sort == ROWS else 3})
        return forms.CharField(
            label=one.label, required=False, help_text=one.help, max_length=2000, widget=rows
        )
    return forms.CharField(label=one.label, required=False, help_text=one.help, max_length=40)


def method_initial(method: Mapping[str, Any]) -> dict[str, Any]:
    """A method's data as the fields show it."""
    found: dict[str, Any] = {}
    for one in OPTIONS.get(str(method.get("kind")), ()):
        value = method.get(one.name)
        if one.sort == ROWS and isinstance(value, list):
            value = "\n".join(" = ".join(_cells(one, row)) for row in value)
        if value is not None:
            found[PREFIX + one.name] = value
    return found


def _cells(one: Option, row: Mapping[str, Any]) -> list[str]:
    """The cells of a line; ones left out at its end are not shown."""
    start, end = range_cells(row)
    shown = {**row, "start": start, "end": end}
    cells = [str(shown.get(name, "")) for name in one.columns]
    while len(cells) > one.least and not cells[-1]:
        cells.pop()
    return cells


def method_data(kind: str, cleaned: Mapping[str, Any]) -> dict[str, Any]:
    """What the fields say as a method's data. Raises `ValidationError` by field for a line with too few cells."""
    found: dict[str, Any] = {"kind": kind}
    for one in OPTIONS.get(kind, ()):
        value: Any = cleaned.get(PREFIX + one.name)
        if one.sort == ROWS:
            value = [_row(one, line) for line in str(value or "").splitlines() if line.strip()]
        elif isinstance(value, str):
            value = value.strip()
        if one.sort == COUNT and str(value).isdigit():
            value = int(str(value))
        if value not in ("", None, False, []):
            found[one.name] = value
    return found


def _row(one: Option, line: str) -> dict[str, str]:
    try:
        cells = cells_of(line, one.least, len(one.columns), named=one.columns[0] != "start")[0]
    except forms.ValidationError as error:
        raise forms.ValidationError({PREFIX + one.name: error.messages}) from error
    row = {name: cell for name, cell in zip(one.columns, cells, strict=True) if cell}
    return row | range_data(row.pop("start", ""), row.pop("end", "")) if "start" in one.columns else row
