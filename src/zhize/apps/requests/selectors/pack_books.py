"""报送包 going out: the workbook of one unit, all workbooks of a call as one archive."""

from __future__ import annotations

import zipfile
from typing import IO

from zhize.apps.requests import policies
from zhize.apps.requests.mapping.pack_book import pack_bytes
from zhize.apps.requests.models import Call, UnitRequest
from zhize.apps.requests.selectors.calls import pack_content
from zhize.apps.requests.selectors.known import known_values
from zhize.apps.requests.selectors.packs import packs_due
from zhize.kit.actor import Actor

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def pack_name(row: UnitRequest) -> str:
    return f"{row.unit.name}-{row.call.title[:40]}.xlsx".replace("/", "／")


def pack_book(actor: Actor, row: UnitRequest) -> bytes:
    """The unit's own draft for itself; for the office only what the product knows of the unit."""
    own, pack = policies.may_read_draft(actor, row), pack_content(row.call)
    if own:
        known = {**known_values(row, set(row.answers)), **row.answers, "statement": row.statement}
    else:
        known = known_values(row, set())
    return pack_bytes(row, known, actor, pack.table(row, own) if pack else None)


def packs_archive(actor: Actor, call: Call, target: IO[bytes]) -> None:
    """A workbook for each unit that has not handed in, written into `target` one after the other."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for number, row in enumerate(packs_due(actor, call).iterator(chunk_size=200), 1):
            archive.writestr(f"{number:03d}-{pack_name(row)}", pack_book(actor, row))
