"""撤销, 废止, 更正: what a later document does to an earlier one, and what may still follow."""

from __future__ import annotations

from collections.abc import Collection

REVOKE, REPEAL, CORRECT = "revoke", "repeal", "correct"
ACTS = (REVOKE, REPEAL, CORRECT)
WORDS = {REVOKE: "撤销", REPEAL: "废止", CORRECT: "更正"}
# What an act leads to, the gravest first: revoked from the beginning, repealed from a day on, corrected and in force.
STANDING = {REVOKE: "revoked", REPEAL: "repealed", CORRECT: "corrected"}


def standing(acts: Collection[str]) -> str:
    """Where a document stands after these acts went out: "", corrected, repealed or revoked.

    >>> standing(["correct", "repeal"])
    'repealed'
    """
    return next((STANDING[act] for act in ACTS if act in acts), "")


def refusal(acts: Collection[str], act: str) -> str:
    """Why `act` may not follow these acts, in words; empty where it may.

    What was revoked never was: nothing follows. What was repealed may yet be revoked. Corrections may follow each other.
    """
    if REVOKE in acts:
        return "已撤销的公文自始无效，不再撤销、废止或更正"
    if REPEAL in acts and act != REVOKE:
        return f"已废止的公文不能{'再次' if act == REPEAL else ''}{WORDS[act]}"
    return ""
