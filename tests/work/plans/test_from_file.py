"""A unit uploads its own plan: what was read is shown, edited, dropped, accepted; only what was accepted becomes items."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.core.reading import real
from tests.kit.bad_files import docx_file
from tests.support.word import Word
from tests.work.plans.conftest import Desk, fresh, items, on, statements

from zhize.apps.audit.models import Entry
from zhize.apps.work import services
from zhize.apps.work.models import Plan
from zhize.kit.errors import BadInput, NotAllowed, StateConflict

BACKEND = "django.contrib.auth.backends.ModelBackend"
ONE_SIGNED_IN_PAGE = 22  # signing in anew, as each request of these tests does
Ask = Callable[..., Any]


def word_plan() -> bytes:
    """As a department writes it, numbered by Word itself, with a table of two tasks behind."""
    made = Word()
    made.add("省质监局2012年质量工作计划")
    made.add("指导思想", 0)
    made.add("推进质量振兴。")
    made.add("主要任务", 0)
    made.add(
        "开展重点产品质量监督抽查。全年抽查不少于3000批次。11月底前公布结果。（省质监局牵头，省工商局配合）",
        1,
    )
    made.add("建立企业质量档案。会同省商务局，第三季度前建档500家。", 1)
    return made.content()


def table_plan() -> bytes:
    document = docx.Document()
    document.add_paragraph("2012年重点任务分解表")
    rows = [
        ("工作任务", "工作目标", "主要措施", "完成时限", "责任单位", "配合单位"),
        ("计量器具强制检定", "检定率达到95%以上", "建立台账", "4月底前", "质监局", "省工商局"),
        ("", "", "集中检定", "10月底前", "", ""),
        ("公布名牌产品", "公布50个", "组织评审", "12月", "省质监局", ""),
    ]
    table = document.add_table(rows=len(rows), cols=6)
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(at, column).text = text
    for column in (0, 1, 4, 5):
        table.cell(1, column).merge(table.cell(2, column))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.fixture
def ask(desk: Desk, now: datetime, monkeypatch: pytest.MonkeyPatch) -> Ask:
    monkeypatch.setattr("zhize.kit.clock.demonstration_date", lambda: now.date())

    def post(plan: Plan, data: dict[str, Any] | None = None, who: str = "liaison", **file: bytes) -> Any:
        client = Client()
        client.force_login(desk.world.user[who], backend=BACKEND)
        uploads = {name: SimpleUploadedFile("质监局计划.docx", content) for name, content in file.items()}
        address = reverse("work:plan_file", args=[plan.pk])
        return client.post(address, {**(data or {}), **uploads}) if data or file else client.get(address)

    return post


def filled(page: str) -> dict[str, Any]:
    """The form as a browser would send it back, unchanged."""
    from lxml import html

    root = html.fromstring(page)
    form = next(f for f in root.forms if f.xpath(".//input[@name='count']"))
    return {key: value for key, value in form.form_values() if key != "csrfmiddlewaretoken"}


def test_the_word_plan_is_shown_as_items_and_nothing_is_written(desk: Desk, ask: Ask) -> None:
    plan = desk.plan()
    answer = ask(plan, file=word_plan())
    page = answer.content.decode()
    assert answer.status_code == 200
    assert re.findall(r"<legend>\s*(\d+\. [^<]+?)\s*<small", page) == [
        "1. 开展重点产品质量监督抽查",
        "2. 建立企业质量档案",
    ]
    for words in ("“省商务局”不在可选的单位里", "原文没有写目标，请补上", "一、指导思想", "质监局计划.docx"):
        assert words in page, words
    form = filled(page)
    assert (form["i0-due_on"], form["i0-support_names"], form["i0-part"]) == (
        "2012-11-30",
        "省工商局",
        "product",
    )
    assert form["i0-lead_unit"] == str(desk.world.unit["zjj"].pk)
    assert items(plan) == []


def test_what_is_edited_and_accepted_becomes_items_and_what_is_dropped_does_not(desk: Desk, ask: Ask) -> None:
    plan = desk.plan()
    form = filled(ask(plan, file=word_plan()).content.decode())
    del form["i1-take"]
    form |= {"i0-title": "监督抽查3000批次", "i0-duty_codes": "3.1.1#4"}
    answer = ask(plan, form)
    assert answer.status_code == 302, answer.content.decode()
    (item,) = items(plan)
    assert (item.title, item.goal, item.due_on) == (
        "监督抽查3000批次",
        "全年抽查不少于3000批次。",
        date(2012, 11, 30),
    )
    assert (item.support_names, item.duty_codes, item.target) == (
        "省工商局",
        "3.1.1#4",
        "全年抽查不少于3000批次",
    )
    entry = Entry.objects.system("test").filter(type="work.plan_item.imported").latest("pk")
    assert entry.after["from"] == "质监局计划.docx"
    again = ask(plan, form)
    assert again.status_code == 422
    assert "已在计划里" in again.content.decode()
    assert len(items(plan)) == 1


def test_a_table_gives_an_item_a_row_with_the_dates_of_its_steps(desk: Desk, ask: Ask) -> None:
    plan = desk.plan()
    form = filled(ask(plan, file=table_plan()).content.decode())
    assert ask(plan, form).status_code == 302
    first, second = items(plan)
    assert (first.title, first.measure, first.due_on) == (
        "计量器具强制检定",
        "建立台账（4月底前）\n集中检定（10月底前）",
        date(2012, 10, 31),
    )
    assert first.steps == "2012-04-30 建立台账\n2012-10-31 集中检定"
    assert first.lead_unit == desk.world.unit["zjj"], "质监局 can only be 省质监局 here"
    assert (second.title, second.due_on, second.order) == ("公布名牌产品", date(2012, 12, 31), 2)


def test_what_is_missing_is_said_at_the_item_and_the_rest_stays_as_it_was(desk: Desk, ask: Ask) -> None:
    plan = desk.plan()
    form = filled(ask(plan, file=word_plan()).content.decode())
    form |= {"i0-support_names": "省工商局、省某局", "i0-measure": "改写过的措施"}
    answer = ask(plan, form)
    page = answer.content.decode()
    assert answer.status_code == 422
    for words in ("2. 目标：没有填写", "1. 配合单位：“省某局”不在可选范围内", "改写过的措施"):
        assert words in page, words
    assert items(plan) == []
    none = ask(plan, {name: value for name, value in form.items() if not name.endswith("-take")})
    assert "没有勾选事项" in none.content.decode()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "文件是空的"),
        (b"\xd0\xcf\x11\xe0" + b"0" * 600, "docx"),
        (b"PK\x03\x04 not a word file", "请"),
        (docx_file("今年工作很忙"), "没有读出事项"),
    ],
    ids=["empty", "old .doc", "no zip", "no items"],
)
def test_a_file_that_holds_no_plan_is_answered_in_words(
    desk: Desk, ask: Ask, content: bytes, words: str
) -> None:
    answer = ask(desk.plan(), file=content)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert words in re.sub(r"<[^>]+>", "", page[page.index("form-errors") :])


def test_only_the_unit_itself_while_the_plan_is_open(desk: Desk, ask: Ask) -> None:
    plan = desk.plan()
    assert ask(plan, who="other").status_code == 404
    row = {"title": "甲", "part": "product", "goal": "乙", "measure": "丙", "due_on": date(2012, 11, 30)}
    row["lead_unit"] = desk.world.unit["zjj"]
    add = services.plan_items_from_file
    with pytest.raises(NotAllowed):
        add(plan=plan, rows=[row], file_name="x", actor=desk.actor("other"), now=on(1, 12))
    with pytest.raises(BadInput, match="不在2012年度之内"):
        late = [row | {"due_on": date(2013, 1, 1)}]
        add(plan=plan, rows=late, file_name="x", actor=desk.actor("liaison"), now=on(1, 12))
    assert add(plan=plan, rows=[row], file_name="x", actor=desk.actor("liaison"), now=on(1, 12)) == 1
    services.plan_submit(plan=fresh(plan), version=None, actor=desk.actor("liaison"), now=on(1, 20))
    with pytest.raises(StateConflict):
        add(plan=plan, rows=[row], file_name="x", actor=desk.actor("liaison"), now=on(1, 21))


def test_a_long_plan_takes_no_more_statements_than_a_short_one(desk: Desk, ask: Ask) -> None:
    """Twenty-four rows of a real division of tasks, with the text before it: forty-five candidates on one page."""
    plan = desk.plan()
    long = docx_file(*real("12").split("\n"))
    assert ask(plan, file=long).content.decode().count("found-item") == 45
    with statements(ONE_SIGNED_IN_PAGE + 14):
        ask(plan, file=long)
