"""认定规则: what a rule would change is shown before it is applied; former periods keep their rule."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.regulations.conftest import Owe, SignIn
from tests.world import World

from zhize.apps.audit.models import Entry
from zhize.apps.regulations.models import Duty, Obligation
from zhize.apps.regulations.services import duty_rule_rehearse, duty_rule_set, duty_update
from zhize.core.kernel.errors import BadRule
from zhize.kit import measures
from zhize.kit.errors import BadInput, EditConflict, NotAllowed
from zhize.kit.measures import Counted, DischargeSource, Where, register_source

TWO = {"way": "counted", "at_least": 2}
FORM = {
    "way": "counted", "at_least": "4", "every": "quarter", "source": "registers", "share": "", "clause": "",
    "from_on": "", "reason": "联席会议议定", "version": "1",
}  # fmt: skip


@pytest.fixture
def counted(world: World, owe: Owe, now: datetime, monkeypatch: pytest.MonkeyPatch) -> Obligation:
    """省质监局 owes two samplings and has three entries: done."""
    monkeypatch.setattr(measures, "_sources", {})
    unit = world.unit["zjj"].pk

    def records(where: Where) -> list[Counted]:
        return [Counted(unit, str(n), date(2012, 2, n)) for n in (1, 2, 3) if unit in where.ids]

    register_source(DischargeSource("registers.sampling", "监督抽查", records))
    obligation = owe("zjj", sources=[], nature="counted", **TWO)
    office = world.actor("office")
    duty_update(
        thing=obligation.duty, data={"sources": ["registers.sampling"]}, version=None, actor=office, now=now
    )
    return _again(obligation)


def _again(obligation: Obligation) -> Obligation:
    return Obligation.objects.system("test").select_related("duty").get(pk=obligation.pk)


def _set(world: World, now: datetime, duty: Duty, rule: dict[str, Any], **more: Any) -> int:
    given = {"from_on": None, "reason": "议定", "version": None, "actor": world.actor("office")} | more
    return duty_rule_set(duty=duty, rule=rule, now=now, **given)


def test_a_rehearsal_shows_what_would_change_and_changes_nothing(
    world: World, counted: Obligation, now: datetime
) -> None:
    found = duty_rule_rehearse(
        duty=counted.duty, rule=TWO | {"at_least": 4}, from_on=None, actor=world.actor("office"), now=now
    )
    (change,) = found.changes
    assert (change.before.status, change.after.status, change.after.count_words) == ("done", "partly", "3/4")
    assert (found.total, found.before, found.after) == (1, "本期不少于2件（台账）", "本期不少于4件（台账）")
    assert (_again(counted).status, _again(counted).duty.rule["at_least"]) == ("done", 2)


def test_what_was_rehearsed_is_what_applying_does(world: World, counted: Obligation, now: datetime) -> None:
    rule = TWO | {"at_least": 4}
    found = duty_rule_rehearse(
        duty=counted.duty, rule=rule, from_on=None, actor=world.actor("office"), now=now
    )
    assert _set(world, now, counted.duty, rule) == len(found.changes)
    row, expected = _again(counted), found.changes[0].after
    assert (row.status, row.count_words, row.done_on) == (
        expected.status, expected.count_words, expected.done_on,
    )  # fmt: skip
    entry = Entry.objects.system("test").filter(type="regulations.duty.rule_set").get()
    assert entry.note == "重新认定后变化的履职事项：1 件"


def test_periods_that_began_before_keep_the_rule_they_had(
    world: World, counted: Obligation, now: datetime
) -> None:
    assert _set(world, now, counted.duty, TWO | {"at_least": 9}, from_on=date(2012, 7, 1)) == 0
    assert _again(counted).status == "done"
    assert _set(world, now, _again(counted).duty, TWO | {"at_least": 8}, from_on=date(2012, 1, 1)) == 1
    assert _again(counted).count_words == "3/8"


def test_a_rule_that_does_not_fit_the_nature_is_refused(
    world: World, counted: Obligation, now: datetime
) -> None:
    with pytest.raises(BadInput, match="性质不符"):
        _set(world, now, counted.duty, {"way": "standing"})
    with pytest.raises(BadRule):
        _set(world, now, counted.duty, {"way": "often"})
    with pytest.raises(BadInput, match="修改理由"):
        _set(world, now, counted.duty, TWO, reason=" ")


def test_a_duty_that_becomes_standing_and_comes_back_takes_its_natures_rule(
    world: World, counted: Obligation, now: datetime
) -> None:
    office = world.actor("office")
    duty = duty_update(thing=counted.duty, data={"nature": "standing"}, version=None, actor=office, now=now)
    assert (duty.rule, _again(counted).status) == ({}, "standing")
    duty_update(thing=duty, data={"nature": "counted"}, version=None, actor=office, now=now)
    assert _again(counted).count_words == "3/1"


def test_two_people_do_not_overwrite_each_other(world: World, counted: Obligation, now: datetime) -> None:
    version = counted.duty.version
    _set(world, now, counted.duty, TWO | {"at_least": 3}, version=version)
    with pytest.raises(EditConflict):
        _set(world, now, counted.duty, TWO | {"at_least": 4}, version=version)


def test_only_the_office_sets_a_rule(world: World, counted: Obligation, now: datetime) -> None:
    for who in ("liaison", "sibling"):
        with pytest.raises(NotAllowed):
            _set(world, now, counted.duty, TWO, actor=world.actor(who))


def test_the_form_shows_the_change_first_and_applies_it_then(counted: Obligation, sign_in: SignIn) -> None:
    client, url = sign_in("office"), f"/duties/{counted.duty_id}/rule/"
    sent = FORM | {"version": str(counted.duty.version)}
    page = client.post(url, sent | {"step": "preview"}).content.decode()
    assert "应用后的变化" in page and "3/2" in page and "3/4" in page
    assert _again(counted).status == "done"
    assert client.post(url, sent | {"step": "apply"}).status_code == 302
    assert _again(counted).count_words == "3/4"


def test_a_number_left_out_is_asked_for_and_nothing_typed_is_lost(
    counted: Obligation, sign_in: SignIn
) -> None:
    response = sign_in("office").post(f"/duties/{counted.duty_id}/rule/", FORM | {"at_least": ""})
    page = response.content.decode()
    assert response.status_code == 400 and "请填写不少于几件" in page and "联席会议议定" in page


def test_rehearsing_costs_the_same_for_one_unit_and_for_many(
    world: World, counted: Obligation, now: datetime
) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as seen:
            duty_rule_rehearse(
                duty=counted.duty, rule=TWO, from_on=None, actor=world.actor("office"), now=now
            )
        return len(seen)

    few = statements()
    for key in ("gsj", "lz_gov", "ts_gov", "office"):
        row = _again(counted)
        row.pk, row._state.adding, row.unit = None, True, world.unit[key]
        row.save()
    assert statements() == few


def test_a_share_of_all_stands_in_plain_figures_on_the_form(counted: Obligation, sign_in: SignIn) -> None:
    """100, never 1E+2."""
    page = sign_in("office").get(f"/duties/{counted.duty_id}/rule/").content.decode()
    assert 'value="100"' in page and "1E+2" not in page
