"""From an upload to the words in it, after the guards have passed it."""

from __future__ import annotations

from datetime import date
from typing import Any

from zhize.kit.files.guards import check_file, check_size, clean_name, limits_on
from zhize.kit.files.sniff import extension
from zhize.kit.files.text import decode
from zhize.kit.reading.html import html_text
from zhize.kit.reading.pdf import pdf_text
from zhize.kit.reading.word import word_text

READABLE = ("txt", "docx", "html", "htm", "pdf")
_PAGES = ("html", "htm")  # read for their words and never kept: what the file store keeps is another matter


def text_of(upload: Any, *, on: date) -> str:
    """Plain text of an uploaded .docx (with Word's own numbers), .html, .pdf or text; paragraphs and table rows as lines.

    Raises `BadInput` for any other type, and where a file holds no words.
    """
    limits, name = limits_on(on), clean_name(upload.name or "")
    if extension(name) in _PAGES:
        check_size(upload.size, limits, f"文件“{name}”")
        return html_text(decode(upload.file.read(), f"文件“{name}”"))
    only = [kind for kind in READABLE if kind not in _PAGES]
    checked = check_file(upload.file, name=name, size=upload.size, limits=limits, on=on, only=only)
    upload.file.seek(0)
    match checked.kind:
        case "docx":
            return word_text(upload.file, name)
        case "pdf":
            return pdf_text(upload.file, name)
    return decode(upload.file.read(), name)
