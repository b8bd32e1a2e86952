"""榆中 looks on the spot: one check of its bureau's work at two places, a problem sent out as a task, put right and looked at
again; in December the year's papers go into the archive."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from zhize.apps.cli.demo.stage import Stage, actor, at, paper, unit
from zhize.apps.documents.models import OfficialDocument
from zhize.apps.documents.services import official_archive
from zhize.apps.inspection import services
from zhize.apps.inspection.models import CheckItem, Finding, InspectedUnit, Inspection
from zhize.apps.inspection.selectors.inspections import items_of, units_of
from zhize.apps.inspection.selectors.places import place_by_pk
from zhize.apps.inspection.services import NewItem, Said
from zhize.apps.orgs.models import User
from zhize.apps.work import services as work
from zhize.apps.work.models import Task

OFFICE, LIAISON = "yz-office", "yz-zjj"
SIGNER = "县质量办主任（演示）"
PLANNED, SEEN, SENT, MENDED, LOOKED, ARCHIVED = (
    date(2012, 9, 10), date(2012, 9, 13), date(2012, 9, 14), date(2012, 10, 10), date(2012, 10, 16), date(2012, 12, 17),
)  # fmt: skip


def play(home: Stage, data: Mapping[str, Any]) -> None:
    inspection = _planned(home, data)
    checked = units_of(inspection)[0]
    checked.inspection = inspection
    for row in data["places"]:
        _seen(inspection, checked, row)
    rows = services.findings_draw_up(checked=checked, actor=actor(OFFICE, SENT), now=at(SENT, 9))
    services.findings_send(
        checked=checked, due_on=date(2012, 10, 15), actor=actor(OFFICE, SENT), now=at(SENT)
    )
    _mended(home, rows[0], data["mended"])
    services.inspection_close(inspection=inspection, actor=actor(OFFICE, LOOKED), now=at(LOOKED, 15))
    _archived(home)


def _planned(home: Stage, data: Mapping[str, Any]) -> Inspection:
    office, now = actor(OFFICE, PLANNED), at(PLANNED)
    inspection = services.inspection_plan(
        jurisdiction=home.jurisdiction, year=home.year, unit_ids=[unit("620123-zjj").pk],
        data={
            "title": data["title"], "kind": "special", "basis": data["basis"], "period_start": date(2012, 1, 1),
            "period_end": date(2012, 8, 31), "starts_on": SEEN, "ends_on": SENT, "prepare": data["prepare"], "contact": SIGNER,
        },
        is_demo=True, actor=office, now=now,
    )  # fmt: skip
    items = [NewItem(row["name"], row["demand"], "", CheckItem.How(row["how"])) for row in data["items"]]
    services.items_set(inspection=inspection, items=items, version=None, actor=office, now=now)
    group = services.group_set(
        inspection=inspection,
        name="县核查组",
        unit_ids=[row.unit_id for row in units_of(inspection)],
        actor=office,
        now=now,
    )
    head = User.objects.get(username=OFFICE)
    services.person_add(group=group, part="head", user=head, workplace="县质量办", actor=office, now=now)
    services.person_add(
        group=group,
        part="observer",
        name="乡镇食安员（演示）",
        workplace="城关镇（演示）",
        actor=office,
        now=now,
    )
    return services.inspection_announce(
        inspection=inspection, by_name=SIGNER, by_title="办公室主任", on=PLANNED, opinion="同意。",
        scan=paper("核查方案审批件", "同意。"), actor=office, now=at(PLANNED, 15),
    )  # fmt: skip


def _seen(inspection: Inspection, checked: InspectedUnit, row: Mapping[str, Any]) -> None:
    head = actor(OFFICE, SEEN)
    place = services.place_add(
        checked=checked, name=row["name"], note=row["why"], actor=head, now=at(SEEN, 9)
    )
    found = place_by_pk(head, place.pk)
    assert found is not None  # nosec B101 - added a line above
    for item, said in zip(items_of(inspection), row["said"], strict=True):
        services.entry_save(place=found, item=item, said=Said(**said), version=0, actor=head, now=at(SEEN))
    services.place_finish(
        place=found,
        visited_on=SEEN,
        present=row["present"],
        summary=row["summary"],
        actor=head,
        now=at(SEEN, 16),
    )
    found = place_by_pk(head, place.pk)
    assert found is not None  # nosec B101 - as above
    services.place_sign(place=found, side="group", digest=found.digest, actor=head, now=at(SEEN, 16))
    services.place_sign(
        place=found,
        side="unit",
        digest=found.digest,
        opinion="无异议。",
        actor=actor(LIAISON, SEEN),
        now=at(SEEN, 17),
    )


def _mended(home: Stage, finding: Finding, words: str) -> None:
    """The bureau takes the task, reports it done with its paper; the office closes it and looks again."""
    task = Task.objects.system("demonstration").get(year=home.year, source=Task.Source.FINDING)
    who = actor(LIAISON, MENDED)
    work.task_take(task=task, actor=actor(LIAISON, SENT), now=at(SENT, 16))
    said = work.Report(words=words, uploads=[paper("整改情况", words)], dated_on=MENDED)
    work.task_completion_ask(task=task, report=said, actor=who, now=at(MENDED))
    office = actor(OFFICE, LOOKED)
    work.task_check(task=task, close=True, comment="同意销号。", actor=office, now=at(LOOKED))
    services.finding_look(
        finding=finding,
        fixed=True,
        words="现场查看，进货台账已补齐。",
        on=LOOKED,
        actor=office,
        now=at(LOOKED, 11),
    )


def _archived(home: Stage) -> None:
    """What went out is filed, each under its number of the archive."""
    rows = OfficialDocument.objects.system("demonstration").filter(
        jurisdiction=home.jurisdiction, state=OfficialDocument.State.ISSUED
    )
    for document in rows.order_by("issued_at", "pk"):
        official_archive(document=document, version=None, actor=actor(OFFICE, ARCHIVED), now=at(ARCHIVED))
