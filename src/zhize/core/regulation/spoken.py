"""A sentence that speaks of several holders, cut into what each of them is to do."""

from __future__ import annotations

from .holders import Basis, Holder, Sort
from .lexicon import Lexicon
from .roles import LeadRule, named_in
from .sentences import cuts
from .subjects import leading_subject, subject_of

Part = tuple[int, int, tuple[Holder, ...]]
_OWN = {Sort.UNIT, Sort.OFFICE, Sort.GROUP}
_LONG = 120  # characters of a piece; longer, it is no mere list of holders


def parts_of(
    text: str, folded: str, begin: int, end: int, rule: LeadRule, lexicon: Lexicon
) -> tuple[Part, ...]:
    """Reads: a sentence, folded[begin:end]. Writes: its parts with their holders; what names nobody goes with the part before.

    市住建局要改造管网；市教育局负责宣传 → two parts. 市住建局要改造管网；加强检查 → one.
    """
    parts: list[Part] = []
    for a, b in cuts(folded, begin, end, "；"):
        for one in _pieces(text, folded, a, b, rule, lexicon):
            begins = not parts or (one[2] and (parts[-1][2] or one[0] == a))
            if begins:
                parts.append(one)
            else:
                parts[-1] = (parts[-1][0], one[1], parts[-1][2] or one[2])
    return tuple(parts) or ((begin, end, ()),)


def _pieces(
    text: str, folded: str, begin: int, end: int, rule: LeadRule, lexicon: Lexicon
) -> tuple[Part, ...]:
    """Reads: the pieces between commas of folded[begin:end] (one ；-part). Writes: parts with their holders.

    市财政局要落实资金，市审计局要加强监督 → a part for each. 由市工信局牵头，市科技局配合，开展诊断 → 开展诊断, for both.
    整治乱搭乱建，市城管局牵头负责，各乡镇配合 → 整治乱搭乱建, for them. Else one part with the sentence's subject, if any.
    """
    pieces = cuts(folded, begin, end, "，")
    if len(pieces) < 2:
        return ((begin, end, subject_of(text, folded, begin, end, lexicon)),)
    said = [_assigned(text, folded, a, b, rule, lexicon) for a, b in pieces]
    first = next((n for n, holders in enumerate(said) if not holders), len(said))
    last = next((n for n in range(len(said), 0, -1) if not said[n - 1]), 0)
    if first and first < len(said):
        return ((pieces[first][0], end, _together(said[:first])),)
    own = subject_of(text, folded, begin, end, lexicon)
    if last and last < len(said) and not own:
        return ((begin, pieces[last - 1][1], _together(said[last:])),)
    parts: list[Part] = [(begin, pieces[0][1], own)]
    for a, b in pieces[1:]:
        found = leading_subject(text, folded, a, b, lexicon) if own else ()
        if (
            found
            and all(h.sort in _OWN for h in found)
            and not {h.start for h in found} & {h.start for h in own}
        ):
            parts.append((a, b, found))
        else:
            parts[-1] = (parts[-1][0], b, parts[-1][2])
    return tuple(parts)


def _assigned(text: str, folded: str, a: int, b: int, rule: LeadRule, lexicon: Lexicon) -> tuple[Holder, ...]:
    """The holders of a piece that says nothing else; none for any other piece."""
    while b > a and folded[b - 1] in "，；。 ":
        b -= 1
    if b - a > _LONG:
        return ()
    named = named_in(text, folded, a, b, Basis.LINE, rule, lexicon, closing=False)
    return named.holders if named else ()


def _together(groups: list[tuple[Holder, ...]]) -> tuple[Holder, ...]:
    return tuple({h.name: h for group in groups for h in group}.values())
