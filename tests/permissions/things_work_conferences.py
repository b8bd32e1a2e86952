"""Conferences of 兰州市 in the states that pages act on, and one to which 甘肃省 calls the city."""

from __future__ import annotations

import io
from datetime import date

from django.db.models import Model
from tests.permissions.people import HOME
from tests.permissions.things import NOW, Things

from zhize.apps.documents.models import StoredFile
from zhize.apps.requests.models import Call, UnitRequest
from zhize.apps.work.models import (
    Conference,
    ConferenceCheck,
    ConferencePaper,
    ConferenceUnit,
    MinutesWording,
    Resolution,
    Topic,
)
from zhize.kit.files.store import put


def make(things: Things) -> dict[str, Model]:
    w = things.world
    made: dict[str, Model] = {}
    for prefix, place, unit in (("", HOME, w.unit["lz_zjj"]), ("above_", "gs", w.unit["lz_gov"])):
        for state in ("preparing", "called", "held"):
            conference = Conference.objects.create(
                jurisdiction=w.jurisdiction[place], year=things[f"{prefix}year"], title="联席会议", state=state,
                held_on=date(2012, 3, 2), created_at=NOW,
            )  # fmt: skip
            made[f"{prefix}conference_{state}"] = conference
            made[f"{prefix}conference_{state}_reply"] = ConferenceUnit.objects.create(
                conference=conference, unit=unit
            )
    called, held = made["conference_called"], made["conference_held"]
    content = put(io.BytesIO(b"%PDF-1.4 paper"))
    file = StoredFile.objects.create(
        sha256=content.sha256, size=content.size, content_type="application/pdf", name="材料.pdf",
        jurisdiction=w.jurisdiction[HOME], unit=w.unit["lz_zjj"], uploaded_by="演示", uploaded_at=NOW,
    )  # fmt: skip
    made["conference_paper"] = ConferencePaper.objects.create(
        conference=called, unit=w.unit["lz_zjj"], title="材料", file=file, at=NOW, by="演示"
    )
    made["conference_check"] = ConferenceCheck.objects.create(
        conference=called, key="item.topics", name="征集议题", days=-20, due_on=date(2012, 2, 1)
    )
    made["resolution"] = Resolution.objects.create(conference=held, number=1, text="开展专项整治")
    made["wording"] = MinutesWording.objects.create(
        conference=held, resolution=made["resolution"], unit=w.unit["lz_zjj"], proposed="改为“整治建材市场”。"
    )
    call = Call.objects.create(
        jurisdiction=w.jurisdiction[HOME], year=things["year"], title="议题", due_on=date(2012, 2, 20), state="issued",
        source_kind="work.conference", source_id=called.pk,
    )  # fmt: skip
    request = UnitRequest.objects.create(
        call=call, jurisdiction=call.jurisdiction, unit=w.unit["lz_zjj"], due_on=call.due_on
    )
    made["topic"] = Topic.objects.create(
        conference=called, unit=w.unit["lz_zjj"], request=request, title="建材市场整治"
    )
    return made
