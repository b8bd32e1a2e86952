"""Documents for the tests of the writers, and what is read back from their pages."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf

from zhize.kit.officialdoc import (
    Attachment,
    Imprint,
    Layout,
    Paper,
    Run,
    Signature,
    heading,
    numbered,
    para,
    table,
)
from zhize.kit.rules import shipped

SOFFICE = shutil.which("soffice")
# Sample: the page number under the text, — 3 —, with or without the blanks that extraction keeps.
PAGE_NUMBER = re.compile(r"^\s*—\s*\d+\s*—\s*$")
ODD = "\x00\x01\x0b\x1f\x7f\x9f\ud800\ufdd0\ufffe\uffff\u2028"


def layout(on: date = date(2012, 7, 20)) -> Layout:
    """The shipped layout on a day, without a database."""
    entries = shipped("documents/layout").entries
    return Layout.model_validate({key: entry.on(on).value for key, entry in entries.items()})  # type: ignore[union-attr]


def full(pages: int = 4) -> Paper:
    """One paragraph of one character that fills pages, to count lines and characters."""
    return Paper(title="量", body=(para("测" * 28 * 22 * pages),))


def notice(**change: Any) -> Paper:
    """A notice with every part: headings of four levels, a figure, a table over pages, two attachments."""
    body = numbered(
        [
            para("现将计划印发给你们。"),
            heading("总体要求"),
            heading("加强领导。各部门要切实负起责任。", 2),
            heading("建立台账。", 3),
            heading("按月更新。", 4),
            para("合格率达到", Run("92.5%", "metrics.observation:3"), "，喆昇赟等字齐全。"),
            Attachment("任务分解表"),
            table(["序号", "任务"], [[str(n), f"任务{n}"] for n in range(1, 80)], "表1 任务"),
            Attachment("指标表"),
            para("说明。"),
        ]
    )
    values: dict[str, Any] = {
        "title": "关于印发2012年全省质量振兴工作计划的通知",
        "body": body,
        "letterhead": "甘肃省推进质量振兴工作领导小组办公室文件",
        "number": "甘质振办〔2012〕3号",
        "organ": "领导小组办公室",
        "day": "2012年7月20日",
        "addressees": "省质监局、省工商局",
        "signature": Signature("领导小组办公室", "2012年7月20日"),
        "imprint": Imprint("省政府办公厅", "领导小组办公室", "2012年7月21日"),
    }
    return Paper(**values | change)


@cache
def pages(pdf: bytes) -> list[list[str]]:
    """The lines of text of each page, without page numbers; blanks that extraction puts in are taken out."""
    found = []
    for page in pypdf.PdfReader(BytesIO(pdf)).pages:
        lines = (page.extract_text() or "").splitlines()
        kept = [re.sub(r"\s", "", line) for line in lines if line.strip() and not PAGE_NUMBER.match(line)]
        found.append(kept)
    return found


def printed(docx: bytes, folder: Path) -> bytes:
    """The .docx as LibreOffice prints it."""
    source = folder / "paper.docx"
    source.write_bytes(docx)
    profile = (folder / "profile").as_uri()
    command = [str(SOFFICE), f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return source.with_suffix(".pdf").read_bytes()
