"""A document as its page shows it on a sheet of paper: words in their faces, figures as links to their source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from zhize.core.papers.headings import SECOND, lead
from zhize.kit.actor import Actor
from zhize.kit.officialdoc import Block, Layout, Paper, Paragraph, Run, Table, refs_of
from zhize.kit.officialdoc.paper import attachment_lines, text_and_appendices
from zhize.kit.officialdoc.parts import POINTS, letterhead_fit, width
from zhize.kit.things import ThingCard, ThingRef, resolve


@dataclass(frozen=True, slots=True)
class Word:
    """A piece of text with where it leads; `strong` for the words of a （一） heading before its sentences."""

    text: str
    url: str = ""
    label: str = ""
    strong: bool = False


def sheet_of(paper: Paper, layout: Layout, actor: Actor) -> dict[str, Any]:
    """What templates/documents/_paper.html shows: one statement for each sort of thing the figures come from."""
    body, appendices = text_and_appendices(paper.body)
    cards = resolve(actor, _refs(paper.body))
    size, scale = letterhead_fit(paper.letterhead, layout)
    return {
        "paper": paper,
        # Words of the paper itself, in its own language whatever the reader's.
        "signer": f"签发人：{paper.signer}",
        "copies": f"抄送：{paper.imprint.copies}。" if paper.imprint else "",
        "printed": f"{paper.imprint.day}印发" if paper.imprint else "",
        "letterhead": (size, scale, round(width(paper.letterhead) * size * scale, 1)),
        "width": round(layout.text_width * POINTS, 1),
        "body": [_block(block, cards) for block in body],
        "attachments": attachment_lines(appendices) if appendices else [],
        "appendices": [
            {"label": one.label, "title": one.title, "blocks": [_block(block, cards) for block in one.blocks]}
            for one in appendices
        ],
    }


def _refs(blocks: tuple[Block, ...]) -> list[ThingRef]:
    found = []
    for text in refs_of(blocks):
        kind, _colon, number = text.rpartition(":")
        if kind and number.isdigit():
            found.append(ThingRef(kind, int(number)))
    return found


def _block(block: Block, cards: dict[ThingRef, ThingCard]) -> dict[str, Any]:
    links = {str(ref): card for ref, card in cards.items()}
    match block:
        case Paragraph():
            return {"kind": "paragraph", "level": block.level, "words": _words(block, links)}
        case Table():
            return {
                "kind": "table",
                "caption": block.caption,
                "head": [_word(run, links) for run in block.head],
                "rows": [[_word(run, links) for run in row] for row in block.rows],
            }
    raise AssertionError("attachments were taken apart before")


def _words(block: Paragraph, links: dict[str, ThingCard]) -> list[Word]:
    """Runs as words; a （一） heading is cut after its first full stop, where the sentences begin."""
    cut = lead(block.text) if block.level == SECOND else 0
    words: list[Word] = []
    for run in block.runs:
        head, tail = run.text[:cut], run.text[cut:]
        cut = max(0, cut - len(run.text))
        words += [
            _word(Run(part, run.ref), links, strong) for part, strong in ((head, True), (tail, False)) if part
        ]
    return words


def _word(run: Run, links: dict[str, ThingCard], strong: bool = False) -> Word:
    card = links.get(run.ref)
    return Word(run.text, card.url if card else "", card.label if card else "", strong)
