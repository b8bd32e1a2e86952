"""Background work of this app: a set of archived documents as one zip."""

from __future__ import annotations

import csv
import io
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse

from zhize.apps.documents import selectors, services
from zhize.apps.documents.models import OfficialDocument
from zhize.apps.orgs.selectors import own_jurisdiction
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput, NotAllowed
from zhize.kit.exports import csv_cell
from zhize.kit.files.store import open_content
from zhize.kit.jobs import JobResult, Progress

ARCHIVE_ZIP = "documents.archive_zip"
HEAD = ("档号", "标题", "文号", "责任者", "成文日期", "保管期限", "文件", "SHA-256")
NAME = 60
CHUNK = 256 * 1024


def archive_zip_job(*, progress: Progress, payload: dict[str, Any], actor: Actor, now: datetime) -> JobResult:
    """Packs the archived documents of a year (0: all) and a retention ("": all): a catalogue and the files of each.

    The catalogue carries the SHA-256 of every file, so that whoever receives the set can check it against the log.
    """
    own = own_jurisdiction(actor)
    if own is None:
        raise NotAllowed("没有辖区", remedy="请切换到办公室的身份")
    rows = selectors.archive_listed(actor).order_by("archived_at", "pk")
    if year := int(payload.get("year") or 0):
        rows = rows.filter(dated_on__year=year)
    if retention := str(payload.get("retention") or ""):
        rows = rows.filter(retention=retention)
    total = rows.count()
    if not total:
        raise BadInput("没有符合条件的归档文件", where="归档文件目录", remedy="请改选年度或保管期限")
    words = "-".join(part for part in (str(year or ""), retention, f"{total}件") if part)
    with tempfile.TemporaryFile() as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            lines = [list(HEAD)]
            for done, row in enumerate(rows.iterator(chunk_size=200), 1):
                lines += _pack(archive, row)
                progress.step(done, total)
            archive.writestr("归档文件目录.csv", _csv(lines))
        stored = services.archive_pack(
            file=file, name=f"归档文件-{words}.zip", documents=total, jurisdiction=own, actor=actor, now=now
        )
    return JobResult(f"已打包 {total} 件归档文件", reverse("documents:download", args=[stored.pk]))


def _pack(archive: zipfile.ZipFile, row: OfficialDocument) -> Iterator[list[str]]:
    """Both files of a document into the zip, a line of the catalogue for each."""
    said = [
        row.archive_no,
        row.title,
        row.number,
        row.issuer.name if row.issuer else "",
        str(row.dated_on or ""),
        row.get_retention_display(),
    ]
    files = [one for one in (row.docx, row.pdf) if one is not None]
    for kept in files:
        ext = kept.name.rpartition(".")[2] or "bin"
        bare = "".join(
            c if c.isalnum() or c in "〔〕（）-" else "_" for c in f"{row.archive_no} {row.number}"
        )
        name = f"{row.retention}/{bare[:NAME]}-{row.pk}.{ext}"
        with archive.open(name, "w") as out, open_content(kept.sha256) as source:
            while piece := source.read(CHUNK):
                out.write(piece)
        yield [*said, name, kept.sha256]
    if not files:
        yield [*said, "", ""]


def _csv(lines: list[list[str]]) -> bytes:
    buffer = io.StringIO()
    buffer.write("\ufeff")
    csv.writer(buffer).writerows([[csv_cell(cell) for cell in line] for line in lines])
    return buffer.getvalue().encode()
