"""One record: registered with its subject, changed by two people, voided; refused in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from tests.registers.conftest import code, instrument, sampling
from tests.world import World

from zhize.apps.audit.models import Entry
from zhize.apps.registers import services
from zhize.apps.registers.models import Record, Subject
from zhize.core.kernel.errors import NoSuchStep
from zhize.kit.errors import BadInput, EditConflict, NotAllowed

pytestmark = pytest.mark.django_db
Register = Callable[..., Record]


def subjects() -> list[Subject]:
    return list(Subject.objects.system("test").order_by("pk"))


def test_a_record_brings_its_unknown_enterprise_with_it(register: Register, world: World) -> None:
    record = register("sampling", 1)
    assert record.subject is not None
    assert (record.subject.name, record.subject.uscc) == ("演示企业1有限公司", code(1))
    assert record.subject.region == record.region == world.region["gs"]
    assert (record.occurred_on, record.outcome, record.key) == (date(2012, 2, 1), "pass", "YS-00001")
    assert (record.jurisdiction_id, record.keeper_id) == (world.jurisdiction["gs"].pk, world.unit["zjj"].pk)
    assert record.values["product"] == "复混肥料" and record.values["sampled_on"] == "2012-02-01"
    entry = Entry.objects.system("test").get(type="registers.record.created")
    assert (entry.thing_kind, entry.thing_id) == ("registers.record", record.pk)


def test_a_known_enterprise_is_found_by_its_code_and_by_its_exact_name(register: Register) -> None:
    first = register("sampling", 1)
    by_code = register("sampling", 2, subject_name="", subject_code=code(1))
    by_name = register("sampling", 3, subject_name="演示企业1有限公司", subject_code="")
    assert {first.subject_id, by_code.subject_id, by_name.subject_id} == {first.subject_id}
    assert len(subjects()) == 1


def test_a_code_that_comes_later_is_learned(register: Register) -> None:
    register("sampling", 1, subject_code="")
    register("sampling", 2, subject_name="演示企业1有限公司", subject_code=code(7))
    assert [s.uscc for s in subjects()] == [code(7)]


def test_a_code_and_a_name_that_disagree_are_refused(register: Register) -> None:
    register("sampling", 1)
    with pytest.raises(BadInput) as caught:
        register("sampling", 2, subject_code=code(1))
    assert "演示企业1有限公司" in str(caught.value.problems[0])
    assert "登记更名" in str(caught.value.problems[0])


def test_a_wrong_code_is_refused_with_what_is_wrong_about_it(register: Register) -> None:
    for wrong, words in (("123", "18 位"), (code(1)[:-1] + ("0" if code(1)[-1] != "0" else "1"), "校验位")):
        with pytest.raises(BadInput) as caught:
            register("sampling", 1, subject_code=wrong)
        assert words in str(caught.value.problems[0])
    assert subjects() == []


def test_two_of_one_name_need_the_code(register: Register) -> None:
    register("sampling", 1)
    register("sampling", 2, subject_name="演示企业1有限公司")
    assert len(subjects()) == 2
    with pytest.raises(BadInput) as caught:
        register("sampling", 3, subject_name="演示企业1有限公司", subject_code="")
    assert "有 2 个主体" in str(caught.value.problems[0])


def test_a_former_name_still_finds_the_enterprise(register: Register, world: World, now: datetime) -> None:
    record = register("sampling", 1)
    assert record.subject
    services.subject_update(
        thing=record.subject,
        data={"name": "演示新名有限公司"},
        version=1,
        actor=world.actor("liaison"),
        now=now,
    )
    again = register("sampling", 2, subject_name="演示企业1有限公司", subject_code="")
    assert again.subject_id == record.subject_id


def test_the_same_report_is_registered_once(register: Register) -> None:
    register("sampling", 1)
    with pytest.raises(BadInput, match="已由省质监局登记"):
        register("sampling", 1)


def test_an_instrument_is_valid_until_the_day_before_its_cycle_ends(register: Register) -> None:
    assert register("instruments", 1).due_on == date(2012, 3, 9)
    assert register("instruments", 2, valid_to=date(2012, 4, 1)).due_on == date(2012, 4, 1)
    assert register("instruments", 3, way="until_failure").due_on is None
    assert register("instruments", 4, result="fail").due_on is None


def test_of_one_instrument_the_newest_verification_counts(
    register: Register, world: World, now: datetime
) -> None:
    old = register("instruments", 1)
    new = register("instruments", 1, verified_on=date(2012, 3, 1))
    older = register("instruments", 1, verified_on=date(2010, 3, 1))

    def latest() -> list[bool]:
        rows = Record.objects.system("test")
        return [rows.get(pk=one.pk).is_latest for one in (old, new, older)]

    assert latest() == [False, True, False]
    services.record_void(thing=new, reason="登记错了", version=1, actor=world.actor("liaison"), now=now)
    assert latest() == [True, False, False]


def test_what_is_not_given_stays_and_the_day_is_read_anew(
    register: Register, world: World, now: datetime
) -> None:
    record = register("sampling", 1)
    saved = services.record_update(
        thing=record, data={"sampled_on": date(2012, 3, 1), "result": "fail", "failed_items": "总养分"},
        version=1, actor=world.actor("clerk"), now=now,
    )  # fmt: skip
    assert (saved.occurred_on, saved.outcome, saved.version) == (date(2012, 3, 1), "fail", 2)
    assert saved.values["product"] == "复混肥料"
    entry = Entry.objects.system("test").get(type="registers.record.changed")
    assert entry.before["outcome"] == "pass" and entry.after["failed_items"] == "总养分"
    assert "product" not in entry.after


def test_two_people_edit_one_record_and_the_second_sees_both(
    register: Register, world: World, now: datetime
) -> None:
    record = register("sampling", 1)
    liaison, clerk = world.actor("liaison"), world.actor("clerk")
    services.record_update(thing=record, data={"brand": "甲"}, version=1, actor=liaison, now=now)
    with pytest.raises(EditConflict):
        services.record_update(thing=record, data={"brand": "乙"}, version=1, actor=clerk, now=now)


def test_only_the_keeping_unit_registers_and_changes(register: Register, world: World, now: datetime) -> None:
    for who in ("other", "office", "leader", "sysadmin"):
        with pytest.raises(NotAllowed, match="登记单位"):
            register("sampling", 1, by=who)
    record = register("sampling", 1)
    for who in ("other", "office", "director", "leader"):
        with pytest.raises(NotAllowed):
            services.record_update(
                thing=record, data={"brand": "丙"}, version=1, actor=world.actor(who), now=now
            )


def test_a_voided_record_keeps_its_reason_and_frees_its_number(
    register: Register, world: World, now: datetime
) -> None:
    record, liaison = register("sampling", 1), world.actor("liaison")
    with pytest.raises(BadInput, match="作废原因"):
        services.record_void(thing=record, reason=" ", version=1, actor=liaison, now=now)
    services.record_void(thing=record, reason="重复登记", version=1, actor=liaison, now=now)
    with pytest.raises(NoSuchStep):
        services.record_update(thing=record, data={"brand": "甲"}, version=None, actor=liaison, now=now)
    assert register("sampling", 1).pk != record.pk


def test_required_fields_are_asked_of_every_caller(world: World, now: datetime) -> None:
    with pytest.raises(BadInput) as caught:
        services.record_create(
            type_code="sampling", data=sampling(1, product="", subject_name="", subject_code=""),
            actor=world.actor("liaison"), now=now,
        )  # fmt: skip
    assert [p.where for p in caught.value.problems] == ["产品名称", "受检企业"]


def test_a_cycle_that_leaves_the_calendar_is_answered_in_words(world: World, now: datetime) -> None:
    with pytest.raises(BadInput, match="超出日历"):
        services.record_create(
            type_code="instruments", data=instrument(1, verified_on=date(9999, 1, 1), cycle_months=240),
            actor=world.actor("liaison"), now=now,
        )  # fmt: skip
