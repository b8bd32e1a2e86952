"""A hand-over loses nothing; a delegation names both; to-dos reach every hat that may do them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.world import SINCE, World

from zhize.apps.audit.models import Entry
from zhize.apps.orgs import selectors, services
from zhize.apps.orgs.models import Notice, Outbox, Post, Todo
from zhize.kit.actor import system_actor
from zhize.kit.errors import BadInput, NotAllowed, StateConflict
from zhize.kit.things import ThingRef

DAY = date(2012, 3, 5)


def put(
    world: World, now: datetime, number: int, *, post: str = "", unit: str = "zjj", **rest: object
) -> None:
    services.todo_open(
        todo=services.NewTodo(
            jurisdiction_id=world.jurisdiction["gs"].pk, unit_id=world.unit[unit].pk, kind="k",
            ref=ThingRef("test.thing", number), title=f"事项{number}", post_id=world.post[post].pk if post else None,
            **rest,  # type: ignore[arg-type]
        ),
        now=now,
    )  # fmt: skip


def over(world: World, now: datetime, **rest: object) -> services.HandOver:
    given = {"post": world.post["liaison"], "to": world.user["clerk"], "on": DAY, "version": 1} | rest
    return services.hand_over(**given, actor=world.actor("liaison"), now=now)  # type: ignore[arg-type]


def test_every_open_to_do_goes_with_the_post_and_done_ones_stay(world: World, now: datetime) -> None:
    for number in range(4):
        put(world, now, number, post="liaison")
    put(world, now, 9)
    services.todo_close(ref=ThingRef("test.thing", 0), actor=world.actor("liaison"), now=now)
    result = over(world, now)
    assert result.moved == ("事项1", "事项2", "事项3")
    rows = Todo.objects.system("test")
    assert rows.filter(post=result.new).count() == 3
    assert rows.filter(post=world.post["liaison"]).count() == 1, "what is done stays with who did it"
    hats = selectors.hats_of(world.user["clerk"], DAY)
    assert {i.todo.title for i in selectors.todos_open(hats).items} == {"事项1", "事项2", "事项3", "事项9"}


def test_the_old_post_ends_the_day_before_and_the_new_one_is_the_same_post(
    world: World, now: datetime
) -> None:
    result = over(world, now)
    assert result.old.ends_on == DAY - timedelta(days=1)
    assert (result.new.unit_id, result.new.role, result.new.title, result.new.starts_on) == (
        world.unit["zjj"].pk, "liaison", "联络员", DAY,
    )  # fmt: skip
    assert not selectors.hats_of(world.user["liaison"], DAY)


def test_the_predecessors_trust_ends_with_the_post(world: World, now: datetime) -> None:
    liaison = world.actor("liaison")
    services.delegation_grant(
        post=world.post["liaison"], deputy=world.user["head"], starts_on=DAY, ends_on=DAY, reason="出差",
        actor=liaison, now=now,
    )  # fmt: skip
    services.api_token_create(
        post=world.post["liaison"], label="导出", scopes=["a:read"], known_scopes=["a:read"], expires_on=DAY,
        actor=liaison, now=now,
    )  # fmt: skip
    result = over(world, now)
    assert (result.delegations_ended, result.tokens_revoked) == (1, 1)
    assert len(selectors.hats_of(world.user["head"], DAY)) == 1


def test_the_entry_of_a_hand_over_names_both_people_and_what_moved(world: World, now: datetime) -> None:
    put(world, now, 1, post="liaison")
    over(world, now)
    entry = Entry.objects.system("test").get(type="orgs.post.handed_over")
    assert entry.before["person"] == world.user["liaison"].name
    assert (entry.after["person"], entry.after["moved"]) == (world.user["clerk"].name, ["事项1"])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda w: {"to": w.user["liaison"]}, "现任"),
        (lambda w: {"on": DAY + timedelta(days=1)}, "今天"),
        (lambda w: {"on": SINCE}, "晚于"),
    ],
)
def test_a_hand_over_that_would_leave_matters_with_nobody_is_refused(
    world: World, now: datetime, change: object, words: str
) -> None:
    with pytest.raises(BadInput, match=words):
        over(world, now, **change(world))  # type: ignore[operator]


def test_a_post_with_open_matters_is_not_simply_closed(world: World, now: datetime) -> None:
    put(world, now, 1, post="liaison")
    with pytest.raises(StateConflict, match="1 件"):
        services.post_close(
            post=world.post["liaison"], ends_on=DAY, version=1, actor=world.actor("sysadmin"), now=now
        )


def test_an_act_of_a_deputy_names_both_persons_in_the_log(world: World, now: datetime) -> None:
    services.delegation_grant(
        post=world.post["office"], deputy=world.user["clerk"], starts_on=DAY, ends_on=DAY, reason="出差",
        actor=world.actor("office"), now=now,
    )  # fmt: skip
    hat = next(h for h in selectors.hats_of(world.user["clerk"], DAY) if h.role == "office_staff")
    deputy = selectors.actor_of(world.user["clerk"], hat)
    services.membership_create(
        data={"unit": world.unit["gsj"], "capacity": "assessed", "valid_from": DAY}, actor=deputy, now=now
    )
    entry = Entry.objects.system("test").get(type="orgs.membership.added")
    assert (entry.actor_name, entry.on_behalf_of) == (world.user["clerk"].name, world.user["office"].name)
    assert entry.hat == "领导小组办公室 · 办公室工作人员"
    assert not [h for h in selectors.hats_of(world.user["clerk"], DAY + timedelta(days=1)) if h.on_behalf_of]


def test_a_deputy_cannot_pass_the_hat_on(world: World, now: datetime) -> None:
    services.delegation_grant(
        post=world.post["office"], deputy=world.user["clerk"], starts_on=DAY, ends_on=DAY, reason="出差",
        actor=world.actor("office"), now=now,
    )  # fmt: skip
    hat = next(h for h in selectors.hats_of(world.user["clerk"], DAY) if h.on_behalf_of)
    with pytest.raises(NotAllowed, match="本人"):
        services.delegation_grant(
            post=world.post["office"], deputy=world.user["other"], starts_on=DAY, ends_on=DAY, reason="再托",
            actor=selectors.actor_of(world.user["clerk"], hat), now=now,
        )  # fmt: skip


def test_the_inbox_of_all_hats_is_one_statement_in_order_of_due_dates(world: World, now: datetime) -> None:
    Post.objects.create(
        user=world.user["liaison"], unit=world.unit["gsj"], jurisdiction=world.jurisdiction["gs"], role="clerk",
        title="经办人", starts_on=SINCE,
    )  # fmt: skip
    put(world, now, 1)
    put(world, now, 2, unit="gsj", due_on=date(2012, 4, 1))
    put(world, now, 3, due_on=date(2012, 3, 1))
    put(world, now, 4, due_on=date(2012, 4, 1))
    put(world, now, 5, audience="unit_head")
    put(world, now, 6, post="clerk")
    hats = selectors.hats_of(world.user["liaison"], DAY)
    with CaptureQueriesContext(connection) as queries:
        page = selectors.todos_open(hats)
    assert len(queries) == 1
    assert [i.todo.ref_id for i in page.items] == [3, 2, 4, 1]
    assert [i.hat.role for i in page.items] == ["liaison", "clerk", "liaison", "liaison"]
    counts = selectors.todos_count(hats, today=DAY).values()
    assert [sum(numbers) for numbers in zip(*counts, strict=True)] == [4, 1]


def test_walking_the_inbox_page_by_page_shows_everything_once(world: World, now: datetime) -> None:
    for number in range(7):
        put(world, now, number, due_on=None if number % 3 == 0 else date(2012, 4, 1 + number % 2))
    hats = selectors.hats_of(world.user["liaison"], DAY)
    seen: list[int] = []
    after = None
    while True:
        page = selectors.todos_open(hats, after=after, limit=2)
        seen += [i.todo.ref_id for i in page.items]
        if (after := page.after) is None:
            break
    assert sorted(seen) == list(range(7)) and len(seen) == 7


def test_a_governments_matter_reaches_the_office_that_answers_for_it(world: World, now: datetime) -> None:
    put(world, now, 1, unit="lz_gov")
    assert selectors.todos_open(selectors.hats_of(world.user["sibling"], DAY)).items
    assert not selectors.todos_open(selectors.hats_of(world.user["sibling2"], DAY)).items
    assert Todo.objects.visible_to(world.actor("sibling")).count() == 1
    assert selectors.todos_open([]).items == ()


def test_an_open_to_do_is_not_opened_twice_but_again_after_it_was_done(world: World, now: datetime) -> None:
    put(world, now, 1)
    put(world, now, 1)
    assert Todo.objects.system("test").count() == 1
    services.todo_close(ref=ThingRef("test.thing", 1), actor=world.actor("liaison"), now=now)
    put(world, now, 1)
    assert Todo.objects.system("test").count() == 2
    done = selectors.todos_done(selectors.hats_of(world.user["liaison"], DAY))
    assert [i.todo.done_by for i in done] == [world.user["liaison"].name]


def test_to_dos_of_many_things_cost_no_more_statements(world: World, now: datetime) -> None:
    def cost(number: int, base: int) -> int:
        refs = [ThingRef("test.thing", base + n) for n in range(number)]
        todos = [
            services.NewTodo(world.jurisdiction["gs"].pk, world.unit["zjj"].pk, "k", ref, "t") for ref in refs
        ]
        with CaptureQueriesContext(connection) as queries:
            services.todos_open(todos=todos, now=now)
            assert services.todos_close(refs=refs, actor=system_actor("test"), now=now) == number
        return len(queries)

    assert cost(2, 0) == cost(60, 1000)


def test_a_message_reaches_who_works_in_the_unit_and_is_read_once(world: World, now: datetime) -> None:
    sent = services.notice_send_to_units(
        texts={world.unit["zjj"].pk: "已确认"}, roles=["liaison", "clerk"], ref=None, now=now
    )
    assert sent == 2 == Notice.objects.system("test").count()
    liaison = world.actor("liaison")
    assert selectors.notices_unread(liaison) == 1
    assert services.notices_read(actor=liaison, now=now) == 1
    assert (selectors.notices_unread(liaison), len(selectors.notices(liaison))) == (0, 0)
    assert len(selectors.notices(liaison, read=True)) == 1


def test_a_message_leaves_once_by_its_key(db: None, now: datetime) -> None:
    given = {
        "key": "k",
        "channel": "mail",
        "to": "a@example.invalid",
        "subject": "s",
        "text": "t",
        "now": now,
    }
    assert services.outbox_put(**given) is True  # type: ignore[arg-type]
    assert services.outbox_put(**given) is False  # type: ignore[arg-type]
    assert Outbox.objects.count() == 1
