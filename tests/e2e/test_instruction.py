"""An instruction (批示) from its scan to 办结销号: a lead and two supports, parts in a prefecture and in a county below it,
each in its own jurisdiction; handed back once, reminded, put under supervision with its slip, extended, rolled up, closed."""

from __future__ import annotations

from playwright.sync_api import expect
from tests.e2e.year.handing import hands_on, its_page, opens_a_year, reports, takes
from tests.e2e.year.people import People
from tests.support.product import Product
from tests.support.walking import a_paper, folded, said, to_do

OFFICE, DIRECTOR, LEAD, SUPPORT, WRONG = "gs-office", "gs-office-director", "gs-zjj", "gs-nmt", "gs-jyt"
CITY, CITY_LEAD, COUNTY, COUNTY_LEAD = "lz-office", "lz-zjj", "yz-office", "yz-zjj"
TASK = "关于电梯安全情况的报告"
PART, FARM, LOCAL, LOWER, DEEP = (
    "兰州市电梯排查",
    "农村电梯排查",
    "全市电梯排查",
    "榆中县电梯排查",
    "全县电梯排查",
)


DAY = "2012-02-06"


def test_from_the_scan_to_closed_on_every_level(people: People, own_product: Product) -> None:
    address = registered(people)
    handed_back(people)
    taken_and_divided(people)
    passed_down(people)
    own_product.on("2012-02-20")
    rolled_up(people)
    own_product.on("2012-03-12")
    supervised(people)
    extended(people)
    own_product.on("2012-03-20")
    closed_from_below(people)
    answered(people, address)


def registered(people: People) -> str:
    """登记批示件 with its scan, 拟办, 交承办: the wrong lead, two supports. Gives the address of the paper."""
    page = people(OFFICE)
    page.goto("/papers/received/")
    page.get_by_role("link", name="登记批示件").click()
    page.get_by_label("标题").fill(TASK)
    page.get_by_label("来文单位").fill("省质监局")
    page.get_by_label("收到日期").fill("2012-02-06")
    page.get_by_label("要求办结日期").fill("2012-03-05")
    page.get_by_label("批示人").fill("组长（演示）")
    page.get_by_label("批示内容").fill("请牵头单位组织排查，三月上旬报结果。")
    page.get_by_label("扫描件").set_input_files(a_paper("批示件.txt", "演示数据 批示件"))
    page.get_by_role("button", name="保存").click()
    expect(page.locator("main")).to_contain_text("查看扫描件")
    address = page.url
    page.get_by_label("拟办意见").fill("请牵头单位会同有关单位办理。")
    page.get_by_role("button", name="保存拟办意见").click()
    said(page, "已拟办")
    for unit in ("省教育厅", "省农牧厅", "兰州市政府"):
        page.get_by_role("checkbox", name=unit, exact=True).check()
    page.get_by_label("牵头单位").select_option(label="省教育厅")
    people.look(page, "instruction to hand on")
    page.get_by_role("button", name="交承办").click()
    said(page, "已交承办")
    expect(page.locator("main")).to_contain_text("兰州市政府（配合）")
    people.look(page, "instruction handed on")
    return address


def handed_back(people: People) -> None:
    """The wrong unit hands it back with a reason; the office gives it to the right one."""
    page = people(WRONG)
    to_do(page, TASK).get_by_role("button").first.click()
    part = folded(page, "退回交办")
    part.get_by_label("退回理由").fill("电梯由质监部门监察，应由省质监局牵头")
    part.get_by_role("button", name="退回交办").click()
    said(page, "退回")
    page = people(OFFICE)
    to_do(page, TASK).get_by_role("button").first.click()
    people.look(page, "task handed back")
    page.get_by_label("新牵头单位").select_option(label="省质监局")
    page.locator(".action-box").get_by_label("理由").fill("按职责分工改派")
    page.locator(".action-box").get_by_role("button", name="改派").click()
    said(page, "改派")


def taken_and_divided(people: People) -> None:
    page = people(LEAD)
    takes(page, TASK)
    for title, unit, weight in ((PART, "兰州市政府", "2"), (FARM, "省农牧厅", "1")):
        page.get_by_role("link", name="分解任务").click()
        page.get_by_label("子任务").fill(title)
        page.get_by_label("承办单位").select_option(label=unit)
        page.get_by_label("完成期限").fill("2012-02-29")
        page.get_by_label("权重").fill(weight)
        page.get_by_role("button", name="分解").click()
        said(page, "已分解")
    people.look(page, "task divided")
    takes(people(SUPPORT), FARM)


def passed_down(people: People) -> None:
    """The city takes its part, carries it on at home, and gives a part of that to a county, which does the same."""
    city = people(CITY)
    takes(city, PART)
    part = city.url
    opens_a_year(city)
    hands_on(city, part, LOCAL, "兰州市质监局")
    takes(people(CITY_LEAD), LOCAL)
    city.goto("/work/tasks/")
    city.get_by_role("link", name=LOCAL, exact=True).click()
    city.get_by_role("link", name="分解任务").click()
    city.get_by_label("子任务").fill(LOWER)
    city.get_by_label("承办单位").select_option(label="榆中县政府")
    city.get_by_role("button", name="分解").click()
    said(city, "已分解")
    county = people(COUNTY)
    takes(county, LOWER)
    lower = county.url
    opens_a_year(county, "办公室主任")
    hands_on(county, lower, DEEP, "榆中县质监局")
    takes(people(COUNTY_LEAD), DEEP)


def rolled_up(people: People) -> None:
    """The county's half is half of the city's, which weighs two of the three parts of the whole."""
    page = people(COUNTY_LEAD)
    its_page(page, DEEP)
    reports(page, "已排查一半电梯", "50")
    city = people(CITY)
    its_page(city, LOCAL, "/work/tasks/")
    expect(city.locator("main")).to_contain_text("50%")
    page = people(LEAD)
    its_page(page, TASK)
    expect(page.locator("main")).to_contain_text("整项进度 33%")
    people.look(page, "task rolled up")
    inside = page.request.get(city.url)
    assert inside.status == 404, f"the province opens the city's own task: {inside.status}"


def supervised(people: People) -> None:
    """提醒, 催办, and a week after the date 提请督办, signed by a leader; the lead unit answers."""
    for username, step in ((OFFICE, "提醒"), (OFFICE, "催办"), (DIRECTOR, "提请督办")):
        page = people(username)
        its_page(page, TASK, "/work/tasks/")
        part = folded(page, "督办")
        part.get_by_label("督办方式").select_option(label=step)
        if step == "提请督办":
            people.look(page, "task to be put under supervision")
            part.get_by_label("签发人").fill("分管副省长（演示）")
        part.get_by_role("button", name="发出").click()
        said(page, "已")
    page = people(LEAD)
    to_do(page, "提请督办").get_by_role("button").first.click()
    reports(page, "省级督查已完成，等待市县结果", "33")
    people.look(page, "task under supervision")


def extended(people: People) -> None:
    page = people(LEAD)
    its_page(page, TASK)
    part = folded(page, "申请延期")
    part.get_by_label("申请延至").fill("2012-03-30")
    part.get_by_label("延期理由").fill("榆中县检验力量不足，下旬完成")
    part.get_by_role("button", name="申请延期").click()
    said(page, "延期")
    page = people(OFFICE)
    to_do(page, "审批延期").get_by_role("button").first.click()
    page.get_by_role("button", name="同意延期", exact=True).click()
    said(page, "延期")
    expect(page.locator("main")).to_contain_text("2012年3月30日")


def closed_from_below(people: People) -> None:
    """Each level asks when what is below it is closed, and is checked by whoever gave it."""
    for unit, title, checker in (
        (COUNTY_LEAD, DEEP, COUNTY),
        (COUNTY, LOWER, CITY),
        (CITY_LEAD, LOCAL, CITY),
        (CITY, PART, LEAD),
        (SUPPORT, FARM, LEAD),
        (LEAD, TASK, OFFICE),
    ):
        page = people(unit)
        to_do(page, title).get_by_role("button").first.click()
        page.get_by_label("进展情况").fill("电梯全部检验，隐患整改完毕")
        page.get_by_label("佐证材料").set_input_files(a_paper(f"{title}结果.txt", "演示数据 结果"))
        page.get_by_role("button", name="申请办结").click()
        said(page, "办结")
        page = people(checker)
        to_do(page, title).get_by_role("button").first.click()
        page.get_by_role("button", name="办结销号").click()
        said(page, "办结")
        expect(page.locator("main")).to_contain_text("销号日期")
    people.look(page, "instruction's task closed")


def answered(people: People, address: str) -> None:
    """回呈: the unit that took it over holds the paper, the supports finished with it."""
    page = people(OFFICE)
    page.goto(address)
    holders = page.locator(".receipts").first
    expect(holders).to_contain_text("省质监局")
    expect(holders).not_to_contain_text("省教育厅")
    expect(holders).not_to_contain_text("办理中")
    page.get_by_label("回呈内容").fill("电梯排查整改完毕。")
    page.get_by_role("button", name="回呈", exact=True).click()
    said(page, "已回呈")
    people.look(page, "instruction answered")
