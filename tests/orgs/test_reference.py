"""The first register loads as counted in the documents, and loading it again changes nothing."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhize.apps.audit.models import Entry
from zhize.apps.orgs import selectors, services
from zhize.apps.orgs.models import (
    GroupMember,
    Jurisdiction,
    Membership,
    Post,
    Region,
    Succession,
    Unit,
    UnitAlias,
    User,
)
from zhize.kit.actor import Actor, system_actor
from zhize.kit.errors import NotAllowed
from zhize.kit.rowfile import rowfile_problem
from zhize.kit.scope import ScopedQuerySet

PATH = Path(settings.REFERENCE_DIR) / "gansu"
OPERATOR = system_actor("装载参考数据")
DAY = date(2012, 4, 16)


def load(now: datetime) -> services.Loaded:
    return services.reference_load(path=PATH, counties=frozenset({"620123"}), actor=OPERATOR, now=now)


@pytest.fixture
def loaded(db: None, now: datetime) -> services.Loaded:
    return load(now)


def rows(model: type) -> ScopedQuerySet:  # type: ignore[type-arg]
    return model.objects.system("test")  # type: ignore[attr-defined,no-any-return]


def test_gansu_of_2012_has_14_prefectures_86_counties_and_21_members(loaded: services.Loaded) -> None:
    regions = rows(Region).filter(selectors.in_force(DAY))
    assert regions.filter(level="prefecture").count() == 14
    assert regions.filter(level="county").count() == 86
    members = rows(Membership).filter(jurisdiction__code="gs-quality")
    assert members.filter(capacity="member").count() == 21
    assert members.filter(capacity="assessed").count() == 14
    assert [m.unit.name for m in members.filter(capacity="member")[:3]] == [
        "省质监局",
        "甘肃出入境检验检疫局",
        "省工商局",
    ]


def test_regions_stand_in_the_order_of_the_tree(loaded: services.Loaded) -> None:
    first = [r.name for r in rows(Region).order_by("order")[:4]]
    assert first == ["甘肃省", "兰州市", "城关区", "七里河区"]
    jiayuguan = rows(Region).get(name="嘉峪关市")
    assert not rows(Region).filter(parent=jiayuguan).exists()


def test_every_prefecture_has_its_units_and_answers_through_its_office(loaded: services.Loaded) -> None:
    assert rows(Jurisdiction).count() == 16
    government = rows(Unit).get(code="620100-gov")
    assert government.answers_through.code == "620100-office"
    assert rows(Unit).get(code="620100-office").located_in.code == "620100-zjj"
    made = rows(Unit).get(code="620123-jsj")
    assert (made.name, made.confirmed, made.region.code) == ("榆中县住建局", False, "620123")


def test_a_date_that_was_not_verified_says_so(loaded: services.Loaded) -> None:
    merged = rows(Succession).get(predecessor__code="gs-zjj", successor__code="gs-scjg")
    assert not merged.date_confirmed and merged.is_primary
    assert rows(Succession).get(predecessor__code="gs-wht").date_confirmed
    assert not rows(GroupMember).filter(confirmed=True).exists()


def test_the_printed_name_is_found_beside_the_legal_one(loaded: services.Loaded) -> None:
    province = rows(Region).get(code="620000")
    found = selectors.units_named(["省建设厅", "省住房城乡建设厅"], region_id=province.pk, on=DAY)
    assert found["省建设厅"][0] == found["省住房城乡建设厅"][0]


def test_loading_again_changes_nothing_and_leaves_no_entry(loaded: services.Loaded, now: datetime) -> None:
    assert loaded.changed_anything
    entries = rows(Entry).count()
    assert entries == 8, "one entry a kind"
    assert rows(Entry).exclude(rows_digest="").count() == 8
    again = load(now)
    assert not again.changed_anything
    assert rows(Entry).count() == entries
    assert again.outcomes["orgs.unit"].same == rows(Unit).count()


def test_a_changed_line_is_brought_back_but_a_persons_change_is_kept(
    loaded: services.Loaded, now: datetime
) -> None:
    rows(Unit).filter(code="620100-jsj").update(name="错名")
    edited = rows(Unit).get(code="620100-jtj")
    services.unit_update(thing=edited, data={"name": "兰州市交通委"}, version=1, actor=OPERATOR, now=now)
    again = load(now)
    assert (again.outcomes["orgs.unit"].changed, again.kept["orgs.unit"]) == (1, 1)
    assert rows(Unit).get(code="620100-jsj").name == "兰州市住建局"
    assert rows(Unit).get(code="620100-jtj").name == "兰州市交通委"


def test_a_load_costs_few_statements_however_many_rows(loaded: services.Loaded, now: datetime) -> None:
    with CaptureQueriesContext(
        connection,
    ) as again:
        load(now)
    assert len(again) <= 12, [q["sql"][:80] for q in again]


def test_only_the_system_loads(world: object, office: Actor, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        services.reference_load(path=PATH, actor=office, now=now)
    assert not rows(UnitAlias).exists()


def test_the_demonstration_makes_marked_people_once(loaded: services.Loaded, now: datetime) -> None:
    made = services.demo_people_load(path=PATH, passwords={"": "demo"}, actor=OPERATOR, now=now)
    assert made.added == User.objects.filter(is_demo=True).count() > 50
    lanzhou = User.objects.get(username="lz-office")
    assert lanzhou.check_password("demo")
    hats = selectors.hats_of(lanzhou, DAY)
    assert [h.jurisdiction_code for h in hats] == ["lz-quality", "gs-quality"], "the acting hat comes first"
    auditor = rows(Post).get(user__username="gs-extaudit")
    assert auditor.ends_on == date(2012, 12, 30)
    again = services.demo_people_load(path=PATH, passwords={"": "other"}, actor=OPERATOR, now=now)
    assert (again.added, again.same) == (0, made.added)
    assert User.objects.get(username="lz-office").check_password("demo"), "a password in use stays"


def test_the_rows_behind_every_entry_lie_where_the_check_looks_for_them(loaded: services.Loaded) -> None:
    digests = [d for d in Entry.objects.system("test").values_list("rows_digest", flat=True) if d]
    assert digests
    assert [rowfile_problem(digest) for digest in digests if rowfile_problem(digest)] == []
