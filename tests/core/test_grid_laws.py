"""Duties × units: sums of cells, rows, columns and of all agree, in whatever order the entries come."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from zhize.core.duties.grid import LOUDEST, NOT_OWED, Cell, Entry, grid

ENTRIES = st.lists(
    st.builds(
        Entry,
        row=st.integers(1, 4),
        column=st.integers(1, 4),
        light=st.sampled_from(LOUDEST),
        number=st.integers(1, 5),
        done_things=st.integers(0, 3),
        needed_things=st.integers(0, 6),
    ),
    max_size=30,
)


@given(ENTRIES, st.randoms(use_true_random=False))
def test_sums_agree_and_do_not_depend_on_the_order(entries: list[Entry], chance: random.Random) -> None:
    found = grid(entries)
    for part in (found.cells, found.rows, found.columns):
        assert (
            sum(cell.total for cell in part.values()) == found.total.total == sum(e.number for e in entries)
        )
        assert sum(cell.owed for cell in part.values()) == found.total.owed
        assert sum(cell.settled for cell in part.values()) == found.total.settled
    mixed = list(entries)
    chance.shuffle(mixed)
    again = grid(mixed)
    assert again.cells == found.cells and again.total == found.total


@given(ENTRIES)
def test_a_cell_never_settles_more_than_it_owes(entries: list[Entry]) -> None:
    for cell in grid(entries).cells.values():
        assert 0 <= cell.settled <= cell.owed <= cell.total
        assert cell.light in cell.lights


def test_one_counted_obligation_says_how_far_it_is() -> None:
    assert Cell({"partly": 1}, 3, 4).words == "3/4"


def test_several_say_how_many_are_settled() -> None:
    assert Cell({"partly": 1, "done": 2}, 5, 6).words == "2/3"


def test_a_cell_of_waived_or_standing_ones_alone_owes_nothing() -> None:
    assert all(Cell({light: 2}).words == "" for light in NOT_OWED)
