"""How well a proposal agrees with labels made by a person (the labels' README gives the keys). Fractions 0–1, not rounded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from ..kernel.refs import ClauseRef, Mark
from .holders import Basis, Bracket, Role, Sort
from .proposal import Candidate, Proposal

_LEVELS = ("level1", "level2", "level3", "level4")
_MARKS = {
    "chapters": Mark.CHAPTER,
    "articles": Mark.ARTICLE,
    "items": Mark.HAN_PAREN,
    "sub_items": Mark.ARABIC,
}
_ROLES = {"牵头": Role.LEAD, "参与": Role.SUPPORT, "配合": Role.SUPPORT, "指导": Role.GUIDE}


def score(proposal: Proposal, label: Mapping[str, Any]) -> dict[str, Any]:
    """Compare what the label has; what it has not is left out. Never raises on a label of the documented shape."""
    return {
        "file": label.get("file", ""),
        "clauses": _clauses(proposal, label.get("numbering", {})),
        "holders": _holders(proposal, label),
        "brackets": _brackets(proposal.brackets, label["task_list"]) if label.get("task_list") else None,
        "counts": _counts(proposal, label),
        "deadlines": _deadlines(proposal.candidates, label.get("deadlines", ())),
        "warnings": len(proposal.warnings),
    }


def total(scores: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """All documents together: precision and recall over the sum of names, not a mean of means."""
    right = sum(s["holders"]["right"] for s in scores)
    found = sum(s["holders"]["found"] for s in scores)
    wanted = sum(s["holders"]["expected"] for s in scores)
    return {
        "documents": list(scores),
        "total": {"precision": _share(right, found), "recall": _share(right, wanted)},
    }


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _clauses(proposal: Proposal, numbering: Mapping[str, Any]) -> dict[str, list[int]]:
    clauses = list(proposal.document.walk())
    levels = Counter(c.level for c in clauses)
    marks = Counter(c.mark for c in clauses)
    out = {
        key: [levels[n], numbering[key]]
        for n, key in enumerate(_LEVELS, 1)
        if isinstance(numbering.get(key), int)
    }
    out |= {
        key: [marks[mark], numbering[key]]
        for key, mark in _MARKS.items()
        if isinstance(numbering.get(key), int)
    }
    return out


def _collective(label: Mapping[str, Any]) -> set[str]:
    listed = {h["name"] for h in label.get("holders", ()) if h.get("collective")}
    return listed | set(label.get("collective_holders", ())) | set(label.get("collective", ()))


def _holders(proposal: Proposal, label: Mapping[str, Any]) -> dict[str, Any]:
    """Named holders as sets.

    Right: a labelled name that was found, as a unit, a post (市级河长) or a government (各区政府); a labelled collective
    must not be found as a unit. Extra: a unit found that the label names nowhere. Classes of bodies found beyond the
    label (有关部门, 相关主管部门) are no names and count neither way.
    """
    collective = _collective(label)
    expected = {h["name"] for h in label.get("holders", ()) if h.get("verbatim", True)} - collective
    others = {
        h["name"]
        for key in ("non_department_holders", "internal_offices")
        for h in label.get(key, ())
        if isinstance(h, Mapping)
    }
    others |= {str(name) for name in label.get("plain_text_holders", ())}
    units = {h.name for h in proposal.named}
    held = {h.name for h in proposal.holders if h.role is not Role.CO_ACT}
    right = expected & held
    extra = units - expected - (others - collective)
    return {
        "precision": _share(len(right), len(right) + len(extra)),
        "recall": _share(len(right), len(expected)),
        "missing": sorted(expected - held),
        "extra": sorted(extra),
        "collective_as_unit": sorted(units & collective),
        "right": len(right),
        "found": len(right) + len(extra),
        "expected": len(expected),
    }


def _brackets(found: Sequence[Bracket], tasks: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """Each labelled bracket against the found one with the same words, in order."""
    waiting: dict[str, list[Bracket]] = {}
    for bracket in found:
        waiting.setdefault(_plain(bracket.text), []).append(bracket)
    right = wanted = roles_right = 0
    given = sum(len({h.name for h in b.holders}) for b in found)
    for task in tasks:
        expected = {
            name: _ROLES.get(role, Role.UNKNOWN) for role, names in task["roles"].items() for name in names
        }
        same = waiting.get(_plain(task["bracket"]), [])
        holders = {h.name: h.role for h in same.pop(0).holders} if same else {}
        wanted += len(expected)
        right += len(expected.keys() & holders.keys())
        roles_right += sum(1 for name, role in expected.items() if holders.get(name) is role)
    return {
        "precision": _share(right, given),
        "recall": _share(right, wanted),
        "role_accuracy": _share(roles_right, right),
    }


def _plain(text: str) -> str:
    return text.strip().strip("（）()").replace(" ", "").replace("\u3000", "").replace("\n", "")


def _counts(proposal: Proposal, label: Mapping[str, Any]) -> dict[str, list[int]]:
    counts = proposal.counts()
    entries = {c.ref: c for c in proposal.candidates if c.basis is Basis.COLON and c.units}
    rows = {c.ref for c in proposal.candidates if c.basis is Basis.COLUMN}
    figures = {
        "n_member_departments": len(proposal.members),
        "n_named_member_units": len(proposal.members),
        "n_numbered_entries": len(entries),
        "n_joint_entries": sum(1 for c in entries.values() if len(c.units) > 1),
        "n_distinct_duty_segments": counts["segments"],
        "n_unit_duty_pairs": counts["pairs"],
        "n_task_brackets": len(proposal.brackets),
        "n_unique_holders_named": counts["units"],
        "n_unique_holders_collective": len(
            {h.name for b in proposal.brackets for h in b.holders if h.sort is not Sort.UNIT}
        ),
        "n_units": counts["units"],
        "n_scoring_units": counts["units"],
        "n_scored_items_section2": sum(1 for c in proposal.candidates if c.units and c.basis is Basis.COLUMN),
    }
    out = {key: [value, label[key]] for key, value in figures.items() if isinstance(label.get(key), int)}
    if isinstance(label.get("table"), Mapping) and isinstance(label["table"].get("tasks"), int):
        out["table.tasks"] = [len(rows), label["table"]["tasks"]]
    items = _duty_items(proposal.candidates, label.get("holders", ()))
    return out | ({"duty_items": items} if items[1] else {})


def _duty_items(candidates: Sequence[Candidate], holders: Sequence[Mapping[str, Any]]) -> list[int]:
    """How many labelled holders have exactly the labelled number of duties in the labelled clauses."""
    found: Counter[tuple[str, ClauseRef]] = Counter(
        (h.name, c.ref) for c in candidates for h in c.holders if h.role is not Role.CO_ACT
    )
    right = asked = 0
    for holder in holders:
        if not isinstance(holder.get("duty_items"), int) or not holder.get("verbatim", True):
            continue
        try:
            refs = {ClauseRef.parse(text) for text in holder.get("clauses", ())}
        except ValueError:  # the label gives a range in words
            continue
        asked += 1
        right += sum(found[holder["name"], ref] for ref in refs) == holder["duty_items"]
    return [right, asked]


def _deadlines(candidates: Sequence[Candidate], deadlines: Sequence[Mapping[str, Any]]) -> list[int]:
    """Found or not, reported only: some of the words of a found recurrence stand in the label's text."""
    words = {
        w
        for c in candidates
        for w in (c.recurrence.words, c.recurrence.due, c.recurrence.at_least, c.recurrence.prompt)
        if w
    }
    return [sum(1 for d in deadlines if any(w in d["text"] for w in words)), len(deadlines)]
