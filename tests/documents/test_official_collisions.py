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

from zhize.apps.audit.selectors import chains_verify, checkpoints_read
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


def test_signed_returned_and_voided_at_once_every_number_is_accounted_for(
    checked: Draft, office: Actor, now: datetime
) -> None:
    """Of 50 documents some are made void and some go back while others are signed; half of the rest are tried twice."""
    documents = [checked(title=f"关于第{n}件事的通知") for n in range(SIGNERS)]

    def life(place: int, document: OfficialDocument) -> str:
        number = sign(document, office, now, None)()
        if place % 5 == 0:
            services.official_void(document=document, reason="重复发文", version=None, actor=office, now=now)
        elif place % 5 == 1:
            services.official_return(document=document, reason="改标题", version=None, actor=office, now=now)
            services.official_check(document=document, version=None, actor=office, now=now)
            assert sign(document, office, now, None)() == number, "it keeps its number"
        return number

    acts: list[Callable[[], Any]] = [
        lambda place=place, one=one: life(place, one)
        for place, one in enumerate(documents)  # type: ignore[misc]
    ]
    answers = at_once(acts)
    assert sorted(answers) == sorted(f"甘质振办〔2012〕{n}号" for n in range(1, SIGNERS + 1))
    given = NumberGiven.objects.order_by("number")
    assert list(given.values_list("number", flat=True)) == list(range(1, SIGNERS + 1)), "no gap, none twice"
    rows = {row.given_id: row for row in OfficialDocument.objects.system("test").filter(given__isnull=False)}
    assert len(rows) == SIGNERS, "every number belongs to one document"
    for one in given:
        row = rows[one.pk]
        assert (row.number, row.state) == (one.text, "voided" if one.void_at else "signed")
    assert given.filter(void_at__isnull=False).count() == SIGNERS // 5
    assert all(report.is_clean for report in chains_verify(checkpoints_read()))


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
