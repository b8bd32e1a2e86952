"""Pages of conferences: preparing, answering, deciding; constant statements; the calendar file."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.work.conferences.conftest import Convene, fresh, held, place_of
from tests.work.tasks.conftest import on
from tests.world import World

from zhize.apps.work.models import Conference, ConferenceCheck, ConferencePaper, Resolution, Task
from zhize.apps.work.services import conference_call


@pytest.fixture(autouse=True)
def june(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhize.kit.clock.demonstration_date", lambda: on(6, 20).date())


def statements(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_the_office_registers_calls_and_holds_a_conference_on_its_pages(
    world: World, year: Any, as_: Any
) -> None:
    client = as_("office")
    assert "省质监局" in client.get(reverse("work:conference_create")).content.decode()
    data = {
        "kind": "joint", "title": "联席会议", "held_on": "2012-06-20", "begins": "9:00", "agenda": "一\n二",
        "units": ["省质监局", "省工商局"],
    }  # fmt: skip
    assert client.post(reverse("work:conference_create"), data | {"begins": "早上"}).status_code == 400
    assert client.post(reverse("work:conference_create"), data).status_code == 302
    conference = Conference.objects.system("test").get()
    url = reverse("work:conference", args=[conference.pk])
    assert "拟会议通知（公文）" in client.get(url).content.decode()
    assert client.post(f"{url}call/", {"version": conference.version}).status_code == 302
    html = client.get(f"{url}hold/").content.decode()
    assert html.count('name="attended"') == 2
    ids = [world.unit["zjj"].pk]
    answer = client.post(f"{url}hold/", {"version": fresh(conference).version, "attended": ids}, follow=True)
    assert "到会 1 / 2" in answer.content.decode()


def test_a_liaison_answers_on_the_page_and_is_told_what_is_missing(
    world: World, convene: Convene, as_: Any
) -> None:
    conference = convene()
    conference_call(conference=conference, actor=world.actor("office"), now=on(6, 5))
    client, row = as_("liaison"), place_of(conference, "zjj", world)
    url = reverse("work:conference_reply", args=[row.pk])
    assert "参会回执" in client.get(reverse("work:conference", args=[conference.pk])).content.decode()
    answer = client.post(url, {"reply": "leave"})
    assert answer.status_code == 400 and "没有填写请假事由" in answer.content.decode()
    assert client.post(url, {"reply": "will", "attendee": "局长（演示）"}).status_code == 302
    assert client.post(url, {}).status_code == 400
    assert as_("other").post(url, {"reply": "will"}).status_code == 403


def test_decisions_are_noted_taken_back_and_handed_out(world: World, convene: Convene, as_: Any) -> None:
    conference = held(convene(), world, "zjj")
    client, url = as_("office"), reverse("work:conference", args=[conference.pk])
    data = {"text": "开展专项整治", "lead_unit": "test-zjj", "supports": ["省工商局"], "due_on": "2012-09-30"}
    assert client.post(f"{url}resolutions/", data).status_code == 302
    assert client.post(f"{url}resolutions/", {"text": "误记"}).status_code == 302
    wrong = Resolution.objects.system("test").get(text="误记")
    assert client.post(reverse("work:resolution_remove", args=[wrong.pk])).status_code == 302
    answer = client.post(f"{url}tasks/", {"version": fresh(conference).version}, follow=True)
    task = Task.objects.system("test").get()
    assert task.code in answer.content.decode()
    linked = client.get(reverse("work:task", args=[task.pk])).content.decode()
    assert url in linked, "the task leads back to its conference"
    assert client.post(f"{url}tasks/", {"version": fresh(conference).version}).status_code == 409


def test_problems_checklist_papers_and_calendar(
    world: World, convene: Convene, as_: Any, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    from django.core.files.uploadedfile import SimpleUploadedFile

    conference = convene()
    client, url = as_("office"), reverse("work:conference", args=[conference.pk])
    data = {"version": conference.version, "product": "合格率回升", "service": "投诉下降"}
    assert client.post(f"{url}problems/", data).status_code == 302
    check = ConferenceCheck.objects.system("test").get(key="item.topics")
    assert client.post(reverse("work:conference_check", args=[check.pk])).status_code == 302
    file = SimpleUploadedFile("报告.txt", "演示数据".encode())
    assert client.post(f"{url}papers/", {"file": file}).status_code == 302
    paper = ConferencePaper.objects.system("test").get()
    sent = as_("liaison").get(reverse("work:conference_paper", args=[paper.pk]))
    assert sent["Content-Disposition"].startswith("attachment")
    assert b"".join(sent.streaming_content) == "演示数据".encode()
    html = client.get(url).content.decode()
    assert "合格率回升" in html and "撤销勾选" in html and "报告" in html
    ics = client.get(f"{url}calendar.ics")
    assert ics["Content-Type"].startswith("text/calendar")
    assert "DTSTART;TZID=Asia/Shanghai:20120620T090000" in ics.content.decode()
    assert as_("sibling").get(reverse("work:conference_paper", args=[paper.pk])).status_code == 404


def test_pages_cost_the_same_with_three_units_and_with_thirty(
    world: World, convene: Convene, as_: Any
) -> None:
    from zhize.apps.orgs.models import Unit
    from zhize.apps.work.services import conference_update

    conference, client = convene(), as_("office")
    url, listed = reverse("work:conference", args=[conference.pk]), reverse("work:conferences")
    few = statements(client, url), statements(client, listed)
    units = Unit.objects.bulk_create(
        Unit(code=f"x-{n}", region=world.region["gs"], name=f"单位{n}", kind="department", order=90 + n)
        for n in range(30)
    )
    conference_update(
        conference=conference,
        data={},
        unit_ids=[u.pk for u in units],
        version=None,
        actor=world.actor("office"),
        now=on(6, 2),
    )
    assert (statements(client, url), statements(client, listed)) == few
    assert few[0] <= 15 and few[1] <= 12
