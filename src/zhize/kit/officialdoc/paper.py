"""A whole document as both writers take it: what stands on the paper, in words, and nothing to look up."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from zhize.kit.officialdoc.blocks import Attachment, Block, clean


class Form(StrEnum):
    """The looks of GB/T 9704: the general form, the letter (信函), minutes (纪要), and the bulletin of practice (简报).

    A sheet (文表) is no issued document: title and text in the same layout, without letterhead, number or red line.
    """

    DOCUMENT = "document"
    LETTER = "letter"
    MINUTES = "minutes"
    BULLETIN = "bulletin"
    SHEET = "sheet"


@dataclass(frozen=True, slots=True)
class Signature:
    """署名 and 成文日期; `sealed` where a seal is put on it (the date then stands four characters from the right)."""

    name: str = ""
    day: str = ""
    sealed: bool = True


@dataclass(frozen=True, slots=True)
class Imprint:
    """版记: 抄送, 印发机关, 印发日期."""

    copies: str = ""
    organ: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """`letterhead`: 发文机关标志; `number`: 文号 or 第X期; `signer`: 签发人, on upward documents only."""

    title: str
    body: tuple[Block, ...]
    form: Form = Form.DOCUMENT
    letterhead: str = ""
    number: str = ""
    signer: str = ""
    organ: str = ""
    day: str = ""
    addressees: str = ""
    signature: Signature | None = None
    imprint: Imprint | None = None
    note: str = ""

    def __post_init__(self) -> None:
        for name in ("title", "letterhead", "number", "signer", "organ", "day", "addressees", "note"):
            object.__setattr__(self, name, clean(getattr(self, name)).strip())

    @property
    def upward(self) -> bool:
        return bool(self.signer)


@dataclass(frozen=True, slots=True)
class Appendix:
    """An attachment with what belongs to it; `label` is 附件 or 附件2."""

    label: str
    title: str
    blocks: tuple[Block, ...] = field(default=())


def text_and_appendices(blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], tuple[Appendix, ...]]:
    """The text before the first attachment, and the attachments; one alone carries no number."""
    starts = [n for n, block in enumerate(blocks) if isinstance(block, Attachment)]
    if not starts:
        return blocks, ()
    ends = [*starts[1:], len(blocks)]
    found = []
    for number, (start, end) in enumerate(zip(starts, ends, strict=True), 1):
        head = blocks[start]
        assert isinstance(head, Attachment)
        label = f"附件{number}" if len(starts) > 1 else "附件"
        found.append(Appendix(label, head.title, blocks[start + 1 : end]))
    return blocks[: starts[0]], tuple(found)


def attachment_lines(appendices: tuple[Appendix, ...]) -> list[str]:
    """附件：1.… as it stands under the text, without the full stop at the end."""
    if len(appendices) == 1:
        return [f"附件：{appendices[0].title.rstrip('。')}"]
    return [
        f"{'附件：' if n == 1 else '　　　'}{n}.{one.title.rstrip('。')}"
        for n, one in enumerate(appendices, 1)
    ]
