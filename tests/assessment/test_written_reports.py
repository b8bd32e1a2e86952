"""书面报告: what must be answered in writing after the circular is asked for, and settled by the answer taken in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.forms import ValidationError
from django.test import Client
from django.urls import reverse
from tests.assessment.conftest import BODY, DECEMBER, Play
from tests.assessment.test_follow_ups import published, rows
from tests.world import World

from zhize.apps.assessment import mapping, services
from zhize.apps.assessment.forms.lines import demand_lines, demands_from
from zhize.apps.assessment.selectors import Edition
from zhize.apps.audit.models import Entry as LogEntry
from zhize.apps.documents.models import Issuer
from zhize.apps.orgs.models import Membership, Todo
from zhize.apps.requests.models import UnitRequest
from zhize.apps.requests.services import (
    request_accept,
    request_return,
    request_save,
    request_stamp,
    request_submit,
)
from zhize.apps.work.models import Task
from zhize.core.scoring.writing import digest_of
from zhize.kit.actor import Actor
from zhize.kit.errors import StateConflict

As = Callable[..., Client]
DEMANDS: list[dict[str, Any]] = [
    {"says": "向办公室书面报告", "grades": ["D"], "by": "report"},
    {"says": "限期整改", "grades": ["D"], "days": 33},
]
ANSWERS = {"causes": "台账没有建", "done": "已补建", "left": "", "head": "分管副市长"}


@pytest.fixture
def edition() -> Edition:
    scheme, body = mapping.edition_body({**BODY, "demands": DEMANDS})
    return Edition("small", scheme.title, "", "测试", date(2012, 1, 1), scheme, body, digest_of(scheme))


def asked() -> UnitRequest:
    return UnitRequest.objects.system("test").select_related("call", "unit").get()


def handed_in(world: World, request: UnitRequest) -> UnitRequest:
    """Filled in, stamped and handed in by the object's own office."""
    said: dict[str, Any] = {"actor": world.actor("sibling2"), "now": DECEMBER}
    saved = request_save(request=request, answers=ANSWERS, version=None, **said)
    request_stamp(request=saved, by="市长", on=date(2012, 12, 10), **said)
    return request_submit(request=saved, version=None, **said)


def test_who_must_report_in_writing_is_asked_with_a_form_and_a_day_of_the_rule(
    play: Play, issuer: Issuer, world: World, as_: As
) -> None:
    published(play, world)
    report, repair = rows()
    request = asked()
    assert (report.by, report.request_id, report.task_id) == ("report", request.pk, None)
    assert (repair.by, repair.request_id) == ("rectify", None) and Task.objects.system("test").count() == 1
    assert report.due_on == request.due_on == date(2013, 1, 7), "20 working days by the rule"
    assert request.unit_id == world.unit["ts_gov"].pk and request.call.stamp_needed
    assert [one["name"] for one in request.call.form] == ["causes", "done", "left", "head"]
    assert (request.call.source_kind, request.call.source_id) == ("assessment.round", play.pk)
    todo = Todo.objects.system("test").get(ref_kind="requests.unit_request", ref_id=request.pk, done_at=None)
    assert todo.due_on == request.due_on
    own = as_("sibling2").get(reverse("assessment:object", args=[play.row("ts").pk])).content.decode()
    assert reverse("requests:request", args=[request.pk]) in own
    assert as_("sibling2").get(reverse("requests:request", args=[request.pk])).status_code == 200


def test_the_report_taken_in_settles_it_and_a_returned_one_does_not(
    play: Play, issuer: Issuer, world: World, office: Actor, as_: As
) -> None:
    published(play, world)
    sent = handed_in(world, asked())
    back = request_return(request=sent, comment="请写明时限", version=None, actor=office, now=DECEMBER)
    assert rows()[0].state == "sent"
    again = handed_in(world, back)
    request_accept(request=again, version=None, actor=office, now=DECEMBER)
    report, repair = rows()
    assert (report.state, repair.state) == ("reported", "sent")
    entry = LogEntry.objects.system("test").get(type="assessment.follow_up.reported")
    assert entry.note == "天水市：向办公室书面报告"
    page = as_("office").get(reverse("assessment:round", args=[play.pk])).content.decode()
    assert "已书面报告" in page
    look: dict[str, Any] = {
        "words": "看",
        "on": date(2012, 12, 10),
        "version": None,
        "actor": office,
        "now": DECEMBER,
    }
    with pytest.raises(StateConflict):
        services.follow_up_look(follow_up=report, fixed=True, **look)


def test_an_object_that_left_since_is_sent_a_task_so_that_the_circular_is_not_held_up(
    play: Play, issuer: Issuer, world: World
) -> None:
    gone = Membership.objects.system("test").filter(unit=world.unit["ts_gov"])
    published(play, world, before=lambda: gone.update(valid_to=date(2012, 12, 1)))
    report, _ = rows()
    assert report.by == "report" and report.request_id is None and report.task is not None


def test_the_way_stands_in_the_line_of_the_demand_and_comes_back_from_it() -> None:
    text = demand_lines(DEMANDS, {"D": "D级"})
    assert text == "向办公室书面报告 = D级 =  = 书面报告\n限期整改 = D级 = 33"
    assert demands_from(text, {"D级": "D"}) == DEMANDS
    with pytest.raises(ValidationError, match="不是办理方式"):
        demands_from("约谈 = D级 = 3 = 口头", {"D级": "D"})
