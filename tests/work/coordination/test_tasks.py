"""What the coordination of a matter comes to: a task with the matter as its source, and back when it is done."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from tests.work.coordination.conftest import Raise, fresh
from tests.work.tasks.conftest import DUE, asked, on
from tests.world import World

from zhize.apps.audit.models import Entry
from zhize.apps.orgs.models import Notice
from zhize.apps.work.models import MatterStep, Task
from zhize.apps.work.services import NewTask, matter_answer, matter_assign, matter_take, task_check
from zhize.apps.years.models import WorkYear
from zhize.core.kernel.errors import NoSuchStep
from zhize.kit.errors import NotAllowed

pytestmark = pytest.mark.django_db


def new_task(world: World) -> NewTask:
    return NewTask("商定人员划转办法", world.unit["gsj"].pk, DUE)


def test_a_task_made_of_a_matter_names_it_and_tells_the_unit_when_it_is_done(
    world: World, raised: Raise, year: WorkYear
) -> None:
    matter, office = raised(), world.actor("office")
    with pytest.raises(NoSuchStep):
        matter_assign(matter=matter, task=new_task(world), year=year, actor=office, now=on(3, 6))
    matter_take(matter=matter, actor=office, now=on(3, 6))
    task = matter_assign(matter=matter, task=new_task(world), year=year, actor=office, now=on(3, 7))
    assert (task.source, task.source_kind, task.source_id) == ("coordination", "work.matter", matter.pk)
    assert task.basis == "省质监局提请协调：明确检验人员划转"
    assert fresh(matter).state == "handling"
    assert Entry.objects.system("test").filter(type="work.matter.assigned").count() == 1
    assert Notice.objects.system("test").filter(text__contains="协调事项已形成任务").exists()
    matter_answer(matter=fresh(matter), answer="由省工商局商定办法。", actor=office, now=on(3, 8))
    done = asked(task, world.actor("other"), on(6, 1))
    task_check(task=done, close=True, actor=office, now=on(6, 4))
    whats = MatterStep.objects.system("test").filter(matter=matter).order_by("at", "pk")
    assert list(whats.values_list("what", flat=True)) == ["提请协调", "受理", "交办任务", "答复", "任务办结"]


def test_only_the_office_makes_the_task_and_it_comes_back_to_the_matters_page(
    world: World, raised: Raise, year: WorkYear, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zhize.kit.clock.demonstration_date", lambda: on(3, 7).date())
    matter = raised()
    matter_take(matter=matter, actor=world.actor("office"), now=on(3, 6))
    with pytest.raises(NotAllowed):
        matter_assign(
            matter=matter, task=new_task(world), year=year, actor=world.actor("liaison"), now=on(3, 7)
        )
    made, page = (
        reverse("work:task_create") + f"?matter={matter.pk}",
        reverse("work:matter", args=[matter.pk]),
    )
    unit, client = Client(), Client()
    for one, who in ((unit, "liaison"), (client, "office")):
        one.force_login(world.user[who], "django.contrib.auth.backends.ModelBackend")
    assert unit.get(made).status_code == 403 and "matter=" not in unit.get(page).content.decode()
    assert f"?matter={matter.pk}" in client.get(page).content.decode()
    form = client.get(made).content.decode()
    assert "省质监局提请协调：明确检验人员划转" in form and 'name="source"' not in form
    sent = {"title": "商定人员划转办法", "lead_unit": world.unit["gsj"].code, "due_on": "2012-06-30"}
    answer = client.post(made, sent)
    assert answer.status_code == 302 and answer["Location"] == page
    assert Task.objects.system("test").get().source_id == matter.pk
    shown = client.get(page).content.decode()
    assert "协调形成的任务" in shown and "商定人员划转办法" in shown
