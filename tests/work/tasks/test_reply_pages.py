"""任务进展填报 in the browser: the whole round, refusals in the form, statements that do not grow, and the workbook."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.requests.packing import dropped, files, upload
from tests.work.tasks.conftest import HandOut, fresh, on, taken
from tests.work.tasks.replying import SENT, accept, call_progress, reply_to, request_of, submit, write
from tests.world import World

from zhize.apps.requests.mapping.pack_book import pack_bytes
from zhize.apps.requests.models import PackFile, UnitRequest
from zhize.apps.requests.services import packs_take
from zhize.apps.work.forms.task_reply_pack import PACK
from zhize.apps.work.models import Matter, Task, TaskProgress
from zhize.apps.work.services import task_suspend
from zhize.apps.work.services.task_replies import Written
from zhize.apps.years.models import WorkYear
from zhize.kit.pack_sheet import TABLE

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(autouse=True)
def april(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr("zhize.kit.clock.demonstration_date", lambda: SENT.date())


@pytest.fixture
def task(world: World, hand_out: HandOut) -> Task:
    return taken(hand_out(), world.actor("liaison"))


def browser(world: World, who: str) -> Client:
    client = Client()
    client.force_login(world.user[who], BACKEND)
    return client


def statements(act: Any) -> int:
    with CaptureQueriesContext(connection) as captured:
        act()
    return sum("SAVEPOINT" not in one["sql"] for one in captured.captured_queries)


def test_the_whole_round_from_the_template_to_the_tasks_page(
    world: World, year: WorkYear, task: Task
) -> None:
    office, liaison = browser(world, "office"), browser(world, "liaison")
    template = reverse("requests:call_create") + "?template=task_progress"
    assert template in office.get(reverse("work:tasks")).content.decode()
    page = office.get(template).content.decode()
    assert "重点任务进展" in page and '<option value="work.task_progress" selected>' in page
    sent = office.post(template, {
        "title": "一季度重点任务进展", "due_on": "2012-04-10", "period_start": "2012-01-01", "period_end": "2012-03-31",
        "content": "work.task_progress", "nil_allowed": "on", "who": "chosen", "units": [world.unit["zjj"].pk],
        "template": "task_progress", "f-TOTAL_FORMS": "0", "f-INITIAL_FORMS": "0",
    })  # fmt: skip
    assert sent.status_code == 302, sent.content.decode()
    assert office.post(f"{sent['Location']}issue/").status_code == 302
    request = UnitRequest.objects.system("test").get(unit=world.unit["zjj"])
    url, prefix = reverse("work:task_replies", args=[request.pk]), f"t{task.pk}"
    assert url in liaison.get(reverse("requests:request", args=[request.pk])).content.decode()

    assert url in liaison.get(reverse("work:my_tasks")).content.decode()

    def post(action: str, **more: Any) -> Any:
        version = UnitRequest.objects.system("test").get(pk=request.pk).version
        return liaison.post(url, {"action": action, "version": version, **more})

    wrong = post("save", **{f"{prefix}-percent": "140", f"{prefix}-words": "已抽样"})
    assert wrong.status_code == 422 and "进度应为 0 至 100" in wrong.content.decode()
    assert "已抽样" in wrong.content.decode() and not Matter.objects.system("test").exists()
    refused = post("submit", **{f"{prefix}-percent": "40"})
    assert refused.status_code == 422 and "没有填写进展情况" in refused.content.decode()
    said = {
        f"{prefix}-percent": "40",
        f"{prefix}-words": "已抽样 40 批次",
        f"{prefix}-difficulties": "经费未到位",
    }
    said |= {f"{prefix}-wanted": "请财政厅拨付检验经费", "statement": "其余按计划推进"}
    material = SimpleUploadedFile("汇总表.txt", b"demo")
    assert post("save", **said, **{f"{prefix}-uploads": material}).status_code == 302
    assert "汇总表" in liaison.get(url).content.decode()
    assert "已抽样 40 批次" not in office.get(url).content.decode()
    assert post("submit", **said).status_code == 302
    seen = office.get(url).content.decode()
    assert all(one in seen for one in ("已抽样 40 批次", "请财政厅拨付检验经费", "汇总表", "其余按计划推进"))
    version = UnitRequest.objects.system("test").get(pk=request.pk).version
    comment = {f"comment-{reply_to(task).pk}": "请写合格率"}
    assert office.post(url, {"action": "return", "version": version, **comment}).status_code == 302
    assert "请写合格率" in liaison.get(url).content.decode()
    assert post("submit", **{**said, f"{prefix}-words": "抽样 40 批次，合格率 96%"}).status_code == 302
    version = UnitRequest.objects.system("test").get(pk=request.pk).version
    assert office.post(url, {"action": "accept", "version": version}).status_code == 302
    assert url not in liaison.get(reverse("work:my_tasks")).content.decode()
    story = liaison.get(reverse("work:task", args=[task.pk])).content.decode()
    assert all(one in story for one in ("抽样 40 批次，合格率 96%", "2012年第一季度", "汇总表", "经费未到位"))
    assert Matter.objects.system("test").get().wanted == "请财政厅拨付检验经费"
    assert "抽样 40 批次，合格率 96%" in liaison.get(reverse("work:my_tasks")).content.decode()
    assert fresh(task).percent == 40


def test_a_tasks_page_suspended_while_it_was_being_filled_in_says_so_and_loses_nothing(
    world: World, year: WorkYear, task: Task
) -> None:
    request = request_of(call_progress(world, year, "zjj"), world)
    write(request, world, {task: Written(percent=40, words="已抽样 40 批次")})
    task_suspend(task=task, reason="等待机构改革", actor=world.actor("office"), now=SENT)
    client, url = browser(world, "liaison"), reverse("work:task_replies", args=[request.pk])
    page = client.get(url).content.decode()
    assert all(one in page for one in ("现在不用报的任务", "已暂停，恢复后再报", "已抽样 40 批次"))
    version = UnitRequest.objects.system("test").get(pk=request.pk).version
    assert client.post(url, {"action": "submit", "version": version}).status_code == 302
    assert reply_to(task).words == "已抽样 40 批次" and reply_to(task).handed is None


def test_statements_grow_neither_with_the_tasks_of_a_page_nor_with_those_taken_in(
    world: World, year: WorkYear, hand_out: HandOut
) -> None:
    office, liaison = browser(world, "office"), browser(world, "liaison")
    found: list[tuple[int, ...]] = []
    for number in (3, 20):
        tasks = [taken(hand_out(title=f"任务{number}-{n}"), world.actor("liaison")) for n in range(number)]
        request = request_of(call_progress(world, year, "zjj", title=f"报送{number}"), world)
        url = reverse("work:task_replies", args=[request.pk])
        liaison.get(url)
        shown = statements(lambda url=url: liaison.get(url))
        open_now = Task.objects.system("test").filter(jurisdiction=year.jurisdiction)
        rows = {one: Written(percent=20, words="推进中") for one in open_now}
        saved = statements(lambda request=request, rows=rows: write(request, world, rows))
        sent = statements(lambda request=request: submit(request, world))
        office.get(url)
        judged = statements(lambda url=url: office.get(url))
        kept = statements(lambda request=request: accept(request, world))
        assert fresh(tasks[-1]).percent == 20
        found.append((shown, saved, sent, judged, kept))
    assert found[0] == found[1] and max(found[1][0], found[1][3]) <= 15


def book_of(request: UnitRequest, world: World, cells: dict[str, Any]) -> bytes:
    """The unit's workbook with these cells of its table filled in."""
    made = pack_bytes(request, {}, world.actor("liaison"), PACK.table(request, False))
    book = openpyxl.load_workbook(io.BytesIO(made))
    for place, value in cells.items():
        book[TABLE][place].value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_with_a_row_a_task_is_filled_in_off_line_and_taken_in_by_the_office(
    world: World, year: WorkYear, task: Task, hand_out: HandOut
) -> None:
    nothing = taken(hand_out(title="没有进展的", due_on=on(9, 30).date()), world.actor("liaison"))
    request, office = request_of(call_progress(world, year, "zjj"), world), world.actor("office")
    sheet = openpyxl.load_workbook(io.BytesIO(book_of(request, world, {})))[TABLE]
    heads = {cell.value: cell.column_letter for cell in sheet[5]}
    assert sheet["B6"].value == task.title and sheet["B7"].value == nothing.title
    place = {
        name: f"{heads[name]}6" for name in ("进度（%）", "进展情况", "困难和需要协调的问题", "提请协调")
    }
    half = {place["进展情况"]: "已抽样 40 批次", place["提请协调"]: "请财政厅拨付"}
    run = dropped(request.call, world, SENT, upload(book_of(request, world, half), "a.xlsx"))
    refused = files(run).get()
    assert refused.verdict == PackFile.Verdict.REFUSED
    told = "".join(refused.problems)
    assert all(one in told for one in ("没有填写进度", "提请协调没有写明困难", "没有填写进展情况"))
    whole = half | {
        place["进度（%）"]: 40,
        place["困难和需要协调的问题"]: "经费未到位",
        f"{heads['本期无新进展']}7": "是",
    }
    run = dropped(request.call, world, SENT, upload(book_of(request, world, whole), "b.xlsx"))
    assert files(run).get().verdict == PackFile.Verdict.READY, files(run).get().problems
    packs_take(run=run, replace=set(), version=None, actor=office, now=SENT)
    assert files(run).get().verdict == PackFile.Verdict.TAKEN
    accept(request_of(request.call, world), world)
    assert (fresh(task).percent, fresh(task).last_word) == (40, "已抽样 40 批次")
    assert fresh(nothing).last_word == "本期无新进展"
    assert TaskProgress.objects.system("test").get(task=task).by.endswith("（代录）")


def test_a_workbook_made_before_something_was_written_on_line_is_a_conflict(
    world: World, year: WorkYear, task: Task
) -> None:
    request = request_of(call_progress(world, year, "zjj"), world)
    sheet = openpyxl.load_workbook(io.BytesIO(book_of(request, world, {})))[TABLE]
    heads = {cell.value: cell.column_letter for cell in sheet[5]}
    cells = {f"{heads['进度（%）']}6": 40, f"{heads['进展情况']}6": "已抽样 40 批次"}
    raw = book_of(request, world, cells)
    write(request, world, {task: Written(percent=60, words="已抽样 60 批次")})
    run = dropped(request.call, world, SENT, upload(raw, "a.xlsx"))
    row = files(run).get()
    assert (row.verdict, row.changed) == (PackFile.Verdict.CONFLICT, [f"“{task.title}”"])


def test_tasks_that_find_no_place_on_the_page_are_told_of(
    world: World, year: WorkYear, hand_out: HandOut, task: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken(hand_out(title="第二项（演示）"), world.actor("liaison"))
    page = reverse("work:task_replies", args=[request_of(call_progress(world, year, "zjj"), world).pk])
    client = browser(world, "liaison")
    assert "本单位的任务太多" not in client.get(page).content.decode()
    monkeypatch.setattr("zhize.apps.work.selectors.task_replies.MOST", 1)
    shown = client.get(page).content.decode()
    assert "只列期限最早的 1 项" in shown and shown.count('class="review-item') == 1
