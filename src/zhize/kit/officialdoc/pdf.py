"""The PDF writer: Typst, with the fonts that come with the software only (ADR 0013)."""

from __future__ import annotations

import json
import threading
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn as shipped
import typst
from django.conf import settings

from zhize.kit.officialdoc.blocks import Attachment, Block, Paragraph, Table
from zhize.kit.officialdoc.layout import Layout
from zhize.kit.officialdoc.paper import Imprint, Paper, attachment_lines, text_and_appendices
from zhize.kit.officialdoc.parts import (
    column_weights,
    is_heading,
    kept_with_signature,
    letterhead_fit,
    pieces,
    sides_size,
    signature_indents,
    title_lines,
)

SOURCE = Path(__file__).with_name("paper.typ")
SERIF, SANS = "Noto Serif SC", "Noto Sans SC"
_lock = threading.Lock()


def pdf_bytes(paper: Paper, layout: Layout) -> bytes:
    """The document as PDF; the same document gives the same bytes. About 20 ms once the compiler is warm."""
    data = json.dumps(_data(paper, layout), ensure_ascii=False)
    with _lock:  # one compiler a process, reused: its fonts are read once
        return bytes(_compiler().compile(format="pdf", sys_inputs={"paper": data}))


@lru_cache(maxsize=1)
def _compiler() -> Any:
    folders = [str(Path(shipped.serif_path()).parent)]
    local = Path(settings.ZHIZE_HOME, "fonts")
    if local.is_dir():
        folders.insert(0, str(local))
    return typst.Compiler(
        str(SOURCE), root=str(SOURCE.parent), font_paths=folders, ignore_system_fonts=True, sys_inputs={}
    )


def _data(paper: Paper, layout: Layout) -> dict[str, Any]:
    """All that paper.typ reads: nothing is worked out there that could be worked out here."""
    body, appendices = text_and_appendices(paper.body)
    size, scale = letterhead_fit(paper.letterhead, layout)
    local = list(layout.local_fonts)
    signature = None
    if paper.signature:
        name_in, day_in = signature_indents(paper.signature)
        signature = asdict(paper.signature) | {"name_in": name_in, "day_in": day_in}
    return {
        "layout": layout.model_dump(mode="json"),
        "fonts": {
            "body": [*local, SERIF],
            "first": [SANS],
            "second": [*local, SERIF],
            "title": [*local, SERIF],
        },
        "form": paper.form.value,
        "letterhead": {"text": paper.letterhead, "size": size, "scale": scale},
        "number": paper.number,
        "signer": paper.signer.strip() if paper.upward else None,
        "organ": paper.organ,
        "sides_size": sides_size(layout, layout.body_size, paper.organ, paper.day),
        "day": paper.day,
        "title": paper.title,
        "title_lines": title_lines(paper.title, layout),
        "addressees": paper.addressees,
        "body": [_block(block) for block in body],
        "keep_last": kept_with_signature(body, paper.signature),
        "attachments": attachment_lines(appendices) if appendices else [],
        "appendices": [
            {
                "label": one.label,
                "title_lines": title_lines(one.title, layout),
                "blocks": [_block(block) for block in one.blocks],
            }
            for one in appendices
        ],
        "signature": signature,
        "imprint": _imprint(paper.imprint, layout) if paper.imprint else None,
        "note": paper.note,
    }


def _imprint(imprint: Imprint, layout: Layout) -> dict[str, Any]:
    size = sides_size(layout, layout.small_size, imprint.organ, f"{imprint.day}印发")
    return asdict(imprint) | {"size": size}


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Paragraph():
            words = [asdict(piece) for piece in pieces(block)]
            return {"kind": "paragraph", "pieces": words, "heading": is_heading(block)}
        case Table():
            return {
                "kind": "table",
                "caption": block.caption,
                "widths": column_weights(block),
                "head": [cell.text for cell in block.head],
                "rows": [[cell.text for cell in row] for row in block.rows],
            }
        case Attachment():
            raise AssertionError("attachments were taken apart before")
