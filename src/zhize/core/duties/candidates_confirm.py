"""A person's confirmations laid over the reader's proposal, by key (clause path # segment)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..regulation.proposal import Candidate, Proposal
from .natures import Nature

NATURES = frozenset(nature.value for nature in Nature)
TITLE_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A duty as confirmed: the candidate it rests on, and what the person decided."""

    candidate: Candidate
    title: str
    holders: tuple[str, ...]
    kind: str
    nature: str
    recurrence: Mapping[str, Any] | None = None
    configured: bool = False
    basis: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Replay:
    """What came of it. `problems` say where, what is wrong, what to do; `open` are candidates nobody has confirmed."""

    duties: tuple[Confirmed, ...] = ()
    open: tuple[Candidate, ...] = ()
    problems: tuple[str, ...] = field(default=())


def replay(proposal: Proposal, confirmations: Mapping[str, Any]) -> Replay:
    """Lay confirmations over a proposal. Never raises: what does not fit is a problem in words, the rest stands.

    A key the proposal lacks, a holder the text does not name, an unknown nature or kind, a date without
    `configured` (the text holds no date) are problems.
    """
    by_key = {c.key: c for c in proposal.candidates}
    names = {h.name for h in proposal.holders} | {m.name for m in proposal.members}
    duties: list[Confirmed] = []
    problems: list[str] = []
    for key, given in confirmations.items():
        candidate = by_key.get(str(key))
        if candidate is None:
            problems.append(f"{key}：读出的结果里没有这一段，确认无处落；请对照原文改键，或删去这一条")
            continue
        found = _faults(str(key), given, names)
        problems.extend(found)
        if not found:
            duties.append(_confirmed(candidate, given))
    done = {str(key) for key in confirmations}
    return Replay(tuple(duties), tuple(c for c in proposal.candidates if c.key not in done), tuple(problems))


def _faults(key: str, given: object, names: set[str]) -> list[str]:
    if not isinstance(given, Mapping):
        return [f"{key}：应写成 title、holders、kind、nature 各一项"]
    out = []
    title, nature = str(given.get("title", "")), given.get("nature")
    if not 1 <= len(title) <= TITLE_LENGTH:
        out.append(f"{key}：短标题“{title}”有{len(title)}字，列表里放不下；请改到1至{TITLE_LENGTH}字")
    if nature not in NATURES:
        out.append(f"{key}：性质“{nature}”不认得；请从{'、'.join(sorted(NATURES))}中选一种")
    holders = given.get("holders")
    if not isinstance(holders, list) or not holders:
        out.append(f"{key}：没有写责任主体，这一段会成为责任空白；请写 holders")
    elif strangers := [h for h in holders if h not in names]:
        out.append(f"{key}：文件里没有“{'、'.join(map(str, strangers))}”；请按原文写法填写")
    if given.get("recurrence") is not None and not (given.get("configured") and given.get("basis")):
        out.append(f"{key}：写了周期或期限而未注明是办公室设定；原文没有日期，请补 configured: true 和 basis")
    return out


def _confirmed(candidate: Candidate, given: Mapping[str, Any]) -> Confirmed:
    return Confirmed(
        candidate=candidate,
        title=str(given["title"]),
        holders=tuple(given["holders"]),
        kind=str(given.get("kind", candidate.kind)),
        nature=str(given["nature"]),
        recurrence=given.get("recurrence"),
        configured=bool(given.get("configured")),
        basis=str(given.get("basis", "")),
        note=str(given.get("note", "")),
    )
