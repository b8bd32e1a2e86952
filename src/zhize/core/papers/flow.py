"""Which steps before sending a document still lacks: 复核 and 用印, skipped only where the edition allows."""

from __future__ import annotations

from collections.abc import Collection, Mapping

RECHECK, SEAL = "recheck", "seal"
# What lies behind a document in each state after signing.
_DONE: Mapping[str, frozenset[str]] = {
    "signed": frozenset(),
    "rechecked": frozenset({RECHECK}),
    "sealed": frozenset({SEAL}),
}


def lacking(
    state: str,
    kind: str,
    *,
    action: str,
    done: Collection[str] = (),
    may_skip: Mapping[str, Collection[str]],
    has_seal: bool = True,
) -> tuple[str, ...]:
    """The steps that must come before `action` (seal or issue) in this state, in their order; empty when it may be taken.

    `may_skip` says for each step which kinds may go without it (rules/documents/flow.yaml); an issuer without a seal
    seals nothing. `done` are steps taken earlier, since a sealed document may have been rechecked before.

    >>> lacking("signed", "notice", action="issue", may_skip={"recheck": ["minutes"], "seal": ["minutes"]})
    ('recheck', 'seal')
    """
    behind = _DONE.get(state, frozenset()) | set(done)
    wanted = [RECHECK] if action == SEAL else [RECHECK, SEAL] if has_seal else [RECHECK]
    return tuple(step for step in wanted if step not in behind and kind not in may_skip.get(step, ()))
