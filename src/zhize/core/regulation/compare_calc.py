"""The comparison as a method of `zhize calc`: two lists of pieces in, plain JSON out (docs/algorithms/regulation-compare.md)."""

from __future__ import annotations

from ..kernel.errors import BadRule
from ..kernel.fields import Fields
from .compare import METHOD, Piece, compare


def calc_compare(data: object) -> dict[str, object]:
    """{old: [{key, text}], new: [{key, text}]} → {changes: [{kind, place, old, new, likeness, words}], counts}."""
    fields = Fields(data, ("old", "new"))
    changes = compare(pieces(fields, "old"), pieces(fields, "new"))
    counts: dict[str, int] = {}
    for change in changes:
        counts[change.kind.value] = counts.get(change.kind.value, 0) + 1
    return {
        "method": METHOD,
        "changes": [
            {
                "kind": change.kind.value,
                "place": change.place.value,
                "old": change.old,
                "new": change.new,
                "likeness": str(change.likeness),
                "words": [[op, text] for op, text in change.words],
            }
            for change in changes
        ],
        "counts": counts,
    }


def pieces(fields: Fields, name: str) -> list[Piece]:
    """The pieces of one version; every refusal names the entry."""
    found = []
    for entry, place in entries(fields, name):
        one = Fields(entry, ("key", "text"), place)
        found.append(Piece(one.text("key"), one.text("text", "")))
    return found


def entries(fields: Fields, name: str) -> list[tuple[object, str]]:
    """The list of one version: it may be empty, never left out."""
    if not fields.has(name):
        raise BadRule(f"缺少“{name}”", where=fields.place(name), remedy="没有条款时写成空列表 []")
    return fields.items(name)
