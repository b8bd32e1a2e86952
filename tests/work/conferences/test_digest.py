"""A unit's summary names the conferences it was called to."""

from __future__ import annotations

from tests.work.conferences.conftest import Convene, held
from tests.world import World

from zhize.apps.work.selectors.conference_figures import digest
from zhize.apps.years.models import WorkYear
from zhize.kit.contributions import Digest


def test_a_units_summary_names_the_conferences_it_was_called_to(
    world: World, year: WorkYear, convene: Convene
) -> None:
    held(convene(), world, "zjj")
    found = digest(world.unit["gsj"].pk, year.jurisdiction_id, year.starts_on, year.ends_on)
    assert isinstance(found, Digest)
    assert found.lines == ("应参加会议 1 次，到会 0 次。", "2012-06-20 2012年全省质量振兴联席会议：未到会。")
