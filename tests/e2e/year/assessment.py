"""Step 9: a scheme written from a printed table, self-evaluation, marks, scores in words, approval, notice, sheets."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect
from tests.e2e.year import papers
from tests.e2e.year.people import CITY_OFFICE, DIRECTOR, OFFICE, People
from tests.support.walking import a_paper, said, to_do

SCHEME, ROUND = "市州质量工作考核表（演示）", "2012年市州质量工作考核"
TABLE = f"""{SCHEME}
| 序号 | 考核项目 | 分值 | 评分标准 |
|  | 总分 | 100 |  |
| 1 | 监督抽查批次 | 30 | 按年度抽查400批次以上的完成比例得分，低于60%不得分 |
| 2 | 按期报送 | 20 | 应报事项每迟报1次扣0.5分，每未报1次扣2分，扣完为止 |
| 3 | 质量安全 | 20 | 每发生1起质量安全事件扣5分，扣完为止 |
| 4 | 重点工作 | 30 | 查看台账和现场，按工作成效评分 |
"""
GRADES = "A级 = 90\nB级 = 80 = 90\nC级 = 60 = 80\nD级 = = 60"
VETO = "发生较大质量安全事件 = 不高于C级"


def director_writes_the_scheme(people: People) -> None:
    page = people(DIRECTOR)
    page.goto("/assessment/drafts/new/")
    people.look(page, "new scheme")
    page.get_by_label("粘贴考核表").fill(TABLE)
    page.get_by_label("办法代码").fill("walk")
    page.get_by_label("依据").fill("责任制度一（三）、二（三）")
    page.get_by_role("button", name="读入").click()
    people.look(page, "scheme draft")
    _criterion(page, "监督抽查批次", source="指标数据", codes="product.spot_check.batches")
    _criterion(page, "按期报送", source="履职事项")
    _criterion(page, "质量安全", source="检查发现", evidence="质量安全事件情况说明")
    _criterion(page, "重点工作", source="人工认定", evidence="重点工作台账")
    people.look(page, "scheme draft checked")
    page.get_by_role("link", name="总分和等次").click()
    people.look(page, "scheme whole")
    page.get_by_label("等次").first.fill(GRADES)
    page.get_by_label("一票否决").fill(VETO)
    page.get_by_role("button", name="保存", exact=True).click()
    page.get_by_role("link", name="登记为办法").click()
    people.look(page, "scheme to register")
    page.get_by_label("施行日期").fill("2012-01-01")
    page.get_by_role("button", name="登记为办法").click()
    said(page, "登记")


def _criterion(page: Page, title: str, *, source: str, codes: str = "", evidence: str = "") -> None:
    row = page.locator("tr", has_text=title)
    row.get_by_role("link", name="修改").click()
    page.get_by_label("数据来源").select_option(label=source)
    page.get_by_label("来源代码").fill(codes)
    page.get_by_label("佐证").fill(evidence)
    page.get_by_role("button", name="保存", exact=True).click()
    said(page, "保存")


def office_opens_the_round(people: People) -> None:
    page = people(OFFICE)
    page.goto("/assessment/new/")
    people.look(page, "new round")
    page.get_by_label("考核名称").fill(ROUND)
    page.get_by_label("考核办法").select_option(label=SCHEME)
    page.get_by_label("考核依据").fill("责任制度一（三）")
    page.get_by_label("数据截止日期").fill("2012-11-30")
    page.get_by_label("自评期限").fill("2012-12-04")
    page.get_by_role("button", name="建立考核").click()
    page.get_by_role("button", name="启动自评").click()
    said(page, "自评中")
    people.look(page, "round open")


def city_evaluates_itself(people: People, username: str) -> None:
    page = people(username)
    to_do(page, "自评").get_by_role("button").first.click()
    page.get_by_role("link", name="填报自评").click()
    people.look(page, "self-evaluation")
    for title, points in (("监督抽查批次", "20"), ("按期报送", "18"), ("质量安全", "20"), ("重点工作", "27")):
        part = page.locator("section, fieldset", has=page.get_by_role("heading", name=title)).last
        part.get_by_label("自评得分").fill(points)
        part.get_by_label("自评说明").fill(f"{title}完成情况见台账（演示）")
    page.get_by_label("自评报告").last.fill("2012年质量工作自评报告（演示）")
    page.get_by_role("button", name="报送自评").click()
    said(page, "已报送")


def office_checks_and_marks(people: People) -> None:
    """What the house has collected is kept; the rest is entered, prefecture by prefecture."""
    page = people(OFFICE)
    page.goto("/assessment/")
    page.get_by_role("link", name=ROUND).click()
    page.get_by_role("button", name="转入核查").click()
    page.get_by_role("button", name="采集数据").click()
    said(page, "采集了")
    _mark(page, "监督抽查批次", "actual", lambda n: str(250 + 15 * n))
    people.look(page, "marks of a criterion")
    _mark(page, "质量安全", "count", lambda n: "1" if n == 2 else "0")
    _mark(page, "重点工作", "value", lambda n: str(20 + n % 9))
    page.get_by_role("link", name=ROUND).first.click()
    page.get_by_role("button", name="计算得分").click()
    said(page, "计算")


def _mark(page: Page, title: str, fact: str, value: Callable[[int], str]) -> None:
    page.get_by_role("link", name=re.compile(title)).last.click()
    for n, box in enumerate(page.locator(f"input[name$='-{fact}']").all()):
        if box.is_visible():
            box.fill(value(n))
    page.get_by_role("button", name="保存").last.click()
    said(page, "保存")


def _round(people: People, username: str) -> Page:
    page = people(username)
    page.goto("/assessment/")
    page.get_by_role("link", name=ROUND).first.click()
    return page


def office_feeds_back(people: People) -> None:
    page = _round(people, OFFICE)
    page.get_by_role("button", name="形成初评").click()
    page.get_by_role("button", name="反馈初评结果").click()
    said(page, "反馈申辩中")
    people.look(page, "round fed back")


def city_reads_its_score(people: People) -> None:
    """How each point came about, in words, with what it was read from."""
    page = people(CITY_OFFICE)
    to_do(page, "查看初评结果").get_by_role("button").first.click()
    people.look(page, "own result")
    main = page.locator("main")
    expect(main).to_contain_text("实际420，目标400，完成105%，按100%计，30分×100%＝30分")
    expect(main.get_by_role("link", name="420批（2012年第二季度）")).to_be_visible()


def director_records_the_approval(people: People) -> None:
    page = _round(people, DIRECTOR)
    page.get_by_role("link", name="登记审定").click()
    people.look(page, "result to approve")
    page.get_by_label("审定人").fill("领导小组组长（演示）")
    page.get_by_label("职务").fill("组长")
    page.get_by_label("审定日期").fill("2012-12-14")
    page.get_by_label("意见").fill("同意，按程序通报（演示）")
    page.get_by_label("原件扫描件").set_input_files(a_paper("考核结果审定件.txt", "演示数据 同意"))
    page.get_by_role("button", name="登记审定并封存").click()
    said(page, "审定")
    people.look(page, "round approved")


def director_circulates(people: People) -> None:
    """The notice as an official document with the grades, and a sheet of its own for every prefecture."""
    page = _round(people, DIRECTOR)
    page.get_by_role("link", name="起草通报").click()
    page.get_by_role("button", name="起草为公文").click()
    people.look(page, "notice drafted")
    words = page.locator("h1").inner_text()
    expect(page.locator("main")).to_contain_text("A级")
    papers.issue(people, "assessment", words, office=DIRECTOR)


def director_issues_the_sheets(people: People) -> None:
    page = _round(people, DIRECTOR)
    page.get_by_role("link", name="印发考核结果单").click()
    people.look(page, "sheets to issue")
    page.get_by_label("签发人").fill("办公室主任（演示）")
    page.get_by_label("签发日期").fill("2012-12-18")
    page.get_by_role("button", name="印发", exact=True).click()
    expect(page.locator("main")).to_contain_text(
        "已印发 14 份考核结果单", timeout=30_000
    )  # the worker has made them
    expect(page.get_by_role("button", name="取消任务")).to_have_count(0)
    people.look(page, "sheets issued")


def city_receives_its_sheet(people: People) -> None:
    page = people(CITY_OFFICE)
    page.goto("/assessment/")
    page.get_by_role("link", name=ROUND).first.click()
    expect(page.locator("main")).to_contain_text("A级")
    people.look(page, "sealed result")
