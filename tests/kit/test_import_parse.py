"""Laws of parsing: what a thing holds, written into a table as people write it, reads back as itself."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import models
from hypothesis import given
from hypothesis import strategies as st

from zhize.kit.fields import FieldSpec, Kind
from zhize.kit.imports.columns import find_header, normal
from zhize.kit.imports.parse import parse_cell, text_of
from zhize.kit.imports.places import letters, number, row_place


class Colour(models.TextChoices):
    RED = "red", "红"
    BLUE = "blue", "蓝"


def read(kind: Kind, raw: Any, **rest: Any) -> Any:
    value, what, _remedy = parse_cell(FieldSpec("f", "字段", kind, **rest), raw)
    assert what == "", what
    return value


def refused(kind: Kind, raw: Any, **rest: Any) -> str:
    value, what, remedy = parse_cell(FieldSpec("f", "字段", kind, **rest), raw)
    assert value is None
    assert what
    assert remedy
    return what


@given(st.integers(-(10**12), 10**12))
def test_integers_read_back_however_excel_or_a_person_wrote_them(n: int) -> None:
    wide = str(n).translate(str.maketrans("0123456789-", "０１２３４５６７８９－"))
    for raw in (n, float(n), str(n), f"{n:,}", f" {n} ", wide):
        assert read(Kind.INTEGER, raw) == n


@given(st.decimals(-(10**9), 10**9, places=2, allow_nan=False, allow_infinity=False))
def test_decimals_read_back_exactly(d: Decimal) -> None:
    for raw in (str(d), float(d), f"{d:,}"):
        assert Decimal(read(Kind.DECIMAL, raw)) == d


@given(st.dates(date(1900, 3, 1), date(2199, 12, 31)))
def test_dates_read_back_in_every_usual_form(d: date) -> None:
    forms = [
        d,
        datetime(d.year, d.month, d.day),  # noqa: DTZ001  (a spreadsheet's time has no zone)
        d.isoformat(),
        f"{d.year}/{d.month}/{d.day}",
        f"{d.year}.{d.month:02}.{d.day:02}",
        f"{d.year}年{d.month}月{d.day}日",
        d.strftime("%Y%m%d"),
        float(d.strftime("%Y%m%d")),
    ]
    for raw in forms:
        assert read(Kind.DATE, raw) == d.isoformat()


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=40))
def test_text_that_is_no_formula_reads_back_and_reading_twice_changes_nothing(text: str) -> None:
    value, what, _ = parse_cell(FieldSpec("f", "字段"), text)
    if what:
        assert text.lstrip().startswith(("=", "@", "+", "-"))
        return
    assert parse_cell(FieldSpec("f", "字段"), value)[0] == value
    assert text_of(value) == value


@given(st.one_of(st.text(max_size=30), st.floats(), st.integers(), st.booleans(), st.dates(), st.none()))
def test_nothing_a_cell_can_hold_makes_the_reader_fail(raw: Any) -> None:
    for kind in set(Kind) - {Kind.REF}:
        field = FieldSpec("f", "字段", kind, choices=Colour if kind is Kind.CHOICE else None)
        value, what, remedy = parse_cell(field, raw)
        assert bool(what) == bool(remedy)
        assert not (what and value is not None)


@given(st.integers(1, 16384))
def test_column_letters_and_numbers_are_inverse(n: int) -> None:
    assert number(letters(n)) == n


@pytest.mark.parametrize(
    ("raw", "value"), [("是", True), ("√", True), ("否", False), ("", False), (True, True), (0, False)]
)
def test_yes_and_no_in_the_usual_signs(raw: Any, value: bool) -> None:
    assert read(Kind.BOOL, raw) is value


def test_choices_by_word_or_code() -> None:
    assert read(Kind.CHOICE, "红", choices=Colour) == read(Kind.CHOICE, "red", choices=Colour) == "red"
    assert "不在可选范围内" in refused(Kind.CHOICE, "绿", choices=Colour)


def test_more_decimals_than_the_field_has_are_refused_not_rounded() -> None:
    assert "超过 2 位" in refused(Kind.DECIMAL, "1.005")


def test_contacts_are_checked() -> None:
    assert read(Kind.PHONE, "0931-8412345转801") == "0931-8412345转801"
    refused(Kind.PHONE, "请联系办公室")
    assert read(Kind.EMAIL, "a@example.com") == "a@example.com"
    refused(Kind.EMAIL, "a@")


def test_signs_that_only_look_like_formulas_pass() -> None:
    for text in ("+86 931 8412345", "-5", "@张三", "—"):
        assert read(Kind.TEXT, text) == text


@pytest.mark.parametrize(
    "head", ["单位代码 *", "单位代码", " 单位 代码：", "单位代码（必填）", "单位代码(gb)"]
)
def test_heads_are_compared_without_marks_notes_and_spaces(head: str) -> None:
    assert normal(head) == "单位代码"


def test_places_are_words_a_person_finds() -> None:
    assert row_place("名册", 5, "代码") == "表“名册”第 5 行“代码”列"
    assert row_place("", 5) == "第 5 行"


def test_the_header_line_is_the_one_with_most_known_heads() -> None:
    from tests.kit.importing import SPEC

    found = find_header(SPEC, [(1, ["代码说明"]), (2, ["代码", "x"]), (3, ["代码", "单位名称"])])
    assert (found.line, found.mapping, found.unused) == (3, {"code": 0, "name": 1}, ())
