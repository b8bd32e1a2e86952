"""Staff turnover: a liaison leaves, the page shows all that is held, one step gives it to the successor."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.test import Client
from django.urls import reverse
from tests.work.tasks.conftest import HandOut, fresh, on, taken
from tests.world import SINCE, World

from zhize.apps.audit.models import Entry
from zhize.apps.orgs import services as orgs
from zhize.apps.orgs.models import Delegation, Notice, Post, User
from zhize.apps.work.models import Task
from zhize.apps.work.services import NewTask, task_divide, task_remind

LEAVES = datetime.fromisoformat("2012-04-10T02:00:00+00:00")


@pytest.fixture
def held(world: World, hand_out: HandOut) -> dict[str, Task]:
    """The liaison is in charge of a task reminded about and of a part of it; another task is the clerk's."""
    User.objects.filter(pk=world.user["liaison"].pk).update(name="甲某（演示）")
    world.user["liaison"].refresh_from_db()
    whole = taken(hand_out(title="监督抽查", person="甲某（演示）"), world.actor("liaison"))
    part = task_divide(
        task=whole,
        part=NewTask(
            title="抽样", lead_unit_id=world.unit["zjj"].pk, person="甲某（演示）", due_on=whole.due_on
        ),
        actor=world.actor("liaison"),
        now=on(3, 10),
    )
    other = hand_out(title="别人的", person="经办人（演示）")
    task_remind(task=whole, step="remind", actor=world.actor("office"), now=on(4, 1))
    Delegation.objects.create(
        post=world.post["liaison"], deputy=world.user["clerk"], starts_on=date(2012, 4, 1), ends_on=date(2012, 5, 1),
        reason="出差",
    )  # fmt: skip
    return {"whole": whole, "part": part, "other": other}


def test_the_page_shows_all_that_is_held_and_one_step_hands_it_over(
    world: World, held: dict[str, Task], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zhize.kit.clock.demonstration_date", lambda: LEAVES.date())
    client = Client()
    client.force_login(world.user["liaison"], "django.contrib.auth.backends.ModelBackend")
    address = reverse("orgs:hand_over", args=[world.post["liaison"].pk])
    shown = client.get(address).content.decode()
    for words in ("负责的任务", "2012-001 监督抽查", "抽样", "子任务", "单位待办", "委托他人代办", "出差"):
        assert words in shown, words
    assert "别人的" not in shown
    client.post(address, {"to": world.user["head"].pk, "title": "", "on": "2012-04-10", "version": "1"})
    assert {fresh(held[key]).person for key in ("whole", "part")} == {world.user["head"].name}
    assert fresh(held["other"]).person == "经办人（演示）"
    note = Notice.objects.system("test").get(user=world.user["head"], text__contains="接任联络员")
    assert "甲某（演示）负责的 2 项任务由您负责，其中 1 件督办待反馈" in note.text
    assert Entry.objects.system("test").get(type="work.task.charge_taken").rows_digest
    assert Delegation.objects.system("test").get().revoked_at
    task_remind(task=held["whole"], step="urge", actor=world.actor("office"), now=on(4, 12))
    told = Notice.objects.system("test").filter(text__startswith="催办", at=on(4, 12))
    assert world.user["head"].pk in set(told.values_list("user_id", flat=True))
    assert world.user["liaison"].pk not in set(told.values_list("user_id", flat=True)), (
        "reminders go to the new one"
    )


def test_where_two_people_of_a_unit_bear_the_name_nobody_guesses(world: World, held: dict[str, Task]) -> None:
    twin = User.objects.create(username="twin", name="甲某（演示）", is_demo=True)
    Post.objects.create(
        user=twin, unit=world.unit["zjj"], jurisdiction=world.jurisdiction["gs"], role="clerk", title="经办人",
        starts_on=SINCE,
    )  # fmt: skip
    orgs.hand_over(
        post=world.post["liaison"], to=world.user["head"], on=LEAVES.date(), version=1,
        actor=world.actor("liaison"), now=LEAVES,
    )  # fmt: skip
    assert {fresh(held[key]).person for key in ("whole", "part")} == {"甲某（演示）"}
    assert not Entry.objects.system("test").filter(type="work.task.charge_taken").exists()
