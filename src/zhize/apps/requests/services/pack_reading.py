"""报送包: returned workbooks read, so that a person can look before they are taken in."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date, datetime
from pathlib import PurePosixPath
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from zhize.apps.requests import log_types
from zhize.apps.requests.mapping.pack_opening import PackSheet, open_pack
from zhize.apps.requests.mapping.packs import changed_since, filled_of
from zhize.apps.requests.models import Call, PackFile, PackRun, UnitRequest
from zhize.apps.requests.selectors import pack_content
from zhize.apps.requests.services.common import locked_call, refuse_closed_year, refuse_outsider
from zhize.apps.requests.services.pack_common import Tell, files_of, locked_run, log_run
from zhize.core.workflow.unit_request import TABLE
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, StateConflict, ZhizeError
from zhize.kit.files.archives import check_zip
from zhize.kit.files.guards import limits_on
from zhize.kit.files.limits import MB, ArchiveLimits
from zhize.kit.files.store import open_content, put
from zhize.kit.rules import rule_as

MOST = 500
"""Files in one drop: a call to all prefectures and counties of a province fits."""
Verdict = PackFile.Verdict
Returned = tuple[str, str, int]
"""Name, SHA-256 and size of a file in the store."""


def _kept(uploads: Sequence[Any], on: date) -> list[Returned]:
    """Puts the files of a drop into the store, those inside a .zip each by itself. Raises `BadInput` where there are too many,
    or where a zip is damaged or a bomb; nothing is read further here."""
    kept: list[Returned] = []
    for upload in uploads:
        name = PurePosixPath(upload.name or "").name
        if name.lower().endswith(".zip"):
            kept += _unpacked(upload.file, name, upload.size, on)
        else:
            content = put(upload.file)
            kept.append((name, content.sha256, content.size))
        if len(kept) > MOST:
            raise BadInput(_("一次最多收 %(n)s 份") % {"n": MOST}, where=name, remedy=_("请分几次上传"))
    if not kept:
        raise BadInput(
            _("没有文件"), where=_("收回的报送包"), remedy=_("请选择 .xlsx 文件，或装有它们的 .zip")
        )
    return kept


def _unpacked(file: BinaryIO, name: str, size: int, on: date) -> Iterator[Returned]:
    limits, archives = limits_on(on), rule_as(ArchiveLimits, on=on)
    check_zip(file, size, limits=limits, archives=archives, where=f"文件“{name}”", nested=False)
    file.seek(0)
    with zipfile.ZipFile(file) as archive:
        for info in archive.infolist():
            inside = PurePosixPath(info.filename).name
            if info.is_dir() or inside.startswith((".", "~$")) or "__MACOSX" in info.filename:
                continue
            with archive.open(info) as entry, SpooledTemporaryFile(max_size=MB) as copy:
                while chunk := entry.read(MB):
                    copy.write(chunk)
                content = put(copy)  # type: ignore[arg-type]
            yield inside, content.sha256, content.size


@transaction.atomic
def packs_open(
    *, call: Call, uploads: Sequence[Any], received_on: date, actor: Actor, now: datetime
) -> PackRun:
    """Begins taking back packs of a call: keeps the files (.xlsx, or .zip of them), unread. The office received them on
    `received_on`, which decides lateness.

    Raises `BadInput` for a day after today or before the call was sent, for no file or more than `MOST`, for a damaged zip;
    `StateConflict` where the call is over.
    """
    current = locked_call(call)
    refuse_outsider(actor, current)
    refuse_closed_year(current.year)
    if current.state != Call.State.ISSUED or current.issued_at is None:
        raise StateConflict(
            _("这次征集%(state)s，不能收取") % {"state": current.get_state_display()},
            where=current.title,
            remedy=_("已发出、没有结束的征集才能收取"),
        )
    if not local_day(current.issued_at) <= received_on <= local_day(now):
        raise BadInput(
            _("收到日期 %(day)s 不在发出之后、今天之前") % {"day": received_on},
            where=_("收到日期"),
            remedy=_("请填办公室实际收到的日期"),
        )
    files = _kept(uploads, local_day(now))
    run = PackRun(
        call=current, jurisdiction=current.jurisdiction, received_on=received_on, by=actor.name, at=now
    )
    run.full_clean()
    run.save()
    PackFile.objects.bulk_create(
        PackFile(run=run, name=name[:255], sha256=sha256, size=size) for name, sha256, size in files
    )
    log_run(log_types.PACKS_OPENED, run, actor, now, files=[[name, sha256] for name, sha256, _size in files])
    return run


def packs_read(*, run: PackRun, actor: Actor, now: datetime, tell: Tell | None = None) -> PackRun:
    """Reads every file and says what would become of it; nothing is taken yet. A file is a few statements, whatever it holds.

    A second file for the same unit is refused; one whose unit has filled in something else on line since is a conflict.
    """
    refuse_outsider(actor, run.call)
    seen: dict[int, str] = {}
    rows = list(files_of(run).filter(verdict=Verdict.UNREAD).order_by("pk"))
    for number, row in enumerate(rows, 1):
        row.verdict = Verdict.REFUSED
        try:
            _read(row, run, seen, actor, now)
        except BadInput as error:
            row.problems = [str(one) for one in error.problems]
        except ZhizeError as error:
            row.problems = [str(error.problem)]
        if tell:
            tell(number, len(rows))
    with transaction.atomic():
        current = locked_run(run)
        files_of(run).bulk_update(rows, ["verdict", "problems", "request", "filled", "changed"])
        current.state = PackRun.State.READ
        current.version += 1
        current.save()
        log_run(log_types.PACKS_READ, current, actor, now, files=[[r.name, r.verdict] for r in rows])
    return current


def _read(row: PackFile, run: PackRun, seen: dict[int, str], actor: Actor, now: datetime) -> None:
    with open_content(row.sha256) as file:
        sheet = open_pack(file, name=row.name, size=row.size, on=local_day(now))
    request = _whose(sheet, run.call, row.name)
    row.request = request
    if (first := seen.setdefault(request.pk, row.name)) is not row.name:
        raise BadInput(
            _("%(unit)s的报送包这一批里有两份") % {"unit": request.unit.name},
            where=row.name,
            why=_("另一份是“%(name)s”") % {"name": first},
            remedy=_("请问清以哪一份为准，只上传那一份"),
        )
    if TABLE.status(request.state).locked:
        raise BadInput(
            _("%(unit)s%(state)s") % {"unit": request.unit.name, "state": request.get_state_display()},
            where=row.name,
            remedy=_("要以这份为准的，请先退回网上的报送"),
        )
    pack = pack_content(request.call)
    filled = filled_of(sheet, request, actor, pack, final=True)
    row.filled = asdict(filled)
    row.changed = changed_since(request, filled, pack, sheet.mark.version)
    row.verdict = Verdict.CONFLICT if row.changed else Verdict.READY


def _whose(sheet: PackSheet, call: Call, name: str) -> UnitRequest:
    rows = UnitRequest.objects.system("a returned pack's own answer").filter(pk=sheet.mark.request_id)
    request = rows.select_related("call__year", "call__jurisdiction", "unit", "jurisdiction").first()
    if request is None or request.call.jurisdiction_id != call.jurisdiction_id:
        raise BadInput(
            _("不是本辖区发出的报送包"), where=name, remedy=_("请发回生成它的办公室，或用本次征集导出的表")
        )
    if request.call_id != call.pk:
        raise BadInput(
            _("这是“%(title)s”（%(year)s）的报送包，不属于这次征集")
            % {"title": request.call.title, "year": request.call.year.label},
            where=name,
            remedy=_("请用这次征集导出的表重新填写"),
        )
    return request
