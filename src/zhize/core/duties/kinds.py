"""What kind of work a duty is, and how anyone could tell that it was done: proposals from its words."""

from __future__ import annotations

from ..regulation.holders import Sort
from ..regulation.lexicon import Lexicon
from ..regulation.proposal import Recurrence
from .natures import Nature

OTHER = "other"
PERIODIC, ONCE, COUNTED, STANDING = Nature.PERIODIC, Nature.ONCE, Nature.COUNTED, Nature.STANDING


def kind_of(folded: str, lexicon: Lexicon) -> tuple[str, str]:
    """The kind and the word that decided. The kind with most words in the text wins; of equals, the one listed first."""
    best, word, most = OTHER, "", 0
    for code, _, words in lexicon.kinds:
        hits = [w for w in words if w in folded]
        if len(hits) > most:
            best, word, most = code, hits[0], len(hits)
    return best, word


def recurrence_of(folded: str, lexicon: Lexicon) -> Recurrence:
    """Every when, by when. What only looks like a date (定期存款, 18：00, 2011—2020年) is put aside first."""
    plain = lexicon.not_dates.sub(lambda m: "　" * len(m.group()), folded)
    every, words = next(
        ((name, m.group()) for name, pattern in lexicon.recurring.items() if (m := pattern.search(plain))),
        ("", ""),
    )
    due, least, prompt = (
        lexicon.due.search(plain),
        lexicon.at_least.search(plain),
        lexicon.prompt.search(plain),
    )
    return Recurrence(
        every,
        words,
        due.group() if due else "",
        least.group() if least else "",
        prompt.group() if prompt else "",
    )


def nature_of(
    folded: str, kind: str, recurrence: Recurrence, sorts: frozenset[Sort], lexicon: Lexicon
) -> tuple[Nature, str]:
    """One of the four natures and why. Nothing in the words: standing, since a file a year for a stance is formalism."""
    for nature in (PERIODIC, ONCE):
        if hit := next((w for w in lexicon.natures[nature.value] if w in folded), ""):
            return nature, f"文字有“{hit}”"
    if recurrence.every:
        return PERIODIC, "文字写明周期"
    if recurrence.due:
        return ONCE, f"文字写明期限“{recurrence.due}”"
    hit = next((w for w in lexicon.natures[COUNTED.value] if w in folded), "")
    if hit and sorts <= {Sort.UNIT, Sort.INTERNAL}:
        return COUNTED, f"“{hit}”可按台账计数"
    return STANDING, "无周期、期限，也不便计数，按常态履职"
