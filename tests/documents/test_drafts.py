"""What lies in a draft is nobody's business until it is sent: neither the material nor its file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from tests.documents.test_files import client, register
from tests.world import World

from zhize.apps.documents.models import Evidence
from zhize.apps.documents.services import evidence_hand_in
from zhize.kit.actor import Actor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def status(world: World, who: str, one: Evidence) -> tuple[bool, int, int]:
    """Whether the list names it; how its page and its file answer."""
    browser = client(world, who)
    listed = one.title in browser.get(reverse("documents:evidence_list")).content.decode()
    page = browser.get(reverse("documents:evidence", args=[one.pk])).status_code
    file = browser.get(reverse("documents:download", args=[one.file_id]))
    if file.streaming:
        list(file)  # type: ignore[call-overload]
    return listed, page, file.status_code


def test_the_office_sees_a_departments_material_only_once_it_was_handed_in(
    world: World, liaison: Actor, now: datetime
) -> None:
    one = register(liaison, now, title="尚未报送的材料")
    assert status(world, "liaison", one) == (True, 200, 200)
    assert status(world, "office", one) == (False, 404, 404)
    evidence_hand_in(evidence=[one], now=now)
    assert status(world, "office", one) == (True, 200, 200)


def test_what_the_unit_publishes_everybody_sees_at_once(world: World, liaison: Actor, now: datetime) -> None:
    one = register(liaison, now, title="公开的材料", publicity="open")
    assert status(world, "office", one) == (True, 200, 200)


def test_the_first_handing_in_counts(world: World, liaison: Actor, now: datetime) -> None:
    one = register(liaison, now)
    evidence_hand_in(evidence=[one.pk], now=now)
    evidence_hand_in(evidence=[one], now=now.replace(year=2013))
    one.refresh_from_db(from_queryset=Evidence.objects.system("test"))
    assert one.handed_in_at == now
