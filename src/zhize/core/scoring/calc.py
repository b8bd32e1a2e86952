"""Plain data in, plain data out: what `zhize calc scoring.score` runs, what a round freezes and what recomputes it.

Input as in the JSON schema of docs/algorithms/scoring.md. Figures are whole or exact text, in and out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from ..kernel.fields import Fields
from ..kernel.trace import plain
from .burden import burden_from
from .explain import grade_blocks, lost_points
from .facts import objects_from
from .findings import Finding, findings
from .numbers import shown
from .outcome import ObjectScore, RoundScore, Scored
from .reading import scheme_from
from .scheme import ALGORITHM, Scheme
from .score import score_round
from .writing import digest_of

DOORS = ("scheme", "objects", "burden")


def calc_score(data: object) -> dict[str, object]:
    """Method `scoring.score`: {scheme, objects, burden} → scores, grades, findings, warnings, traces."""
    fields = Fields(data, DOORS)
    scheme = scheme_from(fields.data.get("scheme"))
    objects = objects_from(fields.data.get("objects") or [])
    burden = burden_from(fields.data.get("burden") or [])
    result = score_round(scheme, objects)
    return {**result_mapping(scheme, result), "findings": finding_rows(findings(scheme, burden)), "trace": result.trace.as_dict()}  # fmt: skip


def result_mapping(scheme: Scheme, result: RoundScore) -> dict[str, object]:
    """The figures of a round without traces: what is published, frozen and compared."""
    return {
        "algorithm": ALGORITHM,
        "scheme": {"code": scheme.code, "title": scheme.title, "sha256": digest_of(scheme)},
        "objects": [object_row(one) for one in result.objects],
        "grades": [
            {"code": block.code, "label": block.label, "objects": list(block.names), "words": block.words}
            for block in grade_blocks(scheme, result.objects)
        ],
        "warnings": list(result.warnings),
    }


def object_row(one: ObjectScore) -> dict[str, object]:
    return {
        "id": one.id,
        "name": one.name,
        "state": one.state.value,
        "total": figure(one.total),
        "published": None if one.published is None else format(one.published, "f"),
        "so_far": figure(one.root.so_far),
        "grade": one.grade,
        "ungraded": one.ungraded,
        "before_veto": one.before_veto,
        "vetoes": list(one.vetoes),
        "place": one.place,
        "demands": list(one.demands),
        "lost": [{"code": row.code, "lost": row.lost, "words": row.words} for row in lost_points(one)],
        "parts": [part_row(part) for _, part in one.root.walk() if part.code],
    }


def part_row(part: Scored) -> dict[str, object]:
    return {
        "code": part.code,
        "state": part.state.value,
        "points": figure(part.points),
        "score": figure(part.score),
        "words": part.words,
    }


def figure(value: Fraction | None) -> str | None:
    """Exact text where the figure ends, else twelve places."""
    return None if value is None else str(plain(shown(value)))


def finding_rows(found: Sequence[Finding]) -> list[dict[str, str]]:
    return [
        {
            "code": one.code,
            "weight": one.weight.value,
            "where": one.where,
            "what": one.what,
            "remedy": one.remedy,
        }
        for one in found
    ]


def differences(before: object, after: object, where: str = "") -> list[str]:
    """Where two results differ, by place, in words; empty where they are the same."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        return [
            text
            for name in [*before, *(name for name in after if name not in before)]
            for text in differences(
                before.get(name), after.get(name), f"{where}.{name}" if where else str(name)
            )
        ]
    if isinstance(before, list) and isinstance(after, list):
        if len(before) != len(after):
            return [f"{where}：原有{len(before)}项，重算{len(after)}项"]
        return [
            text
            for number, (one, other) in enumerate(zip(before, after, strict=True), 1)
            for text in differences(one, other, f"{where}[{_name(one, number)}]")
        ]
    return [] if before == after else [f"{where}：原为{_said(before)}，重算为{_said(after)}"]


def _name(one: object, number: int) -> object:
    """A row by what it is called, not by its number, where it has a name."""
    return (one.get("id") or one.get("code") or number) if isinstance(one, Mapping) else number


def _said(value: object) -> str:
    return "无" if value is None else f"“{value}”"
