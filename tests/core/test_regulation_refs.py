import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhize.core.kernel.numerals import han_to_int, int_to_han
from zhize.core.kernel.refs import ClauseRef, Mark, UnitRef


@pytest.mark.parametrize(
    ("printed", "dotted"),
    [
        ("三（一）1", "3.1.1"),
        ("四、（一）1.", "4.1.1"),
        ("第三条（二）", "3.2"),
        ("2.1.3（1）", "2.1.3.1"),
        ("四（二十一）", "4.21"),
    ],
)
def test_a_reference_is_read_as_printed_and_as_dotted(printed, dotted):
    assert ClauseRef.parse(printed) == ClauseRef.parse(dotted)
    assert str(ClauseRef.parse(printed)) == dotted


def test_a_reference_prints_with_the_marks_of_its_document():
    marks = (Mark.DECIMAL, Mark.DECIMAL, Mark.DECIMAL, Mark.ARABIC_PAREN)
    assert ClauseRef((2, 1, 3, 1), marks=marks).printed() == "2.1.3（1）"
    assert ClauseRef((2, 5), marks=(Mark.CHAPTER, Mark.ARTICLE)).printed() == "第二章第五条"
    assert ClauseRef((3, 1, 6)).printed() == "三（一）6"
    assert ClauseRef((2,), part=2, marks=(Mark.ROW,)).printed() == "附件2：2"


def test_two_clauses_with_the_same_printed_number_are_two_references():
    first, second = ClauseRef.parse("2.30"), ClauseRef.parse("2.30~2")
    assert first != second and first < second and str(second) == "2.30~2"


def test_order_is_that_of_the_numbers_not_of_the_characters():
    assert (
        ClauseRef.parse("3.1.2")
        < ClauseRef.parse("3.1.10")
        < ClauseRef.parse("3.2")
        < ClauseRef.parse("a1.1")
    )


@pytest.mark.parametrize("nonsense", ["", "甲乙", "三（一", "3..1"])
def test_nonsense_is_refused_with_an_example_of_how_to_write_it(nonsense):
    with pytest.raises(ValueError, match="应写成"):
        ClauseRef.parse(nonsense)


@given(st.lists(st.tuples(st.integers(1, 999), st.integers(0, 3)), min_size=1, max_size=5), st.integers(0, 9))
def test_writing_and_reading_back_gives_the_same_reference(steps, part):
    ref = ClauseRef(tuple(n for n, _ in steps), tuple(r for _, r in steps), part)
    assert ClauseRef.parse(str(ref)) == ref


@given(st.lists(st.integers(1, 99), min_size=1, max_size=3))
def test_the_usual_printing_reads_back_too(path):
    assert ClauseRef.parse(ClauseRef(tuple(path)).printed()) == ClauseRef(tuple(path))


@given(st.integers(1, 999))
def test_numerals_of_official_texts_read_back(number):
    assert han_to_int(int_to_han(number)) == number


def test_a_unit_reference_reads_back_and_refuses_half_of_one():
    assert UnitRef.parse(str(UnitRef("620000", "zjj"))) == UnitRef("620000", "zjj")
    with pytest.raises(ValueError, match="行政区划代码"):
        UnitRef.parse("620000")
