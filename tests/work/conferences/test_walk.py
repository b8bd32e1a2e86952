"""One conference from its topics to minutes, whose decision is a task done before the next one, whose report tells of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.work.conferences.conftest import Convene, Propose, fresh, place_of
from tests.work.tasks.conftest import asked, on
from tests.world import World

from zhize.apps.documents.events import OfficialIssued
from zhize.apps.documents.models import OfficialDocument
from zhize.apps.metrics.services import cards_load
from zhize.apps.work.handlers.conferences import on_official_issued
from zhize.apps.work.models import Task, Topic
from zhize.apps.work.services import task_check
from zhize.kit.actor import system_actor
from zhize.kit.figures import figures_changed
from zhize.kit.officialdoc import from_json, runs_of


def test_from_topics_to_the_next_conferences_report(
    world: World, convene: Convene, propose: Propose, as_: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    cards_load(actor=system_actor("测试"), now=on(1, 5))
    office, liaison = as_("office"), as_("liaison")

    def today(day: date) -> None:
        monkeypatch.setattr("zhize.kit.clock.demonstration_date", lambda: day)

    def act(client: Any, name: str, pk: int, **data: Any) -> Any:
        answer = client.post(reverse(f"work:{name}", args=[pk]), data)
        assert answer.status_code == 302, answer.content.decode()[:2000]
        return answer

    def version(conference: Any) -> int:
        return int(fresh(conference).version)

    today(date(2012, 6, 3))
    first = convene()
    propose(first, "建材市场整治")
    topic = Topic.objects.system("test").get(conference=first)
    act(office, "conference_topic", topic.pk, yes="1")
    act(office, "conference_call", first.pk, version=version(first))
    units = [world.unit["zjj"].pk]
    act(office, "conference_papers_ask", first.pk, version=version(first), due_on="2012-06-15", units=units)
    row = place_of(first, "zjj", world)
    act(liaison, "conference_reply", row.pk, reply="will", attendee="局长（演示）")
    paper = SimpleUploadedFile("发言.txt", "发言材料".encode(), content_type="text/plain")
    act(liaison, "conference_paper_add", first.pk, file=paper)
    page = office.get(reverse("work:conference", args=[first.pk])).content.decode()
    assert "建材市场整治" in page and "未交材料 1 个单位" not in page

    today(date(2012, 6, 20))
    act(office, "conference_hold", first.pk, version=version(first), attended=units)
    lead = world.unit["zjj"].code
    act(office, "resolution_add", first.pk, text="开展建材质量专项整治", lead_unit=lead, due_on="2012-09-30")
    act(office, "conference_tasks", first.pk, version=version(first))
    act(office, "conference_minutes", first.pk)
    minutes = OfficialDocument.objects.system("test").get(kind="minutes")
    on_official_issued(OfficialIssued(minutes, world.actor("office"), on(6, 28)))
    assert fresh(first).state == "minuted"

    task = Task.objects.system("test").get(source="resolution")
    done = asked(task, world.actor("liaison"), on(9, 20))
    task_check(task=done, close=True, actor=world.actor("office"), now=on(9, 25))

    today(date(2012, 12, 10))
    second = convene(held_on=date(2012, 12, 20), title="年终联席会议")
    page = office.get(reverse("work:conference", args=[second.pk])).content.decode()
    assert "开展建材质量专项整治" in page and "已办结销号" in page
    act(office, "conference_situation", second.pk)
    report = OfficialDocument.objects.system("test").get(kind="report")
    text = "".join(run.text for block in from_json(report.blocks) for run in runs_of(block))
    assert "决定事项1项，转为任务后已落实1项，未落实0项。" in text
    assert figures_changed(from_json(report.blocks)) == ()
