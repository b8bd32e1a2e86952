"""Laws of the draw with a public seed."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from zhize.core.sampling.draw import Place, draw

IDS = st.lists(st.text("甲乙丙丁戊己庚辛123", min_size=1, max_size=4), min_size=1, max_size=12, unique=True)


@given(IDS, st.text(min_size=1).filter(str.strip), st.data())
def test_the_order_of_the_list_makes_no_difference(ids: list[str], seed: str, data: st.DataObject) -> None:
    sizes = data.draw(st.lists(st.integers(1, 50), min_size=len(ids), max_size=len(ids)))
    number = data.draw(st.integers(0, len(ids)))
    places = [Place(one, size=size) for one, size in zip(ids, sizes, strict=True)]
    mixed = data.draw(st.permutations(places))
    for by_size in (False, True):
        first, second = (
            draw(p, seed=seed, numbers={"": number}, by_size=by_size, substitutes=2) for p in (places, mixed)
        )
        assert (first.drawn, first.substitutes) == (second.drawn, second.substitutes)
        assert len(first.drawn) == number == len({one.id for one in first.drawn})
        assert not {one.id for one in first.drawn} & {one.id for one in first.substitutes}


@given(IDS, st.text(min_size=1).filter(str.strip))
def test_who_is_excluded_is_never_drawn(ids: list[str], seed: str) -> None:
    places = [Place(one, excluded="上年已查" if n % 2 else "") for n, one in enumerate(ids)]
    free = [p for p in places if not p.excluded]
    found = draw(places, seed=seed, numbers={"": len(free)})
    assert {one.id for one in found.drawn} == {p.id for p in free}


def test_over_many_seeds_each_is_drawn_as_often_as_its_size_says() -> None:
    sizes = {"大": 50, "甲": 5, "乙": 5, "丙": 10, "丁": 20, "戊": 10}
    places = [Place(one, size=size) for one, size in sizes.items()]
    rounds = 3000
    seen: Counter[str] = Counter()
    for n in range(rounds):
        seen.update(one.id for one in draw(places, seed=str(n), numbers={"": 2}, by_size=True).drawn)
    assert seen["大"] == rounds
    for one, size in sizes.items():
        if one != "大":
            assert abs(seen[one] / rounds - size / 50) < 0.03
