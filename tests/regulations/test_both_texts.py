"""The confirmations we ship replay through the services on our rendition and on the real text: the same register."""

from __future__ import annotations

from datetime import datetime

import pytest
from tests.core.reading import REFERENCE, confirmations, real, rendition
from tests.regulations.checking import read_text, rows
from tests.world import World

from zhize.apps.cli.demo import corrections_read
from zhize.apps.regulations import selectors, services
from zhize.apps.regulations.services.drafts import draft_from
from zhize.apps.regulations.services.holders import unknown_names

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("which", ["rendition", "real"])
def test_the_shipped_confirmations_make_the_same_register_of_both_texts(
    world: World, now: datetime, which: str
) -> None:
    by = {"actor": world.actor("office"), "now": now}
    version = read_text(world, now, rendition() if which == "rendition" else real("gansu-2011"))
    gs = version.regulation.jurisdiction
    names = unknown_names([draft_from(row) for row in rows(version)], selectors.directory_of(gs))
    services.names_register(jurisdiction=gs, names=names, kind="department", members_from=None, **by)
    corrections = corrections_read(REFERENCE / "confirmations.yaml")
    duties = services.version_confirm(version=version, corrections=corrections, **by)
    assert {duty.code for duty in duties} == set(confirmations())
    assert {row.state for row in rows(version)} == {"accepted"}
    joint = next(duty for duty in duties if duty.code == "3.1.4#1")
    assert [h.printed for h in joint.holders.all()][:1] == confirmations()["3.1.4#1"]["holders"][:1]
