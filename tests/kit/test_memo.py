"""What a request works out once."""

from __future__ import annotations

from zhize.kit import memo


def test_a_request_works_it_out_once_and_the_next_anew() -> None:
    made: list[int] = []

    def make() -> int:
        made.append(len(made))
        return made[-1]

    memo.begin()
    assert [memo.once("a", make), memo.once("a", make), memo.once("b", make)] == [0, 0, 1]
    memo.begin()
    assert memo.once("a", make) == 2


def test_who_changes_what_answers_rest_on_makes_them_worked_out_anew() -> None:
    memo.begin()
    assert memo.once("a", lambda: 1) == 1
    memo.forget()
    assert memo.once("a", lambda: 2) == 2


def test_outside_a_request_nothing_is_kept() -> None:
    assert [memo.once("a", lambda: 1), memo.once("a", lambda: 2)] == [1, 2]
