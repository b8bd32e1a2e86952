"""What one may choose among is near: a country has forty thousand units."""

from __future__ import annotations

import pytest
from tests.world import World

from zhize.apps.orgs.models import Unit, of_unit
from zhize.apps.orgs.selectors import regions_near, units_near

pytestmark = pytest.mark.django_db


def test_a_prefecture_chooses_among_its_own_and_a_province_among_all_below(world: World) -> None:
    below, above = world.actor("sibling"), world.actor("office")
    own = set(regions_near(below).values_list("pk", flat=True))
    assert world.region["lz"].pk in own and not own & {world.region[key].pk for key in ("gs", "ts")}
    assert {world.region[key].pk for key in ("gs", "lz", "ts")} <= set(
        regions_near(above).values_list("pk", flat=True)
    )
    assert world.unit["lz_gov"] in units_near(below) and world.unit["lz_gov"] in units_near(above)
    assert set(units_near(below)) < set(units_near(above))


def test_nobody_acts_for_the_units_that_answer_for_themselves() -> None:
    assert not Unit.objects.system("test").filter(of_unit(None, "")).exists()
