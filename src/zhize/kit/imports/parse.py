"""One cell into one plain value by its Kind. What cannot be read is told with place and remedy."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from zhize.kit.errors import Problem
from zhize.kit.fields import FieldSpec, Kind

Parsed = tuple[Any, str, str]
"""(plain value, what is wrong, remedy); the words are empty when all is well."""

# Samples: "2012-3-5", "2012/03/05", "2012.3.5", "2012年3月5日", "2012-03-05 14:30:00", "2012-03-05T14:30"
_DATE = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")  # Sample: "20120305"
# Sample: "40973", a day as a spreadsheet counts them when its cell lost the form of a date; 1954-10-03 to 2064-04-08
_SERIAL = re.compile(r"[2-5]\d{4}")
_DAY_ZERO = date(1899, 12, 30)
# Sample: "0931-8412345转801", "+86 931 8412345"
_PHONE = re.compile(r"\+?[0-9(][0-9() -]{4,24}(?:(?:转|-|x)[0-9]{1,6})?")
# Samples: "=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0". Not: "-5", "+86 931", "@张三"
_FORMULA = re.compile(r"\s*(?:=|[@+-]\s*[A-Za-z]+\s*[(|!])")
_YES = {"是", "√", "✓", "y", "yes", "true", "1", "有"}
_NO = {"否", "×", "x", "n", "no", "false", "0", "无", ""}


def parse_cell(field: FieldSpec, raw: Any, ref: Callable[[str], Parsed] | None = None) -> Parsed:
    """Reads one cell. `ref` looks a reference (or one of several options) up in what was loaded for the whole chunk."""
    if isinstance(raw, str):
        if _FORMULA.match(raw):
            return None, "这一格以公式开头", "请改成算好的值；文字内容不要以等号开头"
        raw = clean(raw)
    if raw is None or raw == "":
        if field.required and field.kind is not Kind.BOOL:
            return None, "没有填写", f"请填写{field.label}"
        return (False if field.kind is Kind.BOOL else None if field.kind in _NULLS else ""), "", ""
    if ref is not None:
        return ref(text_of(raw))
    return _PARSERS[field.kind](field, raw)


_NULLS = {Kind.INTEGER, Kind.DECIMAL, Kind.DATE, Kind.REF}


def clean(text: str) -> str:
    """Without the invisible characters tables carry: zero width, non-breaking space, control characters."""
    text = unicodedata.normalize("NFC", text).replace("\u00a0", " ").replace("\ufeff", "")
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf")).strip()


def text_of(raw: Any) -> str:
    """A cell as text: 620000.0 is "620000", a date is ISO."""
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 1e15:
        return str(int(raw))
    if isinstance(raw, float):
        return f"{raw:.15g}"
    if isinstance(raw, datetime) and (raw.hour, raw.minute, raw.second) == (0, 0, 0):
        return raw.date().isoformat()
    if isinstance(raw, date):
        return raw.isoformat()
    return clean(str(raw))


def _narrow(raw: Any) -> str:
    """Text with full-width digits and letters made narrow, without thousands separators and spaces."""
    return re.sub(r"[,\s]", "", unicodedata.normalize("NFKC", text_of(raw)))


def _text(field: FieldSpec, raw: Any) -> Parsed:
    text = text_of(raw)
    if field.kind is not Kind.LONG:
        text = re.sub(r"\s*\n\s*", " ", text)
    if field.max_length and len(text) > field.max_length:
        return None, f"有 {len(text)} 个字，超过 {field.max_length} 个", "请缩短"
    return text, "", ""


def _code(field: FieldSpec, raw: Any) -> Parsed:
    return _text(field, unicodedata.normalize("NFKC", text_of(raw)))


def _number(field: FieldSpec, raw: Any) -> Decimal | None:
    try:
        value = Decimal(_narrow(raw))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def _range(field: FieldSpec, value: Decimal) -> Parsed | None:
    if field.minimum is not None and value < field.minimum:
        return None, f"{value} 小于 {field.minimum}", f"请填写不小于 {field.minimum} 的数"
    if field.maximum is not None and value > field.maximum:
        return None, f"{value} 大于 {field.maximum}", f"请填写不大于 {field.maximum} 的数"
    return None


def _integer(field: FieldSpec, raw: Any) -> Parsed:
    value = _number(field, raw)
    if value is None or value != value.to_integral_value() or abs(value) >= 2**63:
        return None, f"“{text_of(raw)}”不是整数", "请填写整数，如 12"
    return _range(field, value) or (int(value), "", "")


def _decimal(field: FieldSpec, raw: Any) -> Parsed:
    value = _number(field, raw)
    if value is None or value.adjusted() > 20:
        return None, f"“{text_of(raw)}”不是数字", "请只填数字，单位写在表头里"
    exact = round(value, field.places)
    if exact != value:
        return (
            None,
            f"“{text_of(raw)}”的小数超过 {field.places} 位",
            f"请四舍五入到 {field.places} 位小数后填写",
        )
    return _range(field, exact) or (str(exact), "", "")


def _date(field: FieldSpec, raw: Any) -> Parsed:
    if isinstance(raw, datetime):
        raw = raw.date()
    if isinstance(raw, date):
        return raw.isoformat(), "", ""
    text = unicodedata.normalize("NFKC", text_of(raw))
    if found := _DATE.fullmatch(text) or _COMPACT.fullmatch(text):
        try:
            return date(*map(int, found.groups())).isoformat(), "", ""
        except ValueError:
            return None, f"“{text}”不是存在的日期", "请核对月份和日子"
    if _SERIAL.fullmatch(text):
        return (_DAY_ZERO + timedelta(days=int(text))).isoformat(), "", ""
    return None, f"“{text}”不是日期", "请按 2012-03-05 的样式填写"


def _bool(field: FieldSpec, raw: Any) -> Parsed:
    text = _narrow(raw).lower()
    if text in _YES or text in _NO:
        return text in _YES, "", ""
    return None, f"“{text_of(raw)}”不是“是”或“否”", "请填写“是”或“否”"


def _choice(field: FieldSpec, raw: Any) -> Parsed:
    assert field.choices is not None
    text = text_of(raw)
    words = {str(label): value for value, label in field.choices.choices}
    if text in words:
        return str(words[text]), "", ""
    if text in field.choices.values:
        return text, "", ""
    if text in field.words:
        return field.words[text], "", ""
    return None, f"“{text}”不在可选范围内", f"请填写以下之一：{_few(list(words))}"


def _few(words: list[str]) -> str:
    """A long list is told by its beginning: the template's drop-down has it all."""
    return (
        "、".join(words) if len(words) <= 12 else f"{'、'.join(words[:10])}……（共 {len(words)} 项，见模板）"
    )


def _phone(field: FieldSpec, raw: Any) -> Parsed:
    text = unicodedata.normalize("NFKC", text_of(raw))
    if not _PHONE.fullmatch(text):
        return None, f"“{text}”不是电话号码", "请填写数字，可带区号和分机，如 0931-8412345转801"
    return _text(field, text)


def _email(field: FieldSpec, raw: Any) -> Parsed:
    text = _narrow(raw)
    try:
        validate_email(text)
    except ValidationError:
        return None, f"“{text}”不是电子邮箱", "请按 name@example.com 的样式填写"
    return _text(field, text)


_PARSERS: dict[Kind, Callable[[FieldSpec, Any], Parsed]] = {
    Kind.TEXT: _text,
    Kind.LONG: _text,
    Kind.CODE: _code,
    Kind.PHONE: _phone,
    Kind.EMAIL: _email,
    Kind.INTEGER: _integer,
    Kind.DECIMAL: _decimal,
    Kind.DATE: _date,
    Kind.BOOL: _bool,
    Kind.CHOICE: _choice,
    Kind.SEVERAL: _text,
}


def problem(place: str, what: str, remedy: str) -> dict[str, str]:
    """A problem as stored with a staged row."""
    one = Problem(what, place, "", remedy)
    return {"where": one.where, "what": one.what, "remedy": one.remedy, "text": str(one)}
