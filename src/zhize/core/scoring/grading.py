"""From totals to order and grades over all objects of a round. Nothing here depends on the order they are given in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from ..kernel.rounding import Rounding
from .facts import Assessed
from .numbers import publish, rational, say
from .scale import AtBorder, Grade, Quota, Scale
from .scheme import Order, Scheme, Ties, Veto


@dataclass(frozen=True, slots=True)
class Standing:
    """An object before grading. `total` after veto caps; `key` orders it by points, the higher the better; empty
    without a total. `is_last`: a veto puts it behind all others."""

    id: str
    ranked: bool
    total: Fraction | None
    published: Decimal | None
    key: tuple[Fraction, ...]
    vetoes: tuple[Veto, ...]
    is_last: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """The grade by points, and after vetoes; `why` where there is none."""

    grade: str
    before_veto: str
    why: str = ""


def standing_of(
    scheme: Scheme, one: Assessed, total: Fraction | None, parts: Mapping[str, Fraction]
) -> Standing:
    """`parts`: exact scores of the criteria named as breakers."""
    struck = tuple(
        veto for fact in one.vetoes if not fact.lifted and (veto := scheme.veto(fact.code)) is not None
    )
    caps = [veto.cap for veto in struck if veto.cap is not None]
    if total is not None and caps:
        total = min(total, *caps)
    published = None if total is None else publish(total, scheme.places, scheme.mode)
    key: tuple[Fraction, ...] = ()
    if total is not None and published is not None:
        first = total if scheme.order.exact else rational(published)
        key = (first, *(parts.get(code, Fraction(0)) for code in scheme.order.breakers))
    is_last = scheme.order.vetoed_last and any(veto.cap is None for veto in struck)
    return Standing(one.id, one.ranked, total, published, key, struck, is_last)


def places_of(order: Order, field: Sequence[Standing]) -> dict[str, int]:
    """Places of the ranked objects that have a total: equals share one."""
    keys = {one.id: (not one.is_last, one.key) for one in field if one.ranked and one.key}
    first: dict[tuple[bool, tuple[Fraction, ...]], int] = {}
    for number, key in enumerate(sorted(keys.values(), reverse=True), 1):
        first.setdefault(key, len(first) + 1 if order.ties is Ties.DENSE else number)
    return {code: first[key] for code, key in keys.items()}


def grades_of(scheme: Scheme, field: Sequence[Standing]) -> dict[str, Verdict]:
    """The grade of each object, by points and after vetoes. Who is struck takes no place of a quota he may not have."""
    scale = scheme.scale
    free = dict.fromkeys((one.id for one in field), 0)
    before = _by_quota(scheme, field, free) if scale.has_quota else _by_points(scheme, field)
    best = {one.id: _best_left(scale, before[one.id][0], one.vetoes) for one in field}
    after = _by_quota(scheme, field, best) if scale.has_quota and any(best.values()) else before
    found = {}
    for one in field:
        was, why = before[one.id]
        code = after[one.id][0]
        if best[one.id]:
            place = max(scale.place_of(code) if code else 0, best[one.id])
            code = scale.grades[place].code
        found[one.id] = Verdict(code, was, "" if code else after[one.id][1] or why)
    return found


def graded_figure(scheme: Scheme, one: Standing) -> Fraction | None:
    """What is compared with the ranges: the published figure, or the exact total rounded as the scale says."""
    if one.total is None or one.published is None:
        return None
    scale = scheme.scale
    if scale.places is None:
        return rational(one.published)
    return rational(publish(one.total, scale.places, scale.mode))


def _by_points(scheme: Scheme, field: Sequence[Standing]) -> dict[str, tuple[str, str]]:
    return {one.id: _grade_at(scheme.scale, graded_figure(scheme, one)) for one in field}


def _grade_at(scale: Scale, figure: Fraction | None) -> tuple[str, str]:
    if not scale.grades:
        return "", "本办法不分等次"
    if figure is None:
        return "", "总分尚未形成"
    fitting = [grade for grade in scale.grades if grade.range.holds(figure)]
    if len(fitting) == 1:
        return fitting[0].code, ""
    if not fitting:
        return "", f"{say(figure)}分不在任何等次之内，请办公室明确取整办法"
    return "", f"{say(figure)}分同属{'、'.join(one.label for one in fitting)}，请办公室明确"


def _by_quota(
    scheme: Scheme, field: Sequence[Standing], best: Mapping[str, int]
) -> dict[str, tuple[str, str]]:
    """Grade by grade from the best: who reaches it and finds a place. Places are counted over all ranked objects.

    `best`: the best grade left to each by its vetoes, 0 for all.
    """
    scale = scheme.scale
    size = sum(one.ranked for one in field)
    figures = {one.id: graded_figure(scheme, one) for one in field}
    left = sorted((one for one in field if one.key), key=lambda one: one.key, reverse=True)
    found: dict[str, tuple[str, str]] = {one.id: _grade_at(scale, None) for one in field if not one.key}
    for place, grade in enumerate(scale.grades):
        able = [one for one in left if best[one.id] <= place and _reaches(grade, figures[one.id])]
        ranked = [one for one in able if one.ranked]
        chosen = ranked if grade.quota is None else _within(ranked, _room(grade.quota, size), scale.border)
        taken = {one.id for one in chosen} | {one.id for one in able if not one.ranked}
        found |= dict.fromkeys(taken, (grade.code, ""))
        left = [one for one in left if one.id not in taken]
    return found | {one.id: _leftover(figures[one.id]) for one in left}


def _leftover(figure: Fraction | None) -> tuple[str, str]:
    return "", f"{say(figure or Fraction(0))}分没有可归的等次，请办公室明确"


def _reaches(grade: Grade, figure: Fraction | None) -> bool:
    """With quotas a better figure may fall to a lower grade, so only the lower end counts."""
    if figure is None:
        return False
    low = grade.range
    return not (
        (low.from_ is not None and figure < low.from_) or (low.above is not None and figure <= low.above)
    )


def _room(quota: Quota, size: int) -> int:
    if quota.count is not None:
        return quota.count
    exact = (quota.share or Fraction(0)) * size
    if quota.mode is Rounding.DOWN:
        return floor(exact)
    return ceil(exact) if quota.mode is Rounding.UP else int(publish(exact, 0, quota.mode))


def _within(able: list[Standing], room: int, border: AtBorder | None) -> list[Standing]:
    """The first `room` of them; equals at the last place are in or out together (out, unless the scheme lets them in)."""
    if len(able) <= room:
        return able
    if room == 0:
        return []
    last = able[room - 1].key
    if able[room].key != last:
        return able[:room]
    return [one for one in able if (one.key >= last if border is AtBorder.IN else one.key > last)]


def _best_left(scale: Scale, code: str, vetoes: tuple[Veto, ...]) -> int:
    """The best grade the vetoes leave, by its place from the top; 0 where they leave all.

    Without a grade by points a veto that lowers by so many grades, or only bars the best, says nothing.
    """
    place = 0
    for veto in vetoes:
        if veto.grade:
            place = max(place, scale.place_of(veto.grade))
        elif code and veto.not_above:
            place = max(place, scale.place_of(veto.not_above))
        elif code and veto.lower:
            place = max(place, min(scale.place_of(code) + veto.lower, len(scale.grades) - 1))
    return place
