"""参与单位: who supports, who guides, the part of each; the lead stays, the log keeps both states."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.work.tasks.conftest import HandOut, on
from tests.world import World

from zhize.apps.audit.models import Entry
from zhize.apps.orgs.models import Notice
from zhize.apps.work import services
from zhize.apps.work.models import Task, TaskUnit
from zhize.apps.work.policies import tasks as policies
from zhize.apps.work.selectors.tasks import participants_of
from zhize.apps.work.services import Part
from zhize.kit.errors import BadInput, NotAllowed, StateConflict

SignIn = Callable[[str], Client]


@pytest.fixture
def task(hand_out: HandOut) -> Task:
    """省质监局 alone."""
    return hand_out()


def said(task: Task) -> list[tuple[str, str, str]]:
    return [(row.role, row.unit.name, row.part) for row in participants_of(task)]


def parts(world: World, *rows: tuple[str, str, str]) -> list[Part]:
    return [Part(world.unit[key], role, part) for role, key, part in rows]


LEAD, SUPPORT, GUIDE = (
    ("lead", "zjj", "组织抽查"),
    ("support", "gsj", "查处无照经营"),
    ("guide", "office", ""),
)


def test_roles_and_parts_are_set_and_told_and_logged(world: World, task: Task) -> None:
    office = world.actor("office")
    done = services.task_units_set(
        task=task, parts=parts(world, LEAD, SUPPORT, GUIDE), actor=office, now=on(3, 6)
    )
    assert said(done) == [
        ("lead", "省质监局", "组织抽查"),
        ("support", "省工商局", "查处无照经营"),
        ("guide", "领导小组办公室", ""),
    ]
    assert done.supports == "省工商局", "a guiding unit is no supporting one"
    texts = Notice.objects.system("test").filter(user=world.user["other"]).values_list("text", flat=True)
    assert [text for text in texts if text.startswith("请配合办理")]
    entry = Entry.objects.system("test").filter(type="work.task.units_set").get()
    assert entry.before == {"units": ["牵头 省质监局"]}
    assert entry.after == {
        "units": ["牵头 省质监局 组织抽查", "配合 省工商局 查处无照经营", "指导 领导小组办公室"]
    }
    assert policies.may_report(world.actor("other"), done), "a supporting unit reports"
    guided = parts(world, LEAD, ("guide", "gsj", ""))
    services.task_units_set(task=done, parts=guided, actor=office, now=on(3, 7))
    assert not policies.may_report(world.actor("other"), done), "a guiding one does not"
    again = services.task_units_set(task=done, parts=parts(world, LEAD), actor=office, now=on(3, 7))
    assert said(again) == [("lead", "省质监局", "组织抽查")] and again.supports == ""


@pytest.mark.parametrize(
    ("rows", "match"),
    [
        ((SUPPORT,), "牵头单位应是省质监局"),
        ((("lead", "gsj", ""),), "牵头单位应是省质监局"),
        ((LEAD, SUPPORT, ("guide", "gsj", "")), "“省工商局”写了两次"),
    ],
)
def test_what_cannot_be_is_refused(world: World, task: Task, rows: Any, match: str) -> None:
    before = said(task)
    with pytest.raises(BadInput, match=match):
        services.task_units_set(
            task=task, parts=parts(world, *rows), actor=world.actor("office"), now=on(3, 6)
        )
    assert said(task) == before


def test_only_the_office_and_only_while_the_task_is_open(world: World, task: Task) -> None:
    with pytest.raises(NotAllowed):
        services.task_units_set(task=task, parts=parts(world, LEAD), actor=world.actor("head"), now=on(3, 6))
    Task.objects.system("test").filter(pk=task.pk).update(state="cancelled")
    with pytest.raises(StateConflict):
        services.task_units_set(
            task=task, parts=parts(world, LEAD), actor=world.actor("office"), now=on(3, 6)
        )


def test_the_page_takes_lines_and_names_the_one_it_cannot_read(
    world: World, task: Task, sign_in: SignIn
) -> None:
    client, address = sign_in("office"), reverse("work:task_units", args=[task.pk])
    assert "牵头 省质监局" in client.get(address).content.decode()
    task.refresh_from_db(from_queryset=Task.objects.system("test"))
    wrong = client.post(address, {"units": "牵头 省质监局\n协助 省工商局", "version": task.version})
    assert wrong.status_code == 400 and "第 2 行读不出责任和单位" in wrong.content.decode()
    text = "牵头 省质监局 组织抽查\n指导 领导小组办公室 定期会商"
    page = client.post(address, {"units": text, "version": task.version}, follow=True).content.decode()
    assert "指导单位" in page and "定期会商" in page and "组织抽查" in page
    assert TaskUnit.objects.system("test").filter(task=task, role="guide").count() == 1
