"""Ways a unit answers a call for its plan: in the browser (`plan`), by its own Word plan, by the workbook sent back."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
from playwright.sync_api import FilePayload, Page, expect
from tests.e2e.year.people import DEPARTMENTS, OFFICE, People
from tests.e2e.year.plan import Item, Planning
from tests.kit.bad_files import pdf_file
from tests.support.walking import said, to_do
from tests.support.word import Word

from zhize.apps.requests.mapping.pack_opening import SHEET
from zhize.kit.pack_sheet import TABLE

CALL, DAY = "2012年度工作计划", "2012-02-06"
BROWSER, PACK, READER, TWO = "省质监局", "省农牧厅", "省教育厅", ("省发展改革委", "省工信委")
SAMPLING, BASES, COURSES = "开展重点工业产品监督抽查", "创建农业标准化示范基地", "开展质量知识进校园活动"
POLICY, SAME = "落实扶持名优企业的产业政策", "发布扶持名优企业政策措施"
PLANNING = Planning(
    OFFICE,
    CALL,
    DAY,
    "2012-02-24",
    {
        BROWSER: Item(
            DEPARTMENTS[BROWSER],
            SAMPLING,
            "全年抽查不少于1200批次",
            "按季制定抽查方案，公布结果并做好后处理",
            "产品质量监督抽查",
        ),
        PACK: Item(DEPARTMENTS[PACK], BASES, "提高农产品质量", "新建示范基地，开展培训和检测"),
        READER: Item(DEPARTMENTS[READER], COURSES, "覆盖全省80所中小学", "编写读本"),
        **{unit: Item("", "", "", "") for unit in TWO},
    },
)


def word_plan() -> FilePayload:
    made = Word()
    made.add("省教育厅2012年质量工作计划")
    made.add("主要任务", 0)
    made.add(
        f"{COURSES}。覆盖全省80所中小学。编写读本，组织质量教育公开课。9月底前完成。（省教育厅牵头，省质监局配合）",
        1,
    )
    made.add("建设质量教育社会实践基地。认定基地10个。10月底前完成。", 1)
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return {"name": "省教育厅计划.docx", "mimeType": kind, "buffer": made.content()}


def signed_and_sent(page: Page) -> None:
    to_do(page, CALL).get_by_role("button").first.click()
    page.get_by_label("审签人").fill("分管负责人（演示）")
    page.get_by_label("审签日期").fill(DAY)
    page.get_by_label("审签件扫描").set_input_files(scan("审签件.pdf"))
    page.get_by_role("button", name="登记审签").click()
    page.get_by_role("button", name="报送", exact=True).click()
    said(page, "已报送")


def scan(name: str) -> FilePayload:
    return {"name": name, "mimeType": "application/pdf", "buffer": pdf_file()}


def own_plan_is_split(people: People) -> None:
    """The unit's own Word plan, read into two items: one corrected and taken, the other not."""
    page = people(DEPARTMENTS[READER])
    to_do(page, CALL).get_by_role("button", name="报送").click()
    page.get_by_role("link", name="计划事项").click()
    page.get_by_role("button", name="开始编写").click()
    page.get_by_role("link", name="从计划文件拆").click()
    page.locator("input[type=file]").set_input_files(word_plan())
    page.get_by_role("button", name="拆成事项").click()
    people.look(page, "items found in a file")
    found = page.locator("fieldset.found-item")
    expect(found).to_have_count(2)
    found.last.get_by_label("采用这一项").uncheck()
    page.get_by_role("button", name="采用勾选的事项").click()
    said(page, "采用 1 项")
    signed_and_sent(page)


def workbook_comes_back(people: People, folder: Path) -> None:
    """The office sends the workbooks out, and drops the one it got back by mail."""
    page = people(OFFICE)
    page.goto("/requests/")
    page.get_by_role("link", name=CALL).first.click()
    page.get_by_role("link", name="报送包").click()
    with page.expect_download() as caught:
        page.get_by_role("link", name="导出").click()
    with zipfile.ZipFile(caught.value.path()) as packs:
        name = next(one for one in packs.namelist() if PACK in one)
        book = openpyxl.load_workbook(io.BytesIO(packs.read(name)))
    item = PLANNING.items[PACK]
    cells = {
        "B": item.title,
        "C": "产品质量",
        "D": item.goal,
        "E": item.measure,
        "F": "2012-10-31",
        "G": PACK,
        "H": BROWSER,
    }
    for column, words in cells.items():
        book[TABLE][f"{column}6"].value = words
    for row in book[SHEET].iter_rows():
        for head, words in (("审签人", "分管副厅长（演示）"), ("审签日期", DAY)):
            if str(row[0].value).startswith(head):
                row[1].value = words
    file = folder / name
    book.save(file)
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_label("收到日期").fill(DAY)
    page.get_by_role("button", name="读取").click()
    people.look(page, "workbooks read")
    page.get_by_role("button", name="收取 1 份").click()
    expect(page.get_by_role("button", name="收取 1 份")).to_have_count(0)
    expect(page.locator("tbody")).to_contain_text("已收取")
