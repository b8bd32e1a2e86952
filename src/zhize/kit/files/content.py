"""The words in a file: what the reader of regulations gets from an upload."""

from __future__ import annotations

from datetime import date
from typing import Any

import docx

from zhize.kit.files.guards import check_file, limits_on
from zhize.kit.files.text import decode


def text_of(upload: Any, *, on: date) -> str:
    """Plain text of an uploaded .txt or .docx, after the guards have passed it; paragraphs and table rows as lines.

    Word's automatic numbering is not in the text of a paragraph: numbers made by Word are lost here
    (issue: reading of .docx with its numbering). Raises `BadInput` for any other type.
    """
    checked = check_file(
        upload.file,
        name=upload.name or "",
        size=upload.size,
        limits=limits_on(on),
        on=on,
        only=["txt", "docx"],
    )
    upload.file.seek(0)
    if checked.kind == "docx":
        return "\n".join(_lines(docx.Document(upload.file)))
    return decode(upload.file.read(), checked.name)


def _lines(document: Any) -> list[str]:
    lines: list[str] = []
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            lines += [
                "| " + " | ".join(cell.text.replace("\n", " ") for cell in row.cells) + " |"
                for row in block.rows
            ]
        else:
            lines.append(block.text)
    return lines
