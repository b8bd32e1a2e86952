"""A round of the fourteen prefectures from its notice to its circular, and a county's of two people; the auditor checks the seal."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

from playwright.sync_api import Page, expect
from tests.e2e.year import papers
from tests.e2e.year.people import CITY_OFFICE, DIRECTOR, LEADER, OFFICE, People
from tests.e2e.year.rounds import approve, circulate, new_round, round_page
from tests.support.product import Product
from tests.support.round_acts import play
from tests.support.walking import a_paper, folded, said, to_do

DAY = "2012-11-20"
SCHEME, ROUND = "市州人民政府质量工作考核办法（示例）", "2012年市州质量工作考核"
CITY, LATE, VETOED = "兰州市", "定西市", "嘉峪关市"
AUDITOR, COUNTY_OFFICE, COUNTY_DIRECTOR = "gs-auditadmin", "yz-office", "yz-director"
COUNTY_ROUND = "2012年榆中县质量工作考核"


def test_the_fourteen_prefectures_and_a_county(people: People, own_product: Product, tmp_path: Path) -> None:
    own_product.act("issuers")
    _office_notifies(people)
    _city_files_and_evaluates(people)
    assert play(own_product, "hand_in", "620100", "621100") == "12", "兰州市 by hand, 定西市 not at all"
    own_product.on("2012-12-05")
    _office_checks(people)
    play(own_product, "mark", "620100=16", "621000=12")
    own_product.on("2012-12-07")
    _director_vetoes(people)
    _office_feeds_back(people)
    before = _grade(people, CITY)
    _city_objects(people)
    _leader_upholds(people)
    own_product.on("2012-12-12")
    _marked_anew(people)
    assert (before, _grade(people, CITY)) == ("B级", "A级"), play(own_product, "totals")
    _approved_and_circulated(people, own_product)
    _auditor_checks_the_seal(people, tmp_path)
    _two_people_of_a_county(people, own_product)


def _object(people: People, who: str, name: str) -> Page:
    page = round_page(people, who, ROUND)
    page.get_by_role("link", name=name, exact=True).last.click()
    page.get_by_role("heading", level=1, name=name).wait_for()
    return page


def _grade(people: People, name: str) -> str:
    """The grade the round's table gives an object."""
    row = round_page(people, OFFICE, ROUND).locator("tr", has_text=name).filter(has_text="级").last
    return row.locator(".badge").first.inner_text()


def _office_notifies(people: People) -> None:
    """The round with its calendar; when its notice is issued, everybody is asked for goals and self-evaluation."""
    page = people(OFFICE)
    new_round(page, ROUND, SCHEME)
    page.get_by_label("目标备案期限").fill("2012-11-26")
    page.get_by_role("button", name="建立考核").click()
    page.get_by_role("link", name="起草考核通知").click()
    people.look(page, "notice of the round")
    page.get_by_role("button", name="起草为公文").click()
    words = page.locator("h1").inner_text()
    expect(page.locator("main")).to_contain_text("目标备案：2012年11月26日前")
    papers.issue(people, "opening", words, office=DIRECTOR)
    expect(round_page(people, OFFICE, ROUND).locator("main")).to_contain_text("0/14")


def _city_files_and_evaluates(people: People) -> None:
    """On a phone: the goals of the plan confirmed; then the self-evaluation against them."""
    page = people(CITY_OFFICE, width=375)
    to_do(page, "备案目标").get_by_role("button").first.click()
    page.get_by_role("link", name="目标备案").first.click()
    people.look(page, "goals")
    page.get_by_role("button", name="确认备案").click()
    said(page, "已备案")
    people.look(page, "goals filed")
    to_do(page, "自评").get_by_role("button").first.click()
    page.get_by_role("link", name="填报自评").click()
    expect(page.locator("main")).to_contain_text("备案目标：92")
    for part in page.locator("section.mark").all():
        if part.get_by_label("自评得分").count():
            part.get_by_label("自评得分").fill("2")
            part.get_by_label("自评说明").fill("完成情况见台账（演示）")
    page.get_by_label("自评报告").last.fill("2012年质量工作自评报告（演示）")
    page.get_by_role("button", name="报送自评").click()
    said(page, "已报送")


def _office_checks(people: People) -> None:
    """One missed its date: it stands so in the table, and the round goes on."""
    page = round_page(people, OFFICE, ROUND)
    expect(page.locator("main")).to_contain_text("13/14")
    expect(page.locator("tr", has_text=LATE).last).to_contain_text("待自评")
    people.look(page, "round under self-evaluation")
    page.get_by_role("button", name="转入核查").click()
    said(page, "核查评分中")


def _director_vetoes(people: People) -> None:
    page = _object(people, DIRECTOR, VETOED)
    people.look(page, "object being checked")
    part = folded(page, "登记一票否决")
    part.get_by_label("否决事项").select_option(label="瞒报、谎报质量安全事件")
    part.get_by_label("事实").fill("一起质量安全事件迟报16天（演示）")
    part.get_by_role("button", name="登记一票否决").click()
    said(page, "登记")


def _office_feeds_back(people: People) -> None:
    page = round_page(people, OFFICE, ROUND)
    page.get_by_role("button", name="计算得分").click()
    said(page, "计算")
    page.get_by_role("button", name="形成初评").click()
    page.get_by_role("button", name="反馈初评结果").click()
    said(page, "反馈申辩中")
    people.look(page, "round fed back")
    expect(page.locator("tr", has_text=VETOED).last).to_contain_text(
        "一票否决：瞒报、谎报质量安全事件，按得分为B级"
    )


def _city_objects(people: People) -> None:
    page = people(CITY_OFFICE)
    to_do(page, "查看初评结果").get_by_role("button").first.click()
    part = page.locator("details", has_text="提出申辩").last
    part.get_by_label("申辩项目").select_option(label="6 重点产品质量专项整治")
    part.get_by_label("申辩意见").fill("台账中两家企业已停产注销，不应计入（演示）")
    part.get_by_label("上传佐证").set_input_files(a_paper("注销证明.txt", "演示数据"))
    part.get_by_role("button", name="提出申辩").click()
    said(page, "已提出")
    people.look(page, "objection filed")


def _leader_upholds(people: People) -> None:
    """Heard by one who decided nothing of it."""
    page = _object(people, LEADER, CITY)
    page.get_by_role("link", name="答复").click()
    people.look(page, "objection to answer")
    page.get_by_label("采纳", exact=True).check()
    page.get_by_role("textbox", name="答复").fill("停产注销属实，重新评分（演示）")
    page.get_by_role("button", name="答复", exact=True).click()
    said(page, "已答复")


def _marked_anew(people: People) -> None:
    page = round_page(people, "gs-zjj-head", ROUND)
    page.get_by_role("link", name="重点产品质量专项整治").last.click()
    page.get_by_role("heading", level=3, name=CITY).get_by_role("link").click()
    item = page.locator("#i-campaign")
    item.get_by_role("link", name="评分").click()
    people.look(page, "criterion with its evidence")
    page.get_by_role("spinbutton", name="评分").fill("18.5")
    page.get_by_role("textbox", name="理由").fill("申辩采纳，核减两家企业")
    page.get_by_role("button", name="保存评分").click()
    said(page, "保存")
    page = round_page(people, OFFICE, ROUND)
    page.get_by_role("button", name="计算得分").click()
    said(page, "计算")


def _approved_and_circulated(people: People, product: Product) -> None:
    product.command("audit", "checkpoint")
    approve(round_page(people, DIRECTOR, ROUND), "2012-12-12")
    product.on("2012-12-18")
    product.command("audit", "checkpoint")
    page = circulate(people, DIRECTOR, ROUND, "甘质振办〔2012〕")
    expect(page.locator("main")).to_contain_text("gs-quality 第")
    page = round_page(people, OFFICE, ROUND)
    people.look(page, "round circulated")
    expect(page.locator("main")).to_contain_text("已通报")
    report = page.locator("tr", has_text="向领导小组办公室书面报告整改情况").first
    report.get_by_role("link", name="书面报告").click()
    people.look(page, "written report asked for")


def _auditor_checks_the_seal(people: People, folder: Path) -> None:
    """The auditor takes the bundle out; the script in it finds it sound, and finds one changed byte."""
    page = round_page(people, AUDITOR, ROUND)
    with page.expect_download() as caught:
        page.get_by_role("button", name="导出核验包").click()
    parts = folder / "bundle"
    with zipfile.ZipFile(caught.value.path()) as bundle:
        bundle.extractall(parts)
    assert _verified(parts) == 0
    sealed = parts / "sealed.json"
    there = bytearray(sealed.read_bytes())
    there[len(there) // 2] ^= 1
    sealed.write_bytes(bytes(there))
    assert _verified(parts) != 0


def _verified(parts: Path) -> int:
    """What the script says, run by itself: nothing of ours on the path."""
    command = [sys.executable, "-I", str(parts / "verify.py"), str(parts)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=parts).returncode


def _two_people_of_a_county(people: People, product: Product) -> None:
    """The office carries it through and enters what came on paper; the director approves and circulates."""
    product.on("2012-12-05")
    play(product, "county")
    page = people(COUNTY_OFFICE)
    new_round(page, COUNTY_ROUND, "本地区质量工作考核办法（示例）")
    for box in page.get_by_role("group", name="考核对象").get_by_role("checkbox").all()[2:4]:
        box.check()
    page.get_by_role("button", name="建立考核").click()
    page.get_by_role("button", name="启动自评").click()
    said(page, "自评中")
    page.get_by_role("button", name="转入核查").click()
    play(product, "county_marks")
    page.get_by_role("button", name="采集数据").click()
    page.get_by_role("button", name="计算得分").click()
    said(page, "计算")
    page.get_by_role("button", name="形成初评").click()
    page.get_by_role("button", name="反馈初评结果").click()
    said(page, "反馈申辩中")
    people.look(page, "county's round")
    approve(round_page(people, COUNTY_DIRECTOR, COUNTY_ROUND), "2012-12-05")
    circulate(people, COUNTY_DIRECTOR, COUNTY_ROUND, "榆质振办〔2012〕")
    expect(round_page(people, COUNTY_OFFICE, COUNTY_ROUND).locator("main")).to_contain_text("已通报")
