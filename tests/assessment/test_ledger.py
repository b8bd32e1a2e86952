"""平时加减分台账: entered with facts, told to the unit, counted up to the cut-off, taken back with a reason."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.assessment.conftest import BODY, DECEMBER, NOVEMBER, Play
from tests.kit.bad_files import pdf_file
from tests.world import World

from zhize.apps.assessment import mapping, selectors, services
from zhize.apps.assessment.models import LedgerItem, Score
from zhize.apps.assessment.selectors import Edition
from zhize.apps.audit.models import Entry as LogEntry
from zhize.apps.orgs.models import Notice, Unit
from zhize.apps.years.models import WorkYear
from zhize.core.scoring.writing import digest_of
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput, NotAllowed, StateConflict

SignIn = Callable[..., Client]
JUNE = datetime(2012, 6, 20, 2, 0, tzinfo=UTC)
DATA: dict[str, Any] = {
    "dated_on": date(2012, 6, 11),
    "title": "省级督查发现台账不实",
    "points": Decimal(-2),
    "basis": "督查通报第3期",
}


@pytest.fixture
def enter(world: World, year: WorkYear, office: Actor) -> Callable[..., LedgerItem]:
    def make(
        key: str = "lz_gov",
        *,
        actor: Actor | None = None,
        upload: Any = None,
        now: datetime = JUNE,
        **more: Any,
    ) -> LedgerItem:
        unit = Unit.objects.system("test").get(pk=world.unit[key].pk)
        return services.ledger_record(
            year=year, unit=unit, data=DATA | more, upload=upload, actor=actor or office, now=now
        )  # fmt: skip

    return make


@pytest.fixture
def edition() -> Edition:
    """The small scheme with two criteria of the ledger: one for what supervision takes off, one for the rest."""
    body = deepcopy(BODY)
    lines = [("taken", "督查扣分", "0", "10"), ("given", "特色工作", "5", "0")]
    body["blocks"].append(
        {
            "code": "extra",
            "title": "加减分",
            "part": "bonus",
            "cap": "5",
            "floor": "-10",
            "children": [
                {
                    "code": code,
                    "title": title,
                    "self_scored": False,
                    "method": {"kind": "ledger", "up_cap": up, "down_cap": down},
                    "source": {"kind": "ledger", "codes": [title]},
                }
                for code, title, up, down in lines
            ],
        }
    )
    scheme, plain = mapping.edition_body(body)
    return Edition("small", scheme.title, "", "测试", date(2012, 1, 1), scheme, plain, digest_of(scheme))


def test_entries_count_by_category_up_to_the_cut_off(
    enter: Callable[..., LedgerItem], play: Play, office: Actor
) -> None:
    enter(category="督查扣分")
    enter(category="特色工作", title="承办全省现场会", points=Decimal("1.5"))
    enter(category="督查扣分", dated_on=date(2012, 12, 3), now=DECEMBER)
    gone = enter(category="督查扣分", title="误记")
    services.ledger_withdraw(item=gone, reason="复核不实", actor=office, now=JUNE)
    play.move("open", "check")
    play.fill()
    services.inputs_collect(round_=play.round, actor=office, now=DECEMBER)
    assert play.entry("lz", "taken").facts == {
        "items": [{"title": "省级督查发现台账不实", "points": "-2", "dated_on": "2012-06-11"}]
    }
    assert play.entry("ts", "taken").facts == {"items": []}, "an empty ledger is not a missing one"
    play.compute()
    scores = Score.objects.system("test").filter(assessed=play.row("lz"))
    assert {one.code: one.score for one in scores if one.code in ("taken", "given", "extra")} == {
        "taken": "-2",
        "given": "1.5",
        "extra": "-0.5",
    }
    assert "2012年6月11日，省级督查发现台账不实：扣2分" in str(scores.get(code="taken").trace)


def test_an_entry_during_the_check_makes_the_scores_stale(
    enter: Callable[..., LedgerItem], play: Play, office: Actor
) -> None:
    play.move("open", "check")
    play.fill()
    services.inputs_collect(round_=play.round, actor=office, now=NOVEMBER)
    play.compute()
    assert play.round.stale_since is None
    enter(now=DECEMBER)
    assert play.round.stale_since is not None


def test_the_unit_is_told_and_sees_its_own_and_the_log_keeps_both_acts(
    enter: Callable[..., LedgerItem], world: World, office: Actor
) -> None:
    item = enter(upload=SimpleUploadedFile("通报.pdf", pdf_file(text="a")))
    assert item.evidence is not None and item.evidence.title == DATA["title"]
    services.ledger_withdraw(item=item, reason="复核不实", actor=office, now=JUNE)
    told = Notice.objects.system("test").filter(user=world.user["sibling"]).order_by("pk")
    texts = told.values_list("text", flat=True)
    assert [text.split("：")[0] for text in texts] == ["平时加减分台账登记", "平时加减分已撤销"]
    for who, sees in (("sibling", 1), ("sibling2", 0), ("head", 0), ("leader", 1), ("child", 0)):
        assert selectors.ledger_listed(world.actor(who)).count() == sees, who
    types = list(LogEntry.objects.system("test").filter(type__startswith="assessment.ledger").order_by("pk"))
    assert [one.type.rsplit(".", 1)[-1] for one in types] == ["recorded", "withdrawn"]
    with pytest.raises(StateConflict, match="已经撤销"):
        services.ledger_withdraw(item=item, reason="再次", actor=office, now=JUNE)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"points": Decimal(0)}, "分值不能是0"),
        ({"points": Decimal(200)}, "加减分值"),
        ({"dated_on": date(2011, 12, 31)}, "不在2012年度之内"),
        ({"dated_on": date(2012, 6, 21)}, "晚于今天"),
        ({"title": " "}, "加减分事由"),
        ({"key": "cg_office"}, "不在本辖区的成员单位和被考核地区之内"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(
    enter: Callable[..., LedgerItem], change: dict[str, Any], said: str
) -> None:
    with pytest.raises(BadInput) as caught:
        enter(change.pop("key", "lz_gov"), **change)
    assert said in f"{caught.value} {caught.value.problem.where}"
    assert not LedgerItem.objects.system("test").exists()


@pytest.mark.parametrize("who", ["head", "liaison", "leader", "sibling", "auditor"])
def test_only_the_office_enters_and_takes_back(
    enter: Callable[..., LedgerItem], world: World, who: str
) -> None:
    item = enter()
    with pytest.raises(NotAllowed):
        enter(actor=world.actor(who))
    with pytest.raises(NotAllowed):
        services.ledger_withdraw(item=item, reason="不实", actor=world.actor(who), now=JUNE)


def test_the_pages_enter_list_export_and_take_back(world: World, year: WorkYear, as_: SignIn) -> None:
    client = as_("office", "2012-06-20")
    listed = reverse("assessment:ledger")
    assert "没有平时加减分" in client.get(listed).content.decode()
    data = {**DATA, "dated_on": "2012-06-11", "unit": world.unit["lz_gov"].pk}
    wrong = client.post(reverse("assessment:ledger_create"), {**data, "points": "0"})
    assert wrong.status_code == 400 and "分值不能是0" in wrong.content.decode()
    shown = client.post(reverse("assessment:ledger_create"), data, follow=True).content.decode()
    assert "扣2分" in shown
    item = LedgerItem.objects.system("test").get()
    assert DATA["title"] in client.get(listed).content.decode()
    assert client.get(f"{listed}?export=csv").status_code == 200
    own = as_("sibling", "2012-06-20").get(reverse("assessment:ledger_item", args=[item.pk]))
    assert own.status_code == 200 and "撤销这一笔" not in own.content.decode()
    address = reverse("assessment:ledger_item", args=[item.pk])
    assert as_("office", "2012-06-20").post(address, {"version": item.version}).status_code == 400
    gone = as_("office", "2012-06-20").post(
        address, {"reason": "复核不实", "version": item.version}, follow=True
    )
    assert "复核不实" in gone.content.decode()
