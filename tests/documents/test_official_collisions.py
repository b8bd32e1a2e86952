"""Several people at once: no number twice, no number lost, one signature a document, one receipt a unit."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from tests.documents.conftest import SIGNED, Draft
from tests.world import World

from zhize.apps.documents import services
from zhize.apps.documents.models import OfficialDocument, Receipt
from zhize.kit.actor import Actor
from zhize.kit.errors import EditConflict, StateConflict
from zhize.kit.models import NumberGiven

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
SIGNERS = 50


def at_once(acts: list[Callable[[], Any]]) -> list[Any]:
    """Each act in a thread of its own; what it gave, or the refusal it met."""

    def run(act: Callable[[], Any]) -> Any:
        try:
            return act()
        except (StateConflict, EditConflict) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def sign(document: OfficialDocument, actor: Actor, now: datetime, version: int | None) -> Callable[[], str]:
    return lambda: (
        services.official_sign(
            document=document, signed_by="某人", signed_on=SIGNED, version=version, actor=actor, now=now
        ).number
    )


def test_documents_signed_at_once_get_a_number_each(checked: Draft, office: Actor, now: datetime) -> None:
    documents = [checked() for _number in range(SIGNERS)]
    numbers = at_once([sign(document, office, now, None) for document in documents])
    assert sorted(numbers) == sorted(f"甘质振办〔2012〕{n}号" for n in range(1, SIGNERS + 1))


def test_one_document_signed_twice_at_once_is_signed_once(
    checked: Draft, office: Actor, now: datetime
) -> None:
    document = checked()
    answers = at_once([sign(document, office, now, document.version)] * 3)
    assert sum(1 for one in answers if one == "甘质振办〔2012〕1号") == 1
    assert NumberGiven.objects.count() == 1


def test_two_people_of_a_unit_sign_for_it_at_once(world: World, issued: Draft, now: datetime) -> None:
    document = issued(to=["zjj"])
    people = [world.actor(key) for key in ("liaison", "clerk", "head")]
    at_once(
        [lambda one=one: services.official_receive(document=document, actor=one, now=now) for one in people]
    )  # type: ignore[misc]
    assert Receipt.objects.system("test").count() == 1
