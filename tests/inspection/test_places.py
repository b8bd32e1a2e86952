"""On the spot: item by item, nothing lost, signed by both, afterwards only corrected."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.base import File
from tests.inspection.conftest import Plan
from tests.inspection.test_draws import SEED, fix, unit_of
from tests.kit.bad_files import pdf_file
from tests.work.tasks.conftest import on
from tests.world import World

from zhize.apps.audit.models import Entry
from zhize.apps.documents.policies import may_keep_evidence
from zhize.apps.inspection import services
from zhize.apps.inspection.models import CheckedPlace, CheckItem, EntryPicture, InspectedUnit, PlaceEntry
from zhize.apps.inspection.selectors.inspections import items_of
from zhize.apps.inspection.selectors.places import JOINS, lines_of, signatures_of
from zhize.apps.inspection.services import OnPaper, Said
from zhize.apps.orgs.models import Post
from zhize.core.kernel.errors import NoSuchStep
from zhize.core.workflow.checked_place import TABLE
from zhize.kit.errors import BadInput, EditConflict, NotAllowed, StateConflict

pytestmark = pytest.mark.django_db
DAY = on(7, 4)


def scanned(name: str = "签字件.pdf") -> File[bytes]:
    return File(io.BytesIO(pdf_file()), name=name)


def again(place: CheckedPlace) -> CheckedPlace:
    return CheckedPlace.objects.system("test").select_related(*JOINS, "draw").get(pk=place.pk)


def add(world: World, checked: InspectedUnit, name: str = "市质监局") -> CheckedPlace:
    return again(
        services.place_add(
            checked=checked, name=name, note="查阅台账", actor=world.actor("clerk"), now=on(7, 2)
        )
    )


def record(world: World, place: CheckedPlace, **said: Any) -> list[CheckItem]:
    """Everything recorded: the first fails, a number, words."""
    items = items_of(place.checked.inspection)
    told = [Said("fails", words="没有纪要"), Said(number=Decimal("12.50")), Said(words="有特色")]
    for item, one in zip(items, told, strict=True):
        services.entry_save(place=place, item=item, said=one, version=0, actor=world.actor("clerk"), now=DAY)
    return items


def finished(world: World, place: CheckedPlace) -> CheckedPlace:
    record(world, place)
    services.place_finish(
        place=place,
        visited_on=date(2012, 7, 4),
        present="副局长",
        summary="总体较好",
        actor=world.actor("clerk"),
        now=DAY,
    )
    return again(place)


def sign(world: World, place: CheckedPlace, side: str, who: str) -> None:
    services.place_sign(place=place, side=side, digest=place.digest, actor=world.actor(who), now=DAY)


def test_the_states_of_the_table_and_of_the_model_are_the_same_words() -> None:
    assert {s.value: s.label for s in TABLE.states} == {s.value: s.label for s in CheckedPlace.State}


def test_drawn_places_are_listed_and_one_that_is_gone_is_replaced_by_the_next_substitute(
    world: World, ready: Plan
) -> None:
    checked, clerk = unit_of(world, ready), world.actor("clerk")
    row = services.draw_run(row=fix(world, checked), **SEED, actor=clerk, now=on(7, 3))
    places = list(CheckedPlace.objects.system("test").filter(draw=row).order_by("pk"))
    assert [one.name for one in places] == [one["id"] for one in row.drawn]
    other = services.place_replace(place=places[0], reason="已注销", actor=clerk, now=DAY)
    assert (other.name, other.origin) == (row.substitutes[0]["id"], "substitute")
    assert again(places[0]).state == "dropped"
    with pytest.raises(StateConflict, match="没有候补"):
        services.place_replace(place=places[1], reason="已注销", actor=clerk, now=DAY)
    item = items_of(checked.inspection)[0]
    services.entry_save(place=other, item=item, said=Said("meets"), version=0, actor=clerk, now=DAY)
    with pytest.raises(StateConflict, match="已有核查记录"):
        services.draw_void(row=row, reason="重来", actor=clerk, now=DAY)


def test_who_is_only_an_inspector_takes_pictures_and_keeps_no_materials_of_the_unit(
    world: World, ready: Plan
) -> None:
    place = add(world, unit_of(world, ready))
    Post.objects.system("test").filter(pk=world.post["clerk"].pk).update(role="inspector")
    inspector = world.actor("clerk")
    assert inspector.roles == {"inspector"}
    entry = services.entry_save(
        place=place, item=items_of(place.checked.inspection)[0], said=Said("meets", pictures=[scanned("现场.pdf")]),
        version=0, actor=inspector, now=DAY,
    )  # fmt: skip
    assert EntryPicture.objects.system("test").filter(entry=entry).count() == 1
    assert not may_keep_evidence(inspector)


def test_each_item_is_recorded_as_it_asks_and_two_people_do_not_overwrite_each_other(
    world: World, ready: Plan
) -> None:
    place = add(world, unit_of(world, ready))
    clerk = world.actor("clerk")
    first, number, words = items_of(place.checked.inspection)
    for item, said, why in (
        (first, Said(), "要判定符合与否"), (first, Said("fails"), "没有写情况"), (number, Said(words="多"), "要填数字"),
        (words, Said(), "要写情况"),
    ):  # fmt: skip
        with pytest.raises(BadInput, match=why):
            services.entry_save(place=place, item=item, said=said, version=0, actor=clerk, now=DAY)
    for who in ("sibling", "leader", "other"):
        with pytest.raises(NotAllowed):
            services.entry_save(
                place=place, item=first, said=Said("meets"), version=0, actor=world.actor(who), now=DAY
            )
    services.entry_save(place=place, item=words, said=Said("na"), version=0, actor=clerk, now=DAY)
    entry = services.entry_save(
        place=place,
        item=first,
        said=Said("meets", pictures=[scanned("现场.pdf")]),
        version=0,
        actor=clerk,
        now=DAY,
    )
    with pytest.raises(EditConflict):
        services.entry_save(
            place=place,
            item=first,
            said=Said("fails", words="无"),
            version=0,
            actor=world.actor("office"),
            now=DAY,
        )
    services.entry_save(
        place=place, item=first, said=Said("fails", words="无"), version=entry.version, actor=clerk, now=DAY
    )
    kept = lines_of(place)[0].entry
    assert kept and (kept.verdict, kept.version, len(kept.picture_rows.all())) == ("fails", 2, 1)
    assert PlaceEntry.objects.system("test").count() == 2


def test_what_was_found_at_a_unit_is_not_seen_by_another_unit_of_the_same_check(
    world: World, ready: Plan
) -> None:
    add(world, unit_of(world, ready))
    seen = {
        who: CheckedPlace.objects.visible_to(world.actor(who)).count()
        for who in ("sibling", "sibling2", "clerk", "office", "liaison")
    }
    assert seen == {"sibling": 1, "sibling2": 0, "clerk": 1, "office": 1, "liaison": 0}


def test_a_record_with_gaps_is_not_handed_over_and_one_handed_over_is_not_changed(
    world: World, ready: Plan
) -> None:
    place = add(world, unit_of(world, ready))
    clerk = world.actor("clerk")
    with pytest.raises(BadInput, match="还有3项没有记录：领导小组会议、抽查批次、工作特色"):
        services.place_finish(
            place=place, visited_on=date(2012, 7, 4), present="", summary="", actor=clerk, now=DAY
        )
    place = finished(world, place)
    item = items_of(place.checked.inspection)[0]
    with pytest.raises(StateConflict):
        services.entry_save(place=place, item=item, said=Said("meets"), version=1, actor=clerk, now=DAY)
    with pytest.raises(StateConflict, match="不需要更正"):
        services.entry_correct(
            place=place, item=item, verdict="meets", words="", reason="x", actor=clerk, now=DAY
        )
    first = place.digest
    sign(world, place, "group", "clerk")
    services.place_reopen(place=place, reason="数字有误", actor=clerk, now=DAY)
    entry = lines_of(place)[1].entry
    assert entry
    services.entry_save(
        place=place, item=entry.item, said=Said(number=Decimal(13)), version=1, actor=clerk, now=DAY
    )
    services.place_finish(
        place=place, visited_on=date(2012, 7, 4), present="", summary="", actor=clerk, now=DAY
    )
    anew = again(place)
    assert anew.digest != first and [one.digest for one in signatures_of(anew)] == [first]
    with pytest.raises(StateConflict, match="改过"):
        services.place_sign(place=anew, side="group", digest=first, actor=clerk, now=DAY)


def test_both_sides_sign_on_line_or_on_paper_and_then_only_a_correction_with_its_reason(
    world: World, ready: Plan
) -> None:
    place = finished(world, add(world, unit_of(world, ready)))
    clerk = world.actor("clerk")
    for side, who in (("unit", "clerk"), ("group", "sibling"), ("unit", "sibling2"), ("group", "office")):
        with pytest.raises(NotAllowed):
            sign(world, place, side, who)
    sign(world, place, "unit", "sibling")
    with pytest.raises(StateConflict, match="已经签字"):
        sign(world, place, "unit", "sibling")
    with pytest.raises(BadInput, match="没有签字件扫描件"):
        services.place_sign_paper(
            place=place, side="group", paper=OnPaper("演示", date(2012, 7, 4), None), actor=clerk, now=DAY
        )
    paper = OnPaper("演示组长", date(2012, 7, 4), scanned(), "组长")
    services.place_sign_paper(place=place, side="group", paper=paper, actor=clerk, now=DAY)
    assert again(place).state == "signed"
    with pytest.raises(NoSuchStep):
        services.place_reopen(place=place, reason="再改", actor=clerk, now=DAY)
    item = items_of(place.checked.inspection)[0]
    with pytest.raises(BadInput, match="没有写明更正理由"):
        services.entry_correct(
            place=place, item=item, verdict="meets", words="", reason="", actor=clerk, now=DAY
        )
    services.entry_correct(
        place=place,
        item=item,
        verdict="meets",
        words="补交了纪要",
        reason="纪要在档案室",
        actor=clerk,
        now=DAY,
    )
    line = lines_of(place)[0]
    assert line.entry and (line.entry.verdict, line.verdict) == ("fails", "meets")
    types = Entry.objects.system("test").filter(
        type__in=["inspection.place.signed", "inspection.entry.corrected"]
    )
    assert types.count() == 3
