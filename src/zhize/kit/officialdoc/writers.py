"""The two writers by the ending of the file they make."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from zhize.kit.officialdoc.layout import Layout
from zhize.kit.officialdoc.paper import Paper
from zhize.kit.officialdoc.pdf import pdf_bytes
from zhize.kit.officialdoc.word import docx_bytes


@dataclass(frozen=True, slots=True)
class Writer:
    """What makes the file, and how its kind is told to a browser."""

    write: Callable[[Paper, Layout], bytes]
    content_type: str


WRITERS = {
    "docx": Writer(docx_bytes, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": Writer(pdf_bytes, "application/pdf"),
}
