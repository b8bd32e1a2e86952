"""A text PDF as plain text: the lines of its pages joined to paragraphs. A scan has no words: that is said."""

from __future__ import annotations

import re
from typing import BinaryIO

from pypdf import PdfReader
from pypdf.errors import PdfReadError

from zhize.kit.errors import BadInput

PAGES = 300
# What begins a new paragraph. Samples: 第三条, 一、, （二）, 3., 3．, 附件：, 抄送：
_BEGINS = re.compile(
    r"\s*(?:第[〇零一二三四五六七八九十百\d]+[章节条]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d{1,3}[.．、]|附件|抄送)"
)
# A page's own number: — 3 —, - 3 -, 第3页, 3
_PAGE = re.compile(r"\s*(?:[—－–-]+\s*\d{1,4}\s*[—－–-]+|第\s*\d+\s*页(?:\s*共\s*\d+\s*页)?|\d{1,4})\s*")
_ENDS = "。：；！？.:;!?”）》"


def pdf_text(file: BinaryIO, name: str = "") -> str:
    """The words of a PDF. Raises `BadInput` for a scan, a damaged or an encrypted file, or more than 300 pages."""
    where = f"文件“{name}”" if name else ""
    try:
        reader = PdfReader(file)
        if reader.is_encrypted and not reader.decrypt(""):
            raise BadInput("PDF 有密码", where=where, remedy="请解除密码后再上传，或复制正文粘贴")
        if len(reader.pages) > PAGES:
            raise BadInput(
                f"PDF 有 {len(reader.pages)} 页，超过 {PAGES} 页",
                where=where,
                remedy="请只上传制度本身，附件另行登记",
            )
        pages = [(page.extract_text() or "").splitlines() for page in reader.pages]
    except (PdfReadError, ValueError, KeyError, RecursionError) as error:
        raise BadInput("PDF 读不出文字", where=where, why="内部结构有错", remedy="请复制正文粘贴") from error
    text = "\n".join(paragraphs([[line for line in page if not _PAGE.fullmatch(line)] for page in pages]))
    if not text.strip():
        raise BadInput(
            "PDF 里没有文字",
            where=where,
            why="可能是扫描件，只有图像",
            remedy="请上传 Word 版，或用识别软件转成文字后粘贴",
        )
    return text


def paragraphs(pages: list[list[str]]) -> list[str]:
    """Lines joined where a paragraph runs on: the line is full (near the page's usual width) and does not end a sentence.

    Assumption: body lines of one document have about one width. Risk: a document set in two columns is joined wrongly;
    the person confirming sees it beside the original.
    """
    lines = [line.strip(" \u3000\t") for page in pages for line in page if line.strip(" \u3000\t")]
    widths = sorted((_width(line) for line in lines), reverse=True)
    full = widths[len(widths) // 10] * 0.85 if widths else 0
    joined: list[str] = []
    runs_on = False
    for line in lines:
        if runs_on and not _BEGINS.match(line):
            joined[-1] += line
        else:
            joined.append(line)
        runs_on = _width(line) >= full and (not line.endswith(tuple(_ENDS)) or _width(line) >= full * 1.12)
    return joined


def _width(line: str) -> float:
    return sum(1.0 if ord(c) > 0x2E80 else 0.5 for c in line)
