"""Every write of the directory: done by who may, refused in words to who may not, and in the log."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from tests.world import World

from zhize.apps.audit.models import Entry
from zhize.apps.orgs import services
from zhize.apps.orgs.models import (
    ApiToken,
    Delegation,
    GroupMember,
    Membership,
    Programme,
    Succession,
    User,
)
from zhize.kit.errors import EditConflict, NotAllowed

DAY = date(2012, 3, 5)


def fresh(thing: Any) -> Any:
    model = type(thing)
    return (model.objects if model is User else model.objects.system("test")).get(pk=thing.pk)


def membership(w: World, key: str) -> Membership:
    found: Membership = Membership.objects.system("test").get(unit=w.unit[key])
    return found


@dataclass(frozen=True)
class Write:
    """A service, who may, who may not, what it is given, and the entry it leaves."""

    service: Any
    may: str
    may_not: str
    entry: str
    given: Any = field(repr=False)

    def __str__(self) -> str:
        return str(self.service.__name__)


WRITES = [
    Write(services.region_create, "sysadmin", "office", "orgs.region.created", lambda w: {
        "data": {"code": "620200", "name": "嘉峪关市", "short": "嘉峪关", "level": "prefecture", "parent": w.region["gs"]}}),
    Write(services.region_update, "sysadmin", "sibling", "orgs.region.changed", lambda w: {
        "thing": w.region["lz"], "data": {"short": "兰州市"}, "version": 1}),
    Write(services.programme_create, "sysadmin", "secadmin", "orgs.programme.created", lambda w: {
        "data": {"code": "rivers", "name": "河湖长制"}}),
    Write(services.programme_update, "sysadmin", "office", "orgs.programme.changed", lambda w: {
        "thing": Programme.objects.system("test").get(), "data": {"name_en": "Quality"}, "version": 1}),
    Write(services.jurisdiction_create, "sysadmin", "secadmin", "orgs.jurisdiction.created", lambda w: {
        "data": {"code": "x", "name": "天水市食品安全", "region": w.region["ts"], "parent": w.jurisdiction["gs"],
                 "programme": Programme.objects.create(code="food", name="食品安全")}}),
    Write(services.jurisdiction_update, "sysadmin", "sibling", "orgs.jurisdiction.changed", lambda w: {
        "thing": w.jurisdiction["gs"], "data": {"name": "甘肃省质量工作"}, "version": 1}),
    Write(services.jurisdiction_demand_totp, "secadmin", "sysadmin", "orgs.jurisdiction.changed", lambda w: {
        "jurisdiction": w.jurisdiction["gs"], "required": True, "version": 1}),
    Write(services.unit_create, "sysadmin", "office", "orgs.unit.created", lambda w: {
        "data": {"code": "gs-x", "region": w.region["gs"], "name": "省卫生厅"}}),
    Write(services.units_add_named, "office", "liaison", "orgs.unit.created", lambda w: {
        "jurisdiction": w.jurisdiction["gs"], "names": ["省粮食局"], "kind": "department"}),
    Write(services.unit_update, "sysadmin", "secadmin", "orgs.unit.changed", lambda w: {
        "thing": w.unit["zjj"], "data": {"order": 9}, "version": 1}),
    Write(services.unit_set_aliases, "sysadmin", "auditor", "orgs.unit.changed", lambda w: {
        "unit": w.unit["zjj"], "names": ["省技术监督局"]}),
    Write(services.unit_succeed, "sysadmin", "office", "orgs.unit.succeeded", lambda w: {
        "predecessors": [w.unit["zjj"]], "successors": [w.unit["gsj"]], "kind": "merged", "effective_on": DAY}),
    Write(services.succession_create, "sysadmin", "office", "orgs.unit.succeeded", lambda w: {
        "data": {"predecessor": w.unit["zjj"], "successor": w.unit["gsj"], "kind": "merged", "effective_on": DAY}}),
    Write(services.succession_update, "sysadmin", "sibling", "orgs.succession.changed", lambda w: {
        "thing": Succession.objects.create(
            predecessor=w.unit["zjj"], successor=w.unit["gsj"], kind="merged", effective_on=DAY),
        "data": {"date_confirmed": True}, "version": 1}),
    Write(services.rule_adjust, "office", "liaison", "kit.rule.written", lambda w: {
        "name": "work/digest", "values": {"listed_most": 30}, "valid_from": DAY, "source": "甘质振办〔2012〕9号", "seen": 0}),
    Write(services.membership_add, "office", "sysadmin", "orgs.membership.added", lambda w: {
        "jurisdiction": w.jurisdiction["gs"],
        "data": {"unit": w.unit["gsj"], "capacity": "assessed", "valid_from": DAY}}),
    Write(services.membership_create, "office", "liaison", "orgs.membership.added", lambda w: {
        "data": {"unit": w.unit["gsj"], "capacity": "assessed", "valid_from": DAY}}),
    Write(services.membership_update, "office", "sibling", "orgs.membership.changed", lambda w: {
        "thing": membership(w, "zjj"), "data": {"basis": "甘政办发〔2012〕1号"}, "version": 1}),
    Write(services.membership_end, "office", "liaison", "orgs.membership.ended", lambda w: {
        "membership": membership(w, "zjj"), "on": DAY, "basis": "", "version": 1}),
    Write(services.memberships_reorder, "office", "sibling", "orgs.membership.reordered", lambda w: {
        "jurisdiction": w.jurisdiction["gs"], "ids": [membership(w, "gsj").pk, membership(w, "zjj").pk]}),
    Write(services.group_list_replace, "office", "sysadmin", "orgs.group_list.replaced", lambda w: {
        "jurisdiction": w.jurisdiction["gs"], "lines": [{"capacity": "head", "title": "分管副省长"}],
        "valid_from": DAY, "basis": "甘政办发〔2012〕2号"}),
    Write(services.group_member_update, "office", "liaison", "orgs.group_member.changed", lambda w: {
        "thing": GroupMember.objects.create(
            jurisdiction=w.jurisdiction["gs"], capacity="head", title="副省长", valid_from=DAY, basis="甲"),
        "data": {"title": "分管副省长"}, "version": 1}),
    Write(services.user_create, "sysadmin", "office", "orgs.user.created", lambda w: {
        "data": {"username": "new", "name": "新人（演示）"},
        "post": {"unit": w.unit["gsj"], "jurisdiction": w.jurisdiction["gs"], "role": "clerk",
                 "title": "经办人", "starts_on": DAY}}),
    Write(services.user_update, "sysadmin", "secadmin", "orgs.user.changed", lambda w: {
        "thing": w.user["liaison"], "data": {"phone": "0931-0000001"}, "version": 1}),
    Write(services.contact_update, "liaison", "", "orgs.user.contact_changed", lambda w: {
        "data": {"phone": "0931-0000002"}, "version": 1}),
    Write(services.user_deactivate, "secadmin", "office", "orgs.user.deactivated", lambda w: {
        "user": w.user["liaison"], "reason": "调离", "version": 1}),
    Write(services.user_activate, "secadmin", "sibling", "orgs.user.activated", lambda w: {
        "user": w.user["liaison"], "version": 1}),
    Write(services.password_reset, "sysadmin", "sibling", "orgs.user.password_reset", lambda w: {
        "user": w.user["liaison"]}),
    Write(services.post_open, "sysadmin", "secadmin", "orgs.post.opened", lambda w: {
        "user": w.user["liaison"], "unit": w.unit["office"], "jurisdiction": w.jurisdiction["gs"],
        "role": "office_staff", "title": "借调", "starts_on": DAY}),
    Write(services.post_close, "sysadmin", "office", "orgs.post.closed", lambda w: {
        "post": w.post["clerk"], "ends_on": DAY, "version": 1}),
    Write(services.hand_over, "liaison", "other", "orgs.post.handed_over", lambda w: {
        "post": w.post["liaison"], "to": w.user["clerk"], "on": DAY, "version": 1}),
    Write(services.delegation_grant, "liaison", "sysadmin", "orgs.delegation.granted", lambda w: {
        "post": w.post["liaison"], "deputy": w.user["clerk"], "starts_on": DAY, "ends_on": DAY, "reason": "出差"}),
    Write(services.delegation_revoke, "liaison", "other", "orgs.delegation.revoked", lambda w: {
        "delegation": Delegation.objects.create(
            post=w.post["liaison"], deputy=w.user["clerk"], starts_on=DAY, ends_on=DAY, reason="出差"),
        "version": 1}),
    Write(services.api_token_create, "liaison", "sysadmin", "orgs.token.created", lambda w: {
        "post": w.post["liaison"], "label": "导出", "scopes": ["directory:read"],
        "known_scopes": ["directory:read"], "expires_on": DAY + timedelta(days=30)}),
    Write(services.api_token_revoke, "secadmin", "sysadmin", "orgs.token.revoked", lambda w: {
        "token": ApiToken.objects.create(
            post=w.post["liaison"], label="导出", digest="0" * 64,
            created_at=datetime(2012, 1, 1).astimezone(), expires_on=DAY)}),
    Write(services.regions_import, "sysadmin", "office", "orgs.region.imported", lambda w: {
        "rows": [{"code": "620200", "name": "嘉峪关市", "short": "嘉峪关", "level": "prefecture", "parent": w.region["gs"]}],
        "digest": "d"}),
    Write(services.units_import, "sysadmin", "office", "orgs.unit.imported", lambda w: {
        "rows": [{"code": "gs-x", "region": w.region["gs"], "name": "省卫生厅"}], "digest": "d"}),
    Write(services.memberships_import, "office", "liaison", "orgs.membership.imported", lambda w: {
        "rows": [{"unit": w.unit["gsj"], "capacity": "assessed", "valid_from": DAY}], "digest": "d"}),
    Write(services.group_list_import, "office", "liaison", "orgs.group_list.replaced", lambda w: {
        "rows": [{"order": 1, "capacity": "head", "title": "副省长", "valid_from": DAY, "basis": "甲"}], "digest": "d"}),
    Write(services.people_import, "sysadmin", "office", "orgs.user.imported", lambda w: {
        "rows": [{"username": "new", "name": "新人（演示）", "unit": w.unit["gsj"], "role": "clerk", "title": "经办人"}],
        "digest": "d"}),
]  # fmt: skip


@pytest.mark.parametrize("write", WRITES, ids=str)
def test_a_write_by_who_may_is_done_and_in_the_log(world: World, now: datetime, write: Write) -> None:
    given = write.given(world)
    write.service(**given, actor=world.actor(write.may), now=now)
    entry = Entry.objects.system("test").get(type=write.entry)
    assert (entry.actor_username, entry.request_id) == (write.may, f"test-{write.may}")
    if "digest" in given:
        assert entry.rows_digest == "d"


@pytest.mark.parametrize("write", [w for w in WRITES if w.may_not], ids=str)
def test_the_same_write_by_who_may_not_is_refused_in_words_and_leaves_nothing(
    world: World, now: datetime, write: Write
) -> None:
    given = write.given(world)
    with pytest.raises(NotAllowed) as refusal:
        write.service(**given, actor=world.actor(write.may_not), now=now)
    assert refusal.value.problem.what and refusal.value.problem.remedy
    assert not Entry.objects.system("test").exists()


@pytest.mark.parametrize(
    ("service", "given"),
    [
        (services.unit_update, lambda w: {"thing": w.unit["zjj"], "data": {"order": 9}}),
        (services.region_update, lambda w: {"thing": w.region["gs"], "data": {"short": "甘"}}),
        (services.user_update, lambda w: {"thing": w.user["liaison"], "data": {"phone": "1234567"}}),
        (services.post_close, lambda w: {"post": w.post["clerk"], "ends_on": DAY}),
    ],
)
def test_the_second_of_two_editors_gets_both_versions(
    world: World, now: datetime, service: Any, given: Any
) -> None:
    admin = world.actor("sysadmin")
    service(**given(world), version=1, actor=admin, now=now)
    with pytest.raises(EditConflict) as conflict:
        service(**given(world), version=1, actor=admin, now=now)
    assert conflict.value.theirs.keys() == conflict.value.mine.keys()


def test_every_public_write_stands_in_the_table() -> None:
    told = {str(w) for w in WRITES}
    side = {
        "todo_",
        "todos_",
        "notice",
        "outbox_",
        "mail_is_set",  # asks, writes nothing
        "demo_",
        "reference_",
        "hat_wear",
        "token_digest",
        "passwords_issue",
        "password_choose",  # tests/orgs/test_sign_in_password.py
        "sessions_end",  # tests/orgs/test_sign_in_sessions.py
        "office_found",  # tests/orgs/test_founding.py
        "digests_",  # tests/orgs/test_daily.py
        "roster_",  # tests/orgs/test_roster.py
        "contact_change",  # tests/orgs/test_roster.py
    }
    public = {name for name in services.__all__ if name.islower() and not name.startswith(tuple(side))}
    assert public == told, "a service without a row is a service without a test"
