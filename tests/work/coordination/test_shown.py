"""The light of a matter by date, and matters on the leader's page and the situation page."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.work.coordination.conftest import Raise
from tests.work.tasks.conftest import on
from tests.world import World

from zhize.apps.work.models import Matter
from zhize.apps.work.selectors import coordination as selectors
from zhize.apps.work.selectors.coordination_situation import matters_brief, matters_situation
from zhize.apps.work.services import matter_submit
from zhize.core.duties.lights import Boundaries
from zhize.kit.contributions import BriefQuestion

pytestmark = pytest.mark.django_db


def test_the_condition_of_each_light_holds_exactly_where_the_light_is_shown(
    world: World, raised: Raise
) -> None:
    made, today = raised(), date(2012, 4, 20)
    for state in Matter.State.values:
        for due in (None, *(today + timedelta(days=n) for n in (-3, 0, 2, 30))):
            for answered in (None, today - timedelta(days=10), today):
                made.pk, made.state, made.due_on, made.answered_on = None, state, due, answered
                made._state.adding = True
                made.save()
    day = Boundaries(today=today, warn_until=today + timedelta(days=5))
    rows = Matter.objects.system("test")
    for light in selectors.MatterLight:
        found = set(rows.filter(selectors.matter_light_q(light.value, day)).values_list("pk", flat=True))
        assert found == {one.pk for one in rows if selectors.matter_light(one, day) is light}, light


def test_the_leaders_page_shows_what_awaits_an_instruction_and_what_is_late(
    world: World, raised: Raise
) -> None:
    office = world.actor("office")
    waits, late = raised(), raised(title="明确抽检经费")
    matter_submit(matter=waits, words="建议同意。", actor=office, now=on(3, 6))
    asked = BriefQuestion(waits.year_id, date(2012, 3, 1), date(2012, 5, 1))
    brief = matters_brief(world.actor("leader"), asked)
    assert [line.words for line in brief.decide] == ["明确检验人员划转"]
    assert [line.words for line in brief.stuck] == ["明确抽检经费"]
    assert [line.words for line in brief.changed] == ["新提请协调事项 2 件"]
    found = matters_situation(office, waits.year_id, date(2012, 5, 1))
    assert [figure.number for figure in found.totals] == ["2", "2", "2"]
    assert [figure.number for figure in found.by_unit[late.unit_id]] == ["2", "2", "2"]
