"""Workbooks as units send them back: made by the product, filled in and spoiled by hand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.world import World

from zhize.apps.requests.mapping.pack_book import pack_bytes
from zhize.apps.requests.mapping.pack_opening import SHEET
from zhize.apps.requests.models import Call, PackFile, PackRun
from zhize.apps.requests.services import packs_open, packs_read

Spoil = Callable[[openpyxl.Workbook], None]
DONE = {"工作情况 *": "开展了监督抽查。", "抽查批次（批） *": 120, "会议日期": "2012-02-20"}


def filled(
    call: Call, world: World, unit: str, values: Mapping[str, Any] | None = None, spoil: Spoil | None = None
) -> bytes:
    """The unit's workbook with these values by label, then spoiled."""
    from tests.requests.conftest import of

    book = openpyxl.load_workbook(io.BytesIO(pack_bytes(of(call, world, unit), {}, world.actor("office"))))
    sheet = book[SHEET]
    for row in sheet.iter_rows(min_row=6):
        if row[0].value in (wanted := DONE if values is None else values):
            row[1].value = wanted[row[0].value]
    if spoil:
        spoil(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def upload(content: bytes, name: str = "报送.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def zipped(files: Mapping[str, bytes]) -> SimpleUploadedFile:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return SimpleUploadedFile("收回.zip", out.getvalue())


def dropped(call: Call, world: World, now: datetime, *uploads: Any, received_on: Any = None) -> PackRun:
    """A drop, read."""
    office = world.actor("office")
    run = packs_open(call=call, uploads=uploads, received_on=received_on or now.date(), actor=office, now=now)
    return packs_read(run=run, actor=office, now=now)


def files(run: PackRun) -> Any:
    return PackFile.objects.system("test").filter(run=run).order_by("pk")
