"""The list page: the same statements for 20 rows and 2,000, plain links, and words instead of failures."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.world import World

from zhize.apps.orgs.models import Region, Unit, UnitAlias
from zhize.kit import lists

ROOT = Path(__file__).resolve().parents[2]

ManyUnits = Callable[[int], None]


def body(client: Client, address: str, **headers: str) -> str:
    response = client.get(address, headers=headers)
    assert response.status_code == 200, response.content.decode()[:400]
    return unescape(response.content.decode())


def names(page: str) -> list[str]:
    return re.findall(r'<th scope="row"[^>]*>([^<]*)</th>', page)


def link(page: str, rel: str) -> str:
    return re.search(rf'rel="{rel}" href="([^"]+)"', page)[1]  # type: ignore[index]


def test_the_list_shows_words_not_codes(client: Client) -> None:
    page = body(client, "/t/units/")
    assert "省质监局" in names(page)
    table = page.split("<tbody")[1]
    assert "政府部门" in table
    assert "department" not in table
    assert "甘肃省" in table


def test_the_page_has_one_head_and_it_stands_in_the_page(client: Client) -> None:
    page = body(client, "/t/units/")
    assert page.count("<h1") == 1
    assert page.index("<main") < page.index("<h1")


@pytest.mark.parametrize(
    "address", ["/t/units/", "/t/units/?sort=-region&kind=department", "/t/units/?q=演示"]
)
def test_a_list_costs_the_same_statements_for_20_rows_and_2000(
    client: Client, world: World, many_units: ManyUnits, address: str
) -> None:
    def statements() -> list[str]:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            body(client, address)
        return [q["sql"] for q in seen.captured_queries]

    many_units(20)
    few = statements()
    Unit.objects.bulk_create(
        Unit(code=f"more-{i}", region=world.region["ts"], name=f"演示更多{i}", order=i) for i in range(2000)
    )
    many = statements()
    counted = 1  # the total is counted once the list is longer than its page
    assert len(few) <= len(many) <= len(few) + counted, "\n".join(many)
    assert len(many) <= 3 + 6, "\n".join(many)


def test_next_and_previous_are_plain_links_that_walk_the_list(client: Client, many_units: ManyUnits) -> None:
    many_units(130)
    first = body(client, "/t/units/?sort=name")
    second = body(client, link(first, "next"))
    third = body(client, link(second, "next"))
    met = names(first) + names(second) + names(third)
    assert len(met) == len(set(met)) == 139
    assert 'rel="next"' not in third
    assert names(body(client, link(third, "prev"))) == names(second)


def test_sorting_by_a_head_turns_round_the_second_time(client: Client) -> None:
    rising = body(client, "/t/units/?sort=order")
    assert 'aria-sort="ascending"' in rising
    assert "sort=-order" in rising
    falling = body(client, "/t/units/?sort=-order")
    assert names(falling) == names(rising)[::-1]


def test_filters_narrow_and_each_can_be_taken_off(client: Client) -> None:
    page = body(client, "/t/units/?region=620500&kind=government&sort=code")
    assert names(page) == ["天水市人民政府"]
    assert "地区：天水市" in page and "类别：人民政府" in page
    assert "/t/units/?kind=government&sort=code" in page


def test_a_range_is_inclusive_and_search_wants_every_word(client: Client) -> None:
    assert names(body(client, "/t/units/?order_from=2&order_to=3")) == ["省质监局", "省工商局"]
    assert names(body(client, "/t/units/?q=兰州+办公室")) == ["兰州市领导小组办公室"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("kind=nonsense", "类别：不在可选范围内"),
        ("region=999999", "地区：不在可选范围内"),
        ("region=%00", "地区：不在可选范围内"),
        ("order_from=abc", "建制顺序自：不是数字"),
        ("order_to=99999999999999999999", "不能大于"),
        ("order_to=NaN", "不是数字"),
        ("order_to=1e400", "建制顺序至"),
        ("valid_from_to=30.2.2012", "不是日期"),
        ("q=" + "长" * 200, "最多 100 个字"),
        ("q=%00", "空字符"),
        ("sort=password", "不能按“password”排序"),
        ("sort=letters", "不能按“letters”排序"),
        ("cursor=abc", "已回到第一页"),
        ("cursor=%00%ff", "已回到第一页"),
    ],
)
def test_what_makes_no_sense_is_answered_in_words(client: Client, query: str, words: str) -> None:
    page = body(client, f"/t/units/?{query}")
    assert words in page
    assert "省质监局" in names(page)


def test_a_cursor_kept_after_the_order_changed_leads_to_the_first_page(
    client: Client, many_units: ManyUnits
) -> None:
    many_units(60)
    address = link(body(client, "/t/units/?sort=name"), "next")
    page = body(client, address.replace("sort=name", "sort=-name"))
    assert "已回到第一页" in page
    assert names(page) == names(body(client, "/t/units/?sort=-name"))


def test_a_page_whose_rows_were_deleted_leads_to_the_first_page(
    client: Client, many_units: ManyUnits
) -> None:
    many_units(60)
    address = link(body(client, "/t/units/"), "next")
    Unit.objects.system("test").filter(code__startswith="many").delete()
    assert "省质监局" in names(body(client, address))


def test_columns_are_chosen_and_the_first_always_stays(client: Client) -> None:
    page = body(client, "/t/units/?col=order&col=letters")
    heads = re.findall(r"<th scope=\"col\"[^>]*>(?:<a[^>]*>)?([^<]+)", page)
    assert heads == ["名称", "建制顺序", "字数"]
    assert "col=name%2Corder%2Cletters" in page


def test_only_the_first_column_can_be_left(client: Client) -> None:
    page = body(client, "/t/units/?col=name")
    assert re.findall(r"<th scope=\"col\"[^>]*>(?:<a[^>]*>)?([^<]+)", page) == ["名称"]


def test_totals_stop_at_ten_thousand(
    client: Client, many_units: ManyUnits, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists.total_of, "__defaults__", (60,))
    many_units(70)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        page = body(client, "/t/units/")
    assert "60+" in page
    assert any("COUNT" in q["sql"] and "LIMIT 61" in q["sql"] for q in seen.captured_queries)


def test_htmx_gets_the_region_alone_and_everybody_else_the_page(client: Client) -> None:
    region = body(
        client, "/t/units/", **{"HX-Request": "true", "HX-Boosted": "true", "HX-Target": "list-region"}
    )
    assert region.lstrip().startswith('<div id="list-region"')
    assert "省质监局" in names(region)
    assert 'id="main"' in body(client, "/t/units/")
    restored = body(client, "/t/units/", **{"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert 'id="main"' in restored


def test_only_what_filters_sorts_and_pages_is_swapped_other_links_open_their_page(client: Client) -> None:
    """A link to a page without the region, followed within it, would leave an empty screen."""
    from lxml import html

    root = html.fromstring(body(client, "/t/units/?sort=-name"))
    (region,) = root.xpath("//*[@id='list-region']")
    boosted = [
        link.get("href")
        for link in region.iter("a")
        if next(box.get("hx-boost") for box in link.iterancestors() if box.get("hx-boost")) == "true"
    ]
    assert boosted
    assert [one for one in boosted if not one.startswith(("/t/units/", "?"))] == []


@pytest.mark.parametrize("block", ["list_head", "before_table", "after_table"])
def test_what_a_page_adds_to_its_list_is_not_swapped(block: str) -> None:
    source = (ROOT / "src/zhize/templates/kit/list.html").read_text("utf-8")
    assert f'hx-boost="false">{{% block {block} %}}' in source


def test_an_empty_list_says_what_will_appear(client: Client) -> None:
    assert "还没有节假日" in body(client, "/t/days/")
    assert "没有符合条件的记录" in body(client, "/t/units/?q=没有这样的单位")


def test_yes_and_no_and_dates_are_words(client: Client) -> None:
    from zhize.apps.years.models import CalendarDay

    CalendarDay.objects.create(date="2012-01-29", is_working=True, name="春节调休")
    CalendarDay.objects.create(date="2012-01-23", is_working=False, name="春节")
    assert re.findall(r"<td>(是|否)</td>", body(client, "/t/days/?sort=-date")) == ["是", "否"]
    assert names(body(client, "/t/days/?is_working=0")) == ["2012-01-23"]


def test_who_may_not_view_the_thing_is_told_so(client: Client) -> None:
    response = client.get("/t/hidden/")
    assert response.status_code == 403
    assert "不能查看“单位”" in response.content.decode()


def test_a_search_through_many_rows_gives_a_thing_once(client: Client, world: World) -> None:
    for name in ("质监局", "技术监督局", "质量监督局"):
        UnitAlias.objects.create(unit=world.unit["zjj"], name=name)
    assert names(body(client, "/t/aliased/?q=监")) == ["省质监局"]


def test_a_choice_that_is_no_column_filters_by_its_own_condition(client: Client) -> None:
    assert names(body(client, "/t/aliased/?seat=home")) == ["省质监局", "省工商局"]
    assert "在哪里：不在可选范围内" in body(client, "/t/aliased/?seat=nowhere")


def test_a_reference_is_narrowed_by_what_stands_in_the_list_and_by_any_that_exists(
    client: Client, world: World
) -> None:
    """A prefecture without units is not offered; asked for in the address it is understood, and nothing is found."""
    empty = Region.objects.create(code="629900", name="空白市", level="prefecture", parent=world.region["gs"])
    page = body(client, "/t/units/")
    choices = page.split('name="region"')[1].split("</select>")[0]
    assert "甘肃省" in choices and "空白市" not in choices
    page = body(client, f"/t/units/?region={empty.code}")
    assert names(page) == [] and "地区：空白市" in page
