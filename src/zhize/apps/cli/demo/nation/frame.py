"""Units, jurisdictions, members and people of each place (演示数据)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import Model

from zhize.apps.cli.demo.nation.shape import Place
from zhize.apps.cli.demo.stage import at
from zhize.apps.orgs.models import (
    GroupMember,
    Jurisdiction,
    Membership,
    Post,
    Programme,
    Region,
    Unit,
    User,
)
from zhize.apps.years.models import WorkYear

SINCE = date(2011, 7, 12)
BASIS = "演示数据"
DEPARTMENTS = (
    "质监", "工商", "住房城乡建设", "交通运输", "食品药品监管", "农牧", "卫生", "环保", "安监", "教育", "水利", "林业",
    "发展改革", "工业和信息化", "国资", "科技", "财政", "统计", "商务", "旅游", "出入境检验检疫",
)  # fmt: skip
MEMBERS = {Region.Level.PROVINCE: 21, Region.Level.PREFECTURE: 16, Region.Level.COUNTY: 8}
POSTS = (("office", "office_staff", "工作人员"), ("director", "office_director", "主任"))


def frame(places: Sequence[Place], programme: Programme, password: str) -> Iterator[Sequence[Model]]:
    """All rows of brothers whose parent stands already, in an order in which they can be written."""
    for place in places:
        place.region = _region(place)
    yield [p.region for p in places]
    for place in places:
        place.group, place.members, place.office, place.government = _units(place)
    yield [unit for p in places for unit in (p.group, *p.members)]
    for place in places:
        place.office.located_in = place.members[0]
    yield [p.office for p in places]
    for place in places:
        place.government.answers_through = place.office
    yield [p.government for p in places]
    for place in places:
        place.jurisdiction = _jurisdiction(place, programme)
    yield [p.jurisdiction for p in places]
    yield [row for p in places for row in _memberships(p)]
    yield [row for p in places for row in _group(p)]
    people = [pair for p in places for pair in _people(p, password)]
    yield [user for user, _post in people]
    yield [post for _user, post in people]
    for place in places:
        place.year = WorkYear(
            jurisdiction=place.jurisdiction, label="2012年", starts_on=date(2012, 1, 1),
            ends_on=date(2012, 12, 31), state=WorkYear.State.OPEN, is_demo=True,
        )  # fmt: skip
    yield [p.year for p in places]


def _region(place: Place) -> Region:
    return Region(
        code=place.code, name=place.name, short=place.name, level=place.level, order=place.order,
        parent=place.parent.region if place.parent else None,
    )  # fmt: skip


def _units(place: Place) -> tuple[Unit, list[Unit], Unit, Unit]:
    suffix = "厅" if place.name.endswith("省") else "局"

    def unit(key: str, name: str, kind: str, order: int, full: str = "") -> Unit:
        return Unit(
            code=f"{place.key}-{key}", region=place.region, name=name, full_name=full or name, kind=kind, order=order,
            valid_from=SINCE,
        )  # fmt: skip

    group = f"{place.name}质量工作领导小组"
    return (
        unit("group", group, Unit.Kind.GROUP, 1),
        [
            unit(f"m{n:02d}", f"{place.name}{name}{suffix}", Unit.Kind.DEPARTMENT, 10 + n)
            for n, name in enumerate(DEPARTMENTS[: MEMBERS[Region.Level(place.level)]], 1)
        ],
        unit("office", f"{group}办公室", Unit.Kind.OFFICE, 2),
        unit("gov", f"{place.name}人民政府", Unit.Kind.GOVERNMENT, 90),
    )


def _jurisdiction(place: Place, programme: Programme) -> Jurisdiction:
    return Jurisdiction(
        code=f"{place.key}-{programme.code}", region=place.region, programme=programme,
        name=f"{place.name}{programme.name}", parent=place.parent.jurisdiction if place.parent else None,
        group_unit=place.group, office_unit=place.office,
    )  # fmt: skip


def _memberships(place: Place) -> Iterator[Membership]:
    own = place.jurisdiction
    rows = [(place.group, "group"), (place.office, "office"), *((unit, "member") for unit in place.members)]
    for order, (unit, capacity) in enumerate(rows, 1):
        yield Membership(
            jurisdiction=own, unit=unit, capacity=capacity, order=order, valid_from=SINCE, basis=BASIS
        )
    if place.parent:
        order = 100 + place.order - place.parent.order
        yield Membership(
            jurisdiction=place.parent.jurisdiction, unit=place.government, capacity="assessed", order=order,
            valid_from=SINCE, basis=BASIS,
        )  # fmt: skip


def _group(place: Place) -> Iterator[GroupMember]:
    rows = (
        ("head", f"副{place.name[-1]}长", place.government),
        ("deputy", "政府副秘书长", place.government),
        ("office_director", f"{place.members[0].name}{place.members[0].name[-1]}长", place.members[0]),
    )
    for order, (capacity, title, unit) in enumerate(rows, 1):
        yield GroupMember(
            jurisdiction=place.jurisdiction, capacity=capacity, title=title, person="", unit=unit, order=order,
            valid_from=SINCE, basis=BASIS, confirmed=False,
        )  # fmt: skip


def _people(place: Place, password: str) -> Iterator[tuple[User, Post]]:
    """A county has two people, a prefecture too; a province's leader and departments have accounts of their own."""
    rows = [(key, role, title, place.office) for key, role, title in POSTS]
    if place.level == Region.Level.PROVINCE:
        rows.append(("leader", "leader", "组长", place.group))
        rows += [(unit.code.rsplit("-")[-1], "liaison", "联络员", unit) for unit in place.members]
    for key, role, title, unit in rows:
        user = User(
            username=f"{place.key}-{key}", name=f"{unit.name[:30]}{title}（演示）"[:40], is_demo=True,
            password=password, password_changed_at=at(SINCE), created_at=at(SINCE),
        )  # fmt: skip
        yield (
            user,
            Post(
                user=user, unit=unit, jurisdiction=place.jurisdiction, role=role, title=title, starts_on=SINCE
            ),
        )
