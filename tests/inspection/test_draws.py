"""Drawing places: list first, seed afterwards, once; anybody works out the same."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from tests.inspection.conftest import Plan, announce
from tests.work.tasks.conftest import on
from tests.world import World

from zhize.apps.audit.models import Entry
from zhize.apps.inspection import services
from zhize.apps.inspection.mapping.draw_paper import draw_paper
from zhize.apps.inspection.models import InspectedUnit, PlaceDraw
from zhize.apps.inspection.selectors.draws import JOINS
from zhize.apps.inspection.selectors.inspections import units_of
from zhize.apps.inspection.services import NewDraw
from zhize.core.kernel.errors import BadRule, NoSuchStep
from zhize.core.methods import METHODS
from zhize.core.sampling.draw import Place
from zhize.core.workflow.place_draw import TABLE
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, NotAllowed, StateConflict

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
PLACES = [Place(f"{n}县") for n in "甲乙丙丁戊"]
SEED: dict[str, Any] = {"seed": "12345", "seed_source": "体彩网站", "seed_on": date(2012, 7, 3)}


def unit_of(world: World, plan: Plan, key: str = "lz_gov") -> InspectedUnit:
    inspection = announce(world, plan())
    found = next(row for row in units_of(inspection) if row.unit_id == world.unit[key].pk)
    found.inspection = inspection
    return found


def fix(world: World, checked: InspectedUnit, who: str = "clerk", **more: Any) -> PlaceDraw:
    given = {
        "title": "抽取县区",
        "origin": "兰州市县区",
        "places": PLACES,
        "numbers": {"": 2},
        "seed_rule": "7月3日排列5",
        "spare": 1,
    }
    return services.draw_fix(
        checked=checked, new=NewDraw(**given | more), actor=world.actor(who), now=on(7, 2)
    )  # type: ignore[arg-type]


def again(row: PlaceDraw) -> PlaceDraw:
    return PlaceDraw.objects.system("test").select_related(*JOINS).get(pk=row.pk)


def test_the_states_of_the_table_and_of_the_model_are_the_same_words() -> None:
    assert {s.value: s.label for s in TABLE.states} == {s.value: s.label for s in PlaceDraw.State}


def test_the_group_draws_and_anybody_works_out_the_same(world: World, ready: Plan) -> None:
    row = fix(world, unit_of(world, ready))
    for who in ("sibling", "leader", "other"):
        with pytest.raises(NotAllowed):
            services.draw_run(row=row, **SEED, actor=world.actor(who), now=on(7, 3))
    services.draw_run(row=row, **SEED, witnesses="市办公室", actor=world.actor("clerk"), now=on(7, 3))
    drawn = again(row)
    given = {
        "seed": "12345",
        "numbers": [{"stratum": "", "n": 2}],
        "substitutes": 1,
        "places": [{"id": p.id} for p in PLACES],
    }
    told: Any = METHODS[drawn.method].run(given)
    assert drawn.drawn == told["drawn"] and len(drawn.drawn) == 2
    assert [one["id"] for one in drawn.substitutes] == [one["id"] for one in told["substitutes"]]
    types = Entry.objects.system("test").filter(type__startswith="inspection.draw").order_by("seq")
    assert list(types.values_list("type", flat=True)) == ["inspection.draw.fixed", "inspection.draw.drawn"]


def test_a_seed_known_before_the_list_and_one_of_tomorrow_are_refused(world: World, ready: Plan) -> None:
    row = fix(world, unit_of(world, ready))
    for day, why in ((date(2012, 7, 1), "早于名单固定"), (date(2012, 7, 4), "还没有到")):
        with pytest.raises(BadInput, match=why):
            services.draw_run(row=row, **SEED | {"seed_on": day}, actor=world.actor("clerk"), now=on(7, 3))
    assert again(row).state == "fixed"


def test_it_is_drawn_once_and_anew_only_after_a_reason(world: World, ready: Plan) -> None:
    checked = unit_of(world, ready)
    clerk = world.actor("clerk")
    row = services.draw_run(row=fix(world, checked), **SEED, actor=clerk, now=on(7, 3))
    with pytest.raises(NoSuchStep):
        services.draw_run(row=row, **SEED | {"seed": "6"}, actor=clerk, now=on(7, 3))
    with pytest.raises(BadInput, match="重新抽取须先写明理由作废"):
        fix(world, checked)
    with pytest.raises(BadInput):
        services.draw_void(row=row, reason=" ", actor=clerk, now=on(7, 3))
    services.draw_void(row=row, reason="名单漏了红古区", actor=clerk, now=on(7, 3))
    kept = again(row)
    assert (kept.state, kept.reason, len(kept.drawn)) == ("void", "名单漏了红古区", 2)
    assert fix(world, checked).state == "fixed"
    with pytest.raises(NoSuchStep):
        services.draw_void(row=kept, reason="再来", actor=clerk, now=on(7, 3))


def test_what_cannot_be_drawn_is_said_when_the_list_is_fixed_and_a_draft_is_not_drawn(
    world: World, ready: Plan, planned: Plan
) -> None:
    checked = unit_of(world, ready)
    with pytest.raises(BadRule, match="要抽 6 个，可抽的有 5 个"):
        fix(world, checked, numbers={"": 6})
    draft = units_of(planned(title="另一次"))[0]
    draft.inspection = planned(title="再一次")
    with pytest.raises(StateConflict):
        fix(world, draft, "office")


def test_the_pages_take_a_list_of_the_house_draw_and_print(
    world: World, ready: Plan, sign_in: SignIn
) -> None:
    checked = unit_of(world, ready)
    clerk, new = sign_in("clerk"), reverse("inspection:draw_new", args=[checked.pk])
    assert new in clerk.get(reverse("inspection:inspection", args=[checked.inspection_id])).content.decode()
    assert "城关区" in clerk.get(new, {"register": "counties"}).content.decode()
    form = {"title": "抽取县区", "origin": "行政区划", "spare": 1, "seed_rule": "当日排列5"}
    bad = clerk.post(new, form | {"rows": "甲县|市\n乙县|县\n", "numbers": "市1"})
    assert bad.status_code == 400 and "看不懂" in bad.content.decode()
    bad = clerk.post(new, form | {"rows": "甲县\n甲县\n", "numbers": "1"})
    assert "出现两次" in bad.content.decode()
    given = form | {"rows": "甲县\t市\n乙县\t县\n丙县\t县\t1\t上年已查", "numbers": "市 1、县 1"}
    assert clerk.post(new, given).status_code == 302
    row = PlaceDraw.objects.system("test").get()
    page = reverse("inspection:draw", args=[row.pk])
    assert row.digest in clerk.get(page).content.decode()
    today = local_day(row.fixed_at).isoformat()
    seed = {"version": 1, "seed": "s1", "seed_source": "网站", "seed_on": today}
    assert clerk.post(f"{page}run/", seed).status_code == 302
    shown = sign_in("sibling").get(page).content.decode()
    assert "抽中第1" in shown and "不抽：上年已查" in shown and "作废，重新抽取" not in shown
    told = json.loads(b"".join(clerk.get(page, {"as": "json"})))
    assert [one["id"] for one in METHODS["sampling.draw.v1"].run(told)["drawn"]] == ["乙县", "甲县"]  # type: ignore[index]
    for ending in ("docx", "pdf"):
        assert clerk.get(page, {"as": ending}).status_code == 200
    with translation.override("en"):
        in_english = draw_paper(row := PlaceDraw.objects.system("test").get(pk=row.pk))
    assert in_english == draw_paper(row) and "不抽：上年已查" in str(in_english)
