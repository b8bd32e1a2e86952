"""Work years: made, opened, closed, by whom."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from tests.world import World

from zhize.apps.audit.models import Entry
from zhize.apps.years import selectors, services
from zhize.apps.years.models import CalendarDay
from zhize.core.kernel.errors import NoSuchStep
from zhize.kit.actor import Actor, system_actor
from zhize.kit.errors import EditConflict, NotAllowed, StateConflict


def test_a_year_from_july_runs_to_june_and_says_so(world: World, office: Actor, now: datetime) -> None:
    year = services.work_year_create(
        jurisdiction=world.jurisdiction["gs"], starts_on=date(2011, 7, 1), actor=office, now=now
    )
    assert (year.label, year.ends_on) == ("2011—2012年度", date(2012, 6, 30))
    assert Entry.objects.system("test").get().type == "years.work_year.created"


def test_two_years_may_not_overlap_and_the_message_names_the_other(
    world: World, office: Actor, now: datetime
) -> None:
    services.work_year_create(
        jurisdiction=world.jurisdiction["gs"], starts_on=date(2012, 1, 1), actor=office, now=now
    )
    with pytest.raises(StateConflict, match="与已有的2012年"):
        services.work_year_create(
            jurisdiction=world.jurisdiction["gs"], starts_on=date(2012, 7, 1), actor=office, now=now
        )


@pytest.mark.parametrize("who", ["liaison", "leader", "sibling", "sysadmin", "auditor"])
def test_only_the_own_office_makes_a_year(world: World, now: datetime, who: str) -> None:
    with pytest.raises(NotAllowed):
        services.work_year_create(
            jurisdiction=world.jurisdiction["gs"], starts_on=date(2012, 1, 1), actor=world.actor(who), now=now
        )
    assert not Entry.objects.system("test").exists()


def test_a_closed_year_is_reopened_not_opened(world: World, office: Actor, now: datetime) -> None:
    year = services.work_year_create(
        jurisdiction=world.jurisdiction["gs"], starts_on=date(2012, 1, 1), actor=office, now=now
    )
    for action in ("open", "close"):
        year = services.work_year_move(year=year, action=action, version=year.version, actor=office, now=now)
    with pytest.raises(NoSuchStep):
        services.work_year_move(year=year, action="open", version=None, actor=office, now=now)
    assert (
        services.work_year_move(year=year, action="reopen", version=None, actor=office, now=now).state
        == "open"
    )


def test_an_old_page_does_not_close_a_year_that_moved_on(world: World, office: Actor, now: datetime) -> None:
    year = services.work_year_create(
        jurisdiction=world.jurisdiction["gs"], starts_on=date(2012, 1, 1), actor=office, now=now
    )
    services.work_year_move(year=year, action="open", version=1, actor=office, now=now)
    with pytest.raises(EditConflict):
        services.work_year_move(year=year, action="close", version=1, actor=office, now=now)


def test_the_national_day_of_2012_and_its_make_up_day_are_known(db: None, now: datetime) -> None:
    services.calendar_load(first=2012, last=2012, actor=system_actor("test"), now=now)
    calendar = selectors.calendar((2012, 2012))
    assert not calendar.is_working(date(2012, 10, 1))
    assert calendar.is_working(date(2012, 9, 29)), "调休上班的星期六"


def test_loading_again_keeps_what_an_administrator_entered(world: World, now: datetime) -> None:
    admin = world.actor("sysadmin")
    services.calendar_day_set(
        data={"date": date(2012, 10, 1), "is_working": True, "name": "加班"}, actor=admin, now=now
    )
    services.calendar_load(first=2012, last=2012, actor=admin, now=now)
    assert CalendarDay.objects.system("test").get(date=date(2012, 10, 1)).is_working
    again = services.calendar_load(first=2012, last=2012, actor=admin, now=now)
    assert again.added == 0


def test_only_a_system_administrator_changes_a_holiday(world: World, office: Actor, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        services.calendar_day_set(
            data={"date": date(2012, 10, 1), "is_working": True, "name": "x"}, actor=office, now=now
        )


def test_a_day_loaded_again_with_another_name_is_changed_and_a_new_one_added(
    world: World, now: datetime
) -> None:
    sysadmin = world.actor("sysadmin")
    rows = [{"date": date(2012, 10, 1), "is_working": False, "name": "国庆节", "source": "演示"}]
    services.calendar_days_save(rows=rows, actor=sysadmin, now=now, digest="1" * 64)
    rows[0]["name"], more = "国庆节、中秋节", {**rows[0], "date": date(2012, 10, 2)}
    outcome = services.calendar_days_save(rows=[*rows, more], actor=sysadmin, now=now, digest="2" * 64)
    assert (outcome.added, outcome.changed, outcome.same) == (1, 1, 0)
    day = CalendarDay.objects.system("test").get(date=date(2012, 10, 1))
    assert (day.name, day.version) == ("国庆节、中秋节", 2)
