"""Numbers: in order, without gaps, never twice; void ones stay recorded."""

from __future__ import annotations

import threading
from datetime import datetime

import pytest
from django.db import connection, transaction

from zhize.apps.audit.models import Entry
from zhize.kit.actor import Actor
from zhize.kit.errors import StateConflict
from zhize.kit.models import NumberGiven
from zhize.kit.numbering import number_give, number_void
from zhize.kit.things import ThingRef

SERIES, FORM = "甘质振办〔2012〕", "甘质振办〔2012〕{number}号"


def give(actor: Actor, now: datetime, series: str = SERIES) -> NumberGiven:
    return number_give(series=series, form=FORM, ref=ThingRef("test.paper", 1), actor=actor, now=now)


@pytest.mark.django_db
def test_numbers_follow_each_other_within_their_series(office: Actor, now: datetime) -> None:
    assert [give(office, now).text for _ in range(3)] == [f"甘质振办〔2012〕{n}号" for n in (1, 2, 3)]
    assert give(office, now, "甘质振办函〔2012〕").number == 1
    assert Entry.objects.system("test").filter(type="kit.number.given").count() == 4


@pytest.mark.django_db
def test_a_void_number_is_recorded_and_not_given_again(office: Actor, now: datetime) -> None:
    first = give(office, now)
    number_void(given=first, reason="文稿撤回", actor=office, now=now)
    assert give(office, now).number == 2
    with pytest.raises(StateConflict, match="已经作废"):
        number_void(given=first, reason="再次", actor=office, now=now)
    assert Entry.objects.system("test").get(type="kit.number.voided").note == "甘质振办〔2012〕1号：文稿撤回"


@pytest.mark.django_db
def test_a_void_needs_its_reason(office: Actor, now: datetime) -> None:
    with pytest.raises(StateConflict, match="原因"):
        number_void(given=give(office, now), reason=" ", actor=office, now=now)


@pytest.mark.django_db
def test_a_number_whose_paper_was_rolled_back_leaves_no_gap(office: Actor, now: datetime) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        give(office, now)
        raise ZeroDivisionError
    assert give(office, now).number == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_ten_people_at_once_get_forty_different_numbers(office: Actor, now: datetime) -> None:
    errors: list[BaseException] = []
    gate = threading.Barrier(10)

    def work() -> None:
        try:
            gate.wait()
            for _ in range(4):
                give(office, now)
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert sorted(NumberGiven.objects.values_list("number", flat=True)) == list(range(1, 41))
