"""On the spot: one item recorded at a time, with its pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.core.files.base import File
from django.db import transaction

from zhize.apps.documents.services import evidence_hand_in, evidence_register
from zhize.apps.inspection import log_types
from zhize.apps.inspection.models import CheckedPlace, CheckItem, EntryPicture, PlaceEntry
from zhize.apps.inspection.services.common import log
from zhize.apps.inspection.services.places import demand_place, demand_record, locked_place
from zhize.apps.orgs.services.saving import checked as clean
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput
from zhize.kit.versioned import check_version, snapshot


@dataclass(frozen=True, slots=True)
class Said:
    """What is recorded about one item: a verdict, a number or words, as the item asks."""

    verdict: str = ""
    number: Decimal | None = None
    words: str = ""
    pictures: Sequence[File[bytes]] = ()


@transaction.atomic
def entry_save(
    *, place: CheckedPlace, item: CheckItem, said: Said, version: int | None, actor: Actor, now: datetime
) -> PlaceEntry:
    """One item recorded; pictures are added to those there. `version` 0: the form was opened before anything stood there."""
    current = locked_place(place, None)
    demand_record(actor, current)
    demand_place(current, CheckedPlace.State.RECORDING, "再改记录")
    if item.inspection_id != current.checked.inspection_id:
        raise BadInput("清单里没有这个项目", where=item.name, remedy="请从核查点页面填写")
    _fits(item, said)
    rows = (
        PlaceEntry.objects.system("locked for a write").select_for_update().filter(place=current, item=item)
    )
    entry = rows.first() or PlaceEntry(place=current, item=item, version=0)
    mine = {"verdict": said.verdict, "words": said.words, "number": str(said.number)}
    check_version(entry, version, mine=mine, changed_by=entry.by)
    before = snapshot(entry) if entry.pk else None
    entry.verdict, entry.number, entry.words = said.verdict, said.number, said.words.strip()
    entry.at, entry.by, entry.version = now, actor.by, entry.version + 1
    clean(entry, exclude=("place", "item"))
    entry.save()
    pictures = [_picture(entry, upload, actor, now) for upload in said.pictures]
    note = f"{current.name}：{item.name}"
    after = snapshot(entry) | {"pictures": pictures}
    log(log_types.ENTRY_SAVED, current.checked.inspection, actor, now, before, after, note)
    return entry


def _fits(item: CheckItem, said: Said) -> None:
    """The item asks for a verdict, a number or words; who says it does not meet says what was seen."""
    how = CheckItem.How(item.how)
    missing = {
        CheckItem.How.JUDGE: not said.verdict, CheckItem.How.NUMBER: said.number is None,
        CheckItem.How.WORDS: not said.words.strip(),
    }[how]  # fmt: skip
    if missing and said.verdict != PlaceEntry.Verdict.NOT_APPLICABLE:
        raise BadInput(f"“{item.name}”要{how.label}", where=item.name, remedy="请按记录方式填写，或选不适用")
    if said.verdict == PlaceEntry.Verdict.FAILS and not said.words.strip():
        raise BadInput(f"“{item.name}”不符合，没有写情况", where=item.name, remedy="写明看到了什么、差在哪里")


def _picture(entry: PlaceEntry, upload: File[bytes], actor: Actor, now: datetime) -> str:
    inspection = entry.place.checked.inspection
    evidence = evidence_register(
        upload=upload, jurisdiction=inspection.jurisdiction, title=f"{entry.place.name} {entry.item.name}"[:120],
        dated_on=local_day(now), actor=actor, now=now,
    )  # fmt: skip
    evidence_hand_in(evidence=[evidence], now=now)
    held = EntryPicture.objects.system("the same picture twice is one").filter(entry=entry, evidence=evidence)
    if not held.exists():
        EntryPicture.objects.create(entry=entry, evidence=evidence)
    return evidence.file.sha256


@transaction.atomic
def picture_remove(*, picture: EntryPicture, actor: Actor, now: datetime) -> None:
    """Takes a picture off the record while it is being written; the file stays with the group's unit."""
    current = locked_place(picture.entry.place, None)
    demand_record(actor, current)
    demand_place(current, CheckedPlace.State.RECORDING, "再改照片")
    before = {"evidence": picture.evidence_id, "sha256": picture.evidence.file.sha256}
    EntryPicture.objects.system("a picture taken off a record").filter(pk=picture.pk).delete()
    log(log_types.PICTURE_REMOVED, current.checked.inspection, actor, now, before, None, current.name)
