"""来源系统: its mapping is kept once; then a period's file is read and waits, rehearsed, for one click to publish."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any, BinaryIO

from django.core.files.base import File
from django.db import transaction
from django.db.models import Q

from zhize.apps.documents.selectors import EVIDENCE
from zhize.apps.documents.services import evidence_register
from zhize.apps.metrics import log_types, policies
from zhize.apps.metrics.models import Card, Feed, FeedReading
from zhize.apps.orgs.models import Jurisdiction
from zhize.apps.orgs.services.saving import assign, checked
from zhize.core.kernel.errors import CoreError
from zhize.core.metrics.spans import period_of
from zhize.core.metrics.wide import Column, WideRow, columns_read, unfold
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, NotAllowed
from zhize.kit.fields import specs
from zhize.kit.files.guards import check_file, limits_on
from zhize.kit.imports.read import open_table
from zhize.kit.imports.services import import_upload
from zhize.kit.models import ImportRun
from zhize.kit.things import ThingRef
from zhize.kit.versioned import check_version, snapshot

KIND = "metrics.feed"
FIELDS = ("name", "region_head", "columns", "skipped")
HEADS = ("card", "region", "period_label", "value", "numerator", "denominator", "source_words")


@transaction.atomic
def feed_create(*, jurisdiction: Jurisdiction, data: dict[str, Any], actor: Actor, now: datetime) -> Feed:
    """A source with its mapping; every card it names is one that takes figures from files."""
    _demand(jurisdiction, actor)
    feed = Feed(jurisdiction=jurisdiction)
    _fill(feed, data, actor)
    feed.save()
    record(
        log_types.FEED_CREATED, actor=actor, thing=ThingRef(KIND, feed.pk), now=now, after=snapshot(feed),
        jurisdiction_code=jurisdiction.code,
    )  # fmt: skip
    return feed


@transaction.atomic
def feed_update(
    *, feed: Feed, data: dict[str, Any], version: int | None, actor: Actor, now: datetime
) -> Feed:
    """Its name or mapping, from the next file on."""
    current = _locked(feed)
    _demand(current.jurisdiction, actor)
    check_version(current, version, mine={name: data[name] for name in FIELDS if name in data})
    before = snapshot(current)
    _fill(current, data, actor)
    current.version += 1
    current.save()
    record(
        log_types.FEED_CHANGED, actor=actor, thing=ThingRef(KIND, current.pk), now=now, before=before,
        after=snapshot(current), jurisdiction_code=current.jurisdiction.code,
    )  # fmt: skip
    return current


@transaction.atomic
def feed_read(
    *, feed: Feed, period: str, upload: BinaryIO, name: str, size: int, actor: Actor, now: datetime
) -> ImportRun:
    """Reads the export of a period into an import that shows what it adds and changes; publishing it is one click.

    Raises `BadInput` where the file has other heads than the mapping, or no figure.
    """
    current = _locked(feed)
    _demand(current.jurisdiction, actor)
    day = local_day(now)
    file = check_file(
        upload, name=name, size=size, limits=limits_on(day, actor.jurisdiction_code), on=day, only=("xlsx", "csv")
    )  # fmt: skip
    try:
        label = period_of(period).label
        columns = columns_read(current.columns)
        lines = open_table(upload, file.name, formulas=False).rows
        rows = unfold(lines, current.region_head, columns, current.skipped)
    except CoreError as error:
        raise BadInput(error.what, where=error.where or file.name, remedy=error.remedy) from error
    if not rows:
        raise BadInput("表里没有一个数", where=file.name, remedy="请核对导出的表和期间")
    before = snapshot(current)
    words = f"{current.name}导出：{file.name}"[:300]
    upload.seek(0)
    original = evidence_register(
        upload=File(upload, name=file.name), jurisdiction=current.jurisdiction, title=f"{current.name} {label}"[:120],
        dated_on=day, actor=actor, now=now,
    )  # fmt: skip
    FeedReading.objects.create(feed=current, label=label, evidence=original, at=now, by=actor.name)
    raw = _long(rows, _codes(columns, actor), label, words)
    run = import_upload(
        spec=specs()["metrics.observation"], upload=io.BytesIO(raw), size=len(raw), actor=actor, now=now,
        name=f"{PurePosixPath(file.name).stem}（{label}）.csv", source=ThingRef(EVIDENCE, original.pk),
    )  # fmt: skip
    current.last_label, current.last_file, current.last_at, current.last_by = (
        label,
        file.name[:200],
        now,
        actor.name,
    )
    current.version += 1
    current.save()
    record(
        log_types.FEED_READ, actor=actor, thing=ThingRef(KIND, current.pk), now=now, before=before,
        after=snapshot(current), note=f"{label} {file.name}"[:500], jurisdiction_code=current.jurisdiction.code,
    )  # fmt: skip
    return run


def _long(rows: Sequence[WideRow], codes: dict[str, str], label: str, source: str) -> bytes:
    """The figures one a line, as the import of figures takes them."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADS)
    for row in rows:
        figures = [row.parts.get(part, "") for part in ("value", "numerator", "denominator")]
        writer.writerow([codes[row.card], row.region, label, *figures, source])
    return text.getvalue().encode("utf-8-sig")


def _fill(feed: Feed, data: dict[str, Any], actor: Actor) -> None:
    assign(feed, data, FIELDS)
    try:
        columns = columns_read(feed.columns)
    except CoreError as error:
        raise BadInput(error.what, where=error.where, remedy=error.remedy) from error
    _codes(columns, actor)
    checked(feed)


def _codes(columns: Sequence[Column], actor: Actor) -> dict[str, str]:
    """The code of every card as the mapping names it, by name or code. One statement."""
    said = {one.card for one in columns}
    rows = Card.objects.visible_to(actor).filter(Q(code__in=said) | Q(name__in=said), is_retired=False)
    found = {word: card for card in rows for word in (card.code, card.name)}
    if missing := [word for word in said if word not in found]:
        raise BadInput(f"没有指标“{missing[0]}”", where="列的对应", remedy="请照“指标卡”里的名称或代码写")
    worked_out = (Card.Source.COMPUTED, Card.Source.MEASURE)
    if own := next((found[word] for word in said if found[word].source in worked_out), None):
        raise BadInput(
            f"“{own.name}”由系统计算", where="列的对应", remedy="请对应它用到的指标，如批次数和合格批次数"
        )
    return {word: found[word].code for word in said}


def _locked(feed: Feed) -> Feed:
    rows = Feed.objects.system("locked for a write").select_for_update(of=("self",))
    current: Feed = rows.select_related("jurisdiction").get(pk=feed.pk)
    return current


def _demand(jurisdiction: Jurisdiction, actor: Actor) -> None:
    if not policies.may_keep_in(actor, jurisdiction):
        raise NotAllowed("只有本辖区办公室可以维护来源系统", remedy="请切换到办公室的身份")
