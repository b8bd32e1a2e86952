"""Pages of matters: from a task with one click, lists of office and unit, refusals on the page, constant statements."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.work.coordination.conftest import Raise, fresh
from tests.work.tasks.conftest import HandOut, on
from tests.world import World

from zhize.apps.work.models import Matter
from zhize.apps.work.services import Report, matter_pass, task_progress_report, task_take

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]


def statements(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_a_report_of_difficulties_offers_to_raise_them_with_one_click(
    world: World, hand_out: HandOut, sign_in: SignIn
) -> None:
    liaison, task = world.actor("liaison"), hand_out("zjj")
    task_take(task=task, actor=liaison, now=on(3, 6))
    report = Report(words="已开展。", difficulties="抽样经费未落实。")
    task_progress_report(task=task, report=report, actor=liaison, now=on(3, 7))
    client = sign_in("liaison")
    address = f"{reverse('work:matter_raise')}?from=work.task%3A{task.pk}"
    assert address in client.get(reverse("work:task", args=[task.pk])).content.decode()
    form = client.get(address).content.decode()
    assert "抽样经费未落实。" in form and task.title in form
    assert client.post(address, {"title": "落实经费"}).status_code == 400
    data = {
        "title": "落实经费",
        "problem": "抽样经费未落实。",
        "wanted": "请财政部门落实。",
        "wanted_of": ["省工商局"],
    }
    page = client.post(address, data, follow=True).content.decode()
    matter = Matter.objects.system("test").get()
    assert (matter.ref_kind, matter.ref_id, matter.wanted_of) == ("work.task", task.pk, "省工商局")
    assert "待受理" in page and task.title in page
    assert "这件事已经提请过" in client.get(address).content.decode()
    assert client.post(address, data).status_code == 409
    assert client.get(f"{reverse('work:matter_raise')}?from=orgs.unit:1").status_code == 400
    assert client.get(f"{reverse('work:matter_raise')}?from=x").status_code == 400


def test_the_office_finds_all_a_unit_its_own_and_those_asked_of_it(
    world: World, raised: Raise, sign_in: SignIn
) -> None:
    matter = raised()
    lists = reverse("work:matters"), reverse("work:matters_asked")
    assert matter.title in sign_in("office").get(lists[0]).content.decode()
    other = sign_in("other")
    assert matter.title not in other.get(lists[0]).content.decode()
    page = reverse("work:matter", args=[matter.pk])
    given = {"version": matter.version, "units": ["省工商局"], "question": "能否划转？"}
    assert sign_in("office").post(f"{page}pass/", given).status_code == 302
    assert matter.title in other.get(lists[1]).content.decode()
    assert "能否划转？" in other.get(page).content.decode()
    assert other.post(f"{page}reply/", {"reply": "可以。"}).status_code == 302
    assert fresh(matter).state == "handling"
    file = sign_in("office").get(lists[0], {"export": "csv", "all": "1", "light": "not_due"})
    assert matter.title in b"".join(file.streaming_content).decode()  # type: ignore[attr-defined]


def test_two_people_at_once_see_both_versions(world: World, raised: Raise, sign_in: SignIn) -> None:
    matter = raised()
    page, office = reverse("work:matter", args=[matter.pk]), sign_in("office")
    assert office.post(f"{page}take/", {"version": matter.version}).status_code == 302
    stale = {"version": matter.version, "answer": "已协调。"}
    assert office.post(f"{page}answer/", stale).status_code == 409
    assert fresh(matter).state == "handling"


def test_statements_of_list_and_page_do_not_grow(world: World, raised: Raise, sign_in: SignIn) -> None:
    office, first = sign_in("office"), raised()
    urls = reverse("work:matters"), reverse("work:matter", args=[first.pk])
    few = [statements(office, url) for url in urls]
    for number in range(20):
        raised(title=f"事项 {number}")
    ids: list[Any] = [world.unit[key].pk for key in ("gsj", "lz_gov", "ts_gov", "office")]
    matter_pass(matter=first, unit_ids=ids, question="能否？", actor=world.actor("office"), now=on(3, 6))
    assert [statements(office, url) for url in urls] == few
