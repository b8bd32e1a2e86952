"""Official documents (公文): one block model, two writers (.docx and PDF) in the layout of GB/T 9704 (ADR 0013)."""

from zhize.kit.officialdoc.blocks import (
    Attachment,
    Block,
    Paragraph,
    Run,
    Table,
    clean,
    from_json,
    heading,
    numbered,
    para,
    refs_of,
    runs_of,
    table,
    to_json,
)
from zhize.kit.officialdoc.layout import Layout, layout_on
from zhize.kit.officialdoc.paper import Form, Imprint, Paper, Signature

__all__ = [
    "Attachment",
    "Block",
    "Form",
    "Imprint",
    "Layout",
    "Paper",
    "Paragraph",
    "Run",
    "Signature",
    "Table",
    "clean",
    "from_json",
    "heading",
    "layout_on",
    "numbered",
    "para",
    "refs_of",
    "runs_of",
    "table",
    "to_json",
]
