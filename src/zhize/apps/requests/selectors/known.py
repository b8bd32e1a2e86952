"""What the product knows of an answer before anybody writes: the unit's own data of the period, its last answer."""

from __future__ import annotations

from typing import Any

from zhize.apps.requests import mapping
from zhize.apps.requests.models import UnitRequest
from zhize.apps.requests.selectors.replies import last_answers
from zhize.kit import contributions


def known_values(request: UnitRequest, filled: set[str]) -> dict[str, Any]:
    """What the product can fill in of the fields not `filled` yet, by the way each is marked for. Reads `call__year` joined."""
    empty = [a for a in mapping.asked_of(request.call.form) if a.prefill and a.name not in filled]
    values: dict[str, Any] = {}
    if any(a.prefill == mapping.DIGEST for a in empty):
        words = digest_words(request)
        values |= {a.name: _cut(words, a) for a in empty if a.prefill == mapping.DIGEST and words}
    if any(a.prefill == mapping.LAST for a in empty):
        last = last_answers(request)
        values |= {a.name: last[a.name] for a in empty if a.prefill == mapping.LAST and a.name in last}
    return values


def digest_words(request: UnitRequest) -> str:
    """What the apps know of the unit's period, as the draft of a summary; empty where they know nothing."""
    start = request.call.period_start or request.call.year.starts_on
    end = request.call.period_end or request.call.year.ends_on
    parts = [
        digest
        for source in contributions.digests.items()
        if (digest := source.load(request.unit_id, request.jurisdiction_id, start, end)) and digest.lines
    ]
    numbered = zip("一二三四五六七八九十", parts, strict=False)
    return "\n".join(
        f"{mark}、{part.heading}\n" + "\n".join(f"{n}. {line}" for n, line in enumerate(part.lines, 1))
        for mark, part in numbered
    )


def _cut(words: str, asked: mapping.Asked) -> str:
    most = asked.spec.max_length or 2_000
    return words if len(words) <= most else words[: most - 1] + "…"
