"""Changing a scheme as data: each step takes the body of a scheme and gives a new one; nothing is changed in place.

Codes name the facts of a leaf, so a criterion keeps its code when it moves; a new one gets the next free code.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

from ..kernel.errors import BadRule

Body = dict[str, Any]


def walk(body: Mapping[str, Any]) -> Iterator[tuple[int, Body]]:
    """Depth (1 for a block) and data of each criterion, in printed order."""
    stack = [(1, one) for one in reversed(body.get("blocks") or [])]
    while stack:
        depth, one = stack.pop()
        yield depth, one
        stack += [(depth + 1, child) for child in reversed(one.get("children") or [])]


def criterion_in(body: Mapping[str, Any], code: str) -> Body | None:
    return next((one for _, one in walk(body) if one.get("code") == code), None)


def changed(body: Mapping[str, Any], code: str, fields: Mapping[str, Any]) -> Body:
    """The criterion with `fields` in place of its own; an empty value takes a field away. Children stay."""
    made, _, rows, at = _place(body, code)
    one = {**rows[at], **fields}
    rows[at] = {name: value for name, value in one.items() if value not in ("", None, [], ())}
    rows[at].setdefault("title", code)
    return made


def with_points(body: Mapping[str, Any], points: Mapping[str, str]) -> Body:
    """Points of many criteria at once; an empty text takes them away."""
    made = deepcopy(dict(body))
    for _, one in walk(made):
        if (value := points.get(str(one.get("code")))) is not None:
            one.pop("points", None)
            if value.strip():
                one["points"] = value.strip()
    return made


def added(body: Mapping[str, Any], under: str, fields: Mapping[str, Any]) -> tuple[Body, str]:
    """A criterion as the last below `under` (“”: a block), with the next free code. A leaf that gets parts loses its
    method: it is the first of its parts instead, so that nothing written is lost."""
    made = deepcopy(dict(body))
    rows = made.setdefault("blocks", [])
    if under:
        above = criterion_in(made, under)
        if above is None:
            raise _unknown(under)
        if "method" in above:
            kept: Body = {
                name: above[name]
                for name in ("text", "points", "method", "source", "evidence")
                if name in above
            }
            first: Body = {"code": _free(made, under), "title": above["title"], **kept}
            for name in ("method", "source", "evidence"):
                above.pop(name, None)
            above["children"] = [first]
        rows = above.setdefault("children", [])
    code = _free(made, under)
    made_of: Body = {"code": code}
    made_of |= {name: value for name, value in fields.items() if value not in ("", None, [])}
    rows.append(made_of)
    return made, code


def removed(body: Mapping[str, Any], code: str) -> Body:
    """Without the criterion and all below it. Raises BadRule where it is the last of a scheme or of its parent."""
    made, parent, rows, at = _place(body, code)
    if len(rows) == 1:
        where = parent["title"] if parent else "全表"
        raise BadRule("这是最后一项", where=where, remedy="请先加上别的项目，或删去上一级")
    rows.pop(at)
    return made


def moved(body: Mapping[str, Any], code: str, step: int) -> Body:
    """One place up (−1) or down (1) among its brothers; at the end it stays."""
    made, _, rows, at = _place(body, code)
    to = min(max(at + step, 0), len(rows) - 1)
    rows.insert(to, rows.pop(at))
    return made


def _place(body: Mapping[str, Any], code: str) -> tuple[Body, Body | None, list[Body], int]:
    made = deepcopy(dict(body))
    above: Sequence[Body | None] = [None, *(one for _, one in walk(made))]
    for parent in above:
        rows = made.get("blocks", []) if parent is None else parent.get("children", [])
        for at, one in enumerate(rows):
            if one.get("code") == code:
                return made, parent, rows, at
    raise _unknown(code)


def _free(body: Mapping[str, Any], under: str) -> str:
    known = {str(one.get("code")) for _, one in walk(body)}
    return next(
        code for n in range(1, len(known) + 2) if (code := f"{under}.{n}" if under else str(n)) not in known
    )


def _unknown(code: str) -> BadRule:
    return BadRule(f"没有“{code}”这一项", where="考核项目", remedy="它可能已被删去，请刷新后再改")
