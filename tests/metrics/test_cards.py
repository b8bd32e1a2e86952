"""Cards come with the rules, are revised as versions, and cannot be written so that nobody can work them out."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.core.reading import confirmations
from tests.metrics.conftest import BATCHES, PASSED, RATE, Enter
from tests.world import World

from zhize.apps.audit.models import Entry
from zhize.apps.metrics import selectors, services
from zhize.apps.metrics.models import Card, CardVersion
from zhize.kit.actor import Actor, system_actor
from zhize.kit.errors import BadInput, EditConflict, NotAllowed
from zhize.kit.measures import measures

LOADER = system_actor("测试")
pytestmark = pytest.mark.django_db


def own_card(**changes: Any) -> dict[str, Any]:
    return {
        "code": "own.failed",
        "name": "不合格批次",
        "dimension": "product",
        "definition": "抽查批次减去合格批次。",
        "unit": "批",
        "decimals": 0,
        "source": "computed",
        "expression": f"{BATCHES} - {PASSED}",
        "valid_from": date(2012, 1, 1),
        "citation": "演示",
        **changes,
    }


def make(world: World, actor: Actor, now: datetime, **changes: Any) -> Card:
    return services.card_create(
        jurisdiction=world.jurisdiction["gs"],
        data=own_card(**changes),
        duties=["3.1.1#10"],
        actor=actor,
        now=now,
    )


def test_every_shipped_card_loads_once_with_its_first_version_and_its_duties(
    cards: dict[str, Card], now: datetime
) -> None:
    assert RATE in cards and cards[RATE].jurisdiction_id is None
    assert list(cards[RATE].duties.values_list("duty_code", flat=True)) == ["3.1.1#10"]
    versions = CardVersion.objects.system("test")
    assert versions.count() == len(cards)
    again = services.cards_load(actor=LOADER, now=now)
    assert (again.added, again.changed) == (0, 0)
    assert versions.count() == len(cards)


def test_a_newer_edition_becomes_the_next_version_but_not_over_an_office_that_has_revised(
    world: World, cards: dict[str, Card], office: Actor, now: datetime, tmp_path: Path
) -> None:
    services.card_revise(
        card=cards[PASSED],
        data={"definition": "本省口径。"},
        duties=None,
        reason="省里统一",
        version=None,
        actor=office,
        now=now,
    )
    text = Path("src/zhize/rules/metrics/10-product.yaml").read_text("utf-8")
    (tmp_path / "10-product.yaml").write_text(
        text.replace("已作出检验结论的产品批次数", "已作出结论的产品批次数").replace(
            "经复检改判", "复检改判"
        ),
        "utf-8",
    )
    outcome = services.cards_load(actor=LOADER, now=now, folder=tmp_path)
    assert outcome.changed == 1
    batches, passed = (Card.objects.system("test").get(code=code) for code in (BATCHES, PASSED))
    assert (batches.number, passed.number) == (2, 2)
    assert passed.definition == "本省口径。"


def test_only_the_product_itself_loads_shipped_cards(world: World, office: Actor, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        services.cards_load(actor=office, now=now)


def test_an_office_makes_a_card_of_its_own_with_a_formula(
    world: World, cards: dict[str, Card], office: Actor, now: datetime
) -> None:
    card = make(world, office, now)
    assert card.versions.system("test").get().body["expression"] == f"{BATCHES} - {PASSED}"
    assert selectors.card_by_code(office, "own.failed") == card
    assert Entry.objects.system("test").filter(type="metrics.card.created").count() == 1


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"expression": "product.spot_check.batchs - 1"}, "没有代码为“product.spot_check.batchs”的指标"),
        ({"expression": f"{BATCHES} -"}, "没有写完"),
        ({"expression": f"ratio({PASSED}, {BATCHES})"}, "无单位的数"),
        ({"expression": "own.failed + 0"}, "own.failed → own.failed"),
        ({"expression": ""}, "没有写公式"),
        (
            {"source": "measure", "expression": "", "measure": "nobody.counts"},
            "没有代码为“nobody.counts”的计数",
        ),
        ({"checks": [{"kind": "rang"}]}, "range"),
    ],
)
def test_a_card_nobody_could_work_out_is_refused_in_words(
    world: World, cards: dict[str, Card], office: Actor, now: datetime, changes: dict[str, Any], says: str
) -> None:
    with pytest.raises(BadInput) as caught:
        make(world, office, now, **changes)
    assert says in "".join(str(problem) for problem in caught.value.problems)
    assert not Card.objects.system("test").filter(code="own.failed").exists()


def test_a_liaison_makes_no_cards(
    world: World, cards: dict[str, Card], liaison: Actor, now: datetime
) -> None:
    with pytest.raises(NotAllowed, match="办公室"):
        make(world, liaison, now)


def test_a_revision_is_a_version_with_a_reason_and_the_old_wording_stays(
    world: World, cards: dict[str, Card], office: Actor, now: datetime
) -> None:
    data = {
        "definition": "含复检。",
        "valid_from": date(2012, 7, 1),
        "citation": "甘质振办〔2012〕9号（演示）",
    }
    card = services.card_revise(
        card=cards[BATCHES], data=data, duties=None, reason="统一口径", version=1, actor=office, now=now
    )
    assert (card.number, card.version) == (2, 2)
    newest, first = selectors.versions_of(card)
    assert newest.body["definition"] == "含复检。" and newest.reason == "统一口径"
    assert first.body["definition"] != "含复检。" and first.valid_from == date(2011, 7, 12)


@pytest.mark.parametrize(
    ("data", "reason", "says"),
    [
        ({"definition": "新口径"}, " ", "修订理由"),
        ({"valid_from": date(2010, 1, 1)}, "改", "启用日期早于"),
        ({"unit": "个"}, "改", "不能改计量单位"),
    ],
)
def test_a_revision_that_would_mislead_is_refused(
    world: World,
    cards: dict[str, Card],
    office: Actor,
    now: datetime,
    enter: Enter,
    data: dict[str, Any],
    reason: str,
    says: str,
) -> None:
    enter(BATCHES, "2012年第一季度", "lz", "120")
    with pytest.raises(BadInput) as caught:
        services.card_revise(
            card=cards[BATCHES], data=data, duties=None, reason=reason, version=None, actor=office, now=now
        )
    assert says in str(caught.value)


def test_two_people_revising_one_card_get_both_versions(
    world: World, cards: dict[str, Card], office: Actor, now: datetime
) -> None:
    services.card_revise(
        card=cards[BATCHES],
        data={"definition": "甲"},
        duties=None,
        reason="改",
        version=1,
        actor=office,
        now=now,
    )
    with pytest.raises(EditConflict) as caught:
        services.card_revise(
            card=cards[BATCHES],
            data={"definition": "乙"},
            duties=None,
            reason="改",
            version=1,
            actor=office,
            now=now,
        )
    assert caught.value.theirs == {"definition": "甲"} and caught.value.mine == {"definition": "乙"}


def test_a_prefecture_does_not_revise_what_all_share(
    world: World, cards: dict[str, Card], now: datetime
) -> None:
    with pytest.raises(NotAllowed, match="最上级"):
        services.card_revise(
            card=cards[BATCHES], data={"definition": "本市口径"}, duties=None, reason="改", version=None,
            actor=world.actor("sibling_head"), now=now,
        )  # fmt: skip


def test_a_card_of_the_province_is_seen_below_and_one_of_a_prefecture_only_there(
    world: World, cards: dict[str, Card], office: Actor, now: datetime
) -> None:
    above = make(world, office, now)
    below = services.card_create(
        jurisdiction=world.jurisdiction["lz"],
        data=own_card(code="lz.own"),
        duties=[],
        actor=world.actor("sibling"),
        now=now,
    )
    seen = {
        key: {c.code for c in selectors.cards_listed(world.actor(key))}
        for key in ("office", "sibling", "sibling2", "child")
    }
    assert {k for k, codes in seen.items() if above.code in codes} == {"office", "sibling", "sibling2"}
    assert {k for k, codes in seen.items() if below.code in codes} == {"sibling", "child"}


def test_a_retired_card_is_not_asked_for_any_more_and_can_come_back(
    world: World, cards: dict[str, Card], office: Actor, now: datetime
) -> None:
    card = services.card_retire(card=cards[RATE], retired=True, version=1, actor=office, now=now)
    assert card not in selectors.cards_of_duties(office, ["3.1.1#10"])
    services.card_retire(card=card, retired=False, version=None, actor=office, now=now)
    assert card in selectors.cards_of_duties(office, ["3.1.1#10"])


def test_every_measure_a_shipped_card_names_is_registered(cards: dict[str, Card]) -> None:
    named = {card.measure for card in cards.values() if card.source == Card.Source.MEASURE}
    assert named and named <= set(measures())


def test_every_duty_a_shipped_card_speaks_about_stands_in_the_register(cards: dict[str, Card]) -> None:
    spoken = {duty.duty_code for card in cards.values() for duty in card.duties.all()}
    assert spoken <= set(confirmations())
    departments = {code.split("#")[0] for code in spoken if code.startswith("3.1.")}
    assert departments == {f"3.1.{item}" for item in range(1, 15)}
