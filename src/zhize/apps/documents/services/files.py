"""Writes of files and evidence. A file's content is kept once; a piece of evidence says what it proves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import PurePosixPath
from typing import Any, BinaryIO, cast

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction

from zhize.apps.documents.log_types import EVIDENCE_CHANGED, EVIDENCE_REGISTERED, FILE_STORED
from zhize.apps.documents.models import Evidence, StoredFile
from zhize.apps.documents.policies import may_change_evidence, may_register, may_upload, may_view_file
from zhize.apps.orgs.models import Jurisdiction
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, NotAllowed, Problem
from zhize.kit.files.guards import check_file, limits_on
from zhize.kit.files.store import put
from zhize.kit.things import ThingRef
from zhize.kit.versioned import check_version, snapshot

TITLE = 120
Period = tuple[date | None, date | None]


@transaction.atomic
def file_store(
    *, upload: File[bytes], actor: Actor, now: datetime, jurisdiction: Jurisdiction | None = None
) -> StoredFile:
    """Looks the upload over, keeps its content once, and answers the unit's file of this name and content.

    `jurisdiction` is whom it is given to (a prefecture's office hands in to the province's); default the actor's.
    The same file from the same unit again is the same row. Raises `BadInput` in words (kit.files.guards).
    """
    if not may_upload(actor):
        raise NotAllowed("您当前的岗位不能上传文件", remedy="请切换到本单位的联络员、经办人等岗位")
    given_to, unit_id = _place(actor, jurisdiction)
    day = local_day(now)
    limits = limits_on(day, actor.jurisdiction_code)
    raw = cast(BinaryIO, upload)
    checked = check_file(raw, name=upload.name or "", size=upload.size or 0, limits=limits, on=day)
    content = put(raw)
    same = StoredFile.objects.system("the unit's own file of the same content").filter(
        sha256=content.sha256, name=checked.name, jurisdiction_id=given_to, unit_id=unit_id
    )
    if (held := same.first()) is not None:
        return held
    file = StoredFile(
        sha256=content.sha256,
        size=content.size,
        content_type=checked.type.mime,
        name=checked.name,
        jurisdiction_id=given_to,
        unit_id=unit_id,
        uploaded_by=actor.name,
        uploaded_at=now,
    )
    file.full_clean()
    file.save()
    record(
        FILE_STORED,
        actor=actor,
        thing=ThingRef("documents.file", file.pk),
        now=now,
        after={"name": file.name, "sha256": file.sha256, "size": file.size},
        jurisdiction_code=jurisdiction.code if jurisdiction else "",
    )
    return file


@transaction.atomic
def evidence_register(
    *,
    upload: File[bytes] | None = None,
    file: StoredFile | None = None,
    jurisdiction: Jurisdiction | None = None,
    title: str = "",
    dated_on: date,
    period: Period | None = None,
    doc_no: str = "",
    publicity: str = Evidence.Publicity.ON_REQUEST,
    actor: Actor,
    now: datetime,
) -> Evidence:
    """Registers what a file proves, with the material's own date and period; the file is new or already kept.

    The title defaults to the file's name without its extension. Raises `BadInput` naming the field.
    """
    if not may_register(actor):
        raise NotAllowed("您当前的岗位不能登记佐证材料", remedy="请切换到本单位的联络员、经办人等岗位")
    if file is None:
        if upload is None:
            raise BadInput("没有选择文件", where="佐证材料", why="材料须有原件", remedy="请选择文件")
        file = file_store(upload=upload, actor=actor, now=now, jurisdiction=jurisdiction)
    elif not may_view_file(actor, file):
        raise NotAllowed("不能用其他单位的文件登记材料", where=file.name, remedy="请上传本单位的文件")
    given_to, unit_id = _place(actor, jurisdiction)
    start, end = period or (None, None)
    evidence = Evidence(
        jurisdiction_id=given_to,
        unit_id=unit_id,
        file=file,
        title=_title(title, file.name),
        doc_no=doc_no.strip(),
        dated_on=dated_on,
        period_start=start,
        period_end=end,
        publicity=publicity,
        created_at=now,
    )
    _check(evidence, local_day(now))
    evidence.save()
    record(
        EVIDENCE_REGISTERED,
        actor=actor,
        thing=ThingRef("documents.evidence", evidence.pk),
        now=now,
        after={**snapshot(evidence), "sha256": file.sha256},
        jurisdiction_code=jurisdiction.code if jurisdiction else "",
    )
    return evidence


def evidence_hand_in(*, evidence: Iterable[Evidence | int], now: datetime) -> None:
    """From now on these are seen by whom they were given to. A part of the act that hands them in, which logs them.

    The first handing in counts; material that serves again stays as it is. One statement.
    """
    ids = [one if isinstance(one, int) else one.pk for one in evidence]
    rows = Evidence.objects.system("handed in with an act of its unit").filter(pk__in=ids)
    rows.filter(handed_in_at__isnull=True).update(handed_in_at=now)


EDITABLE = ("title", "doc_no", "dated_on", "period_start", "period_end", "publicity")


@transaction.atomic
def evidence_update(
    *, thing: Evidence, data: dict[str, Any], version: int | None, actor: Actor, now: datetime
) -> Evidence:
    """Changes what is said of a material; its file never changes (another file is another material)."""
    evidence = Evidence.objects.visible_to(actor).select_for_update().get(pk=thing.pk)
    if not may_change_evidence(actor, evidence):
        raise NotAllowed("只有提供材料的单位可以修改", where=evidence.title, remedy="请退回该单位修改")
    mine = {name: data[name] for name in EDITABLE if name in data}
    check_version(evidence, version, mine=mine)
    before = snapshot(evidence)
    for name, value in mine.items():
        setattr(evidence, name, value)
    evidence.version += 1
    _check(evidence, local_day(now))
    evidence.save()
    record(
        EVIDENCE_CHANGED,
        actor=actor,
        thing=ThingRef("documents.evidence", evidence.pk),
        now=now,
        before=before,
        after=snapshot(evidence),
    )
    return evidence


def _place(actor: Actor, jurisdiction: Jurisdiction | None) -> tuple[int, int]:
    """Whom it is given to, and by which unit."""
    given_to = jurisdiction.pk if jurisdiction else actor.jurisdiction_id
    if given_to is None or actor.unit_id is None:
        raise NotAllowed("没有岗位，不能上传材料", remedy="请联系系统管理员分配岗位")
    return given_to, actor.unit_id


def _title(given: str, file_name: str) -> str:
    """What a person wrote; a bare file name loses its extension and fits the field."""
    text = given.strip()
    return text if text and text != file_name else PurePosixPath(file_name).stem[:TITLE]


def _check(evidence: Evidence, today: date) -> None:
    """The model's own checks, and that dates can be true; all problems at once."""
    where = f"佐证材料“{evidence.title}”"
    problems: list[Problem] = []
    if evidence.dated_on and evidence.dated_on > today:
        problems.append(
            Problem(
                f"材料日期 {evidence.dated_on} 晚于今天",
                where,
                "尚未形成的材料不能作证",
                "请核对材料上的成文日期",
            )
        )
    start, end = evidence.period_start, evidence.period_end
    if start and end and start > end:
        problems.append(
            Problem(f"所属期起 {start} 晚于所属期止 {end}", where, "期间颠倒无法归入年度", "请对调或改正")
        )
    labels = {f.name: str(f.verbose_name) for f in Evidence._meta.concrete_fields}
    try:
        evidence.full_clean()
    except ValidationError as error:
        for name, words in error.message_dict.items():
            label = labels.get(name, "")
            problems.append(Problem("；".join(words), f"{where} · {label}", "", "请改正后再保存"))
    if problems:
        raise BadInput(problems[0].what, problems, where=where, remedy=problems[0].remedy)
