"""A small province made row by row for tests: fast, explicit, with one person per role.

Regions: 甘肃省 > 兰州市, 天水市 > 城关区. Each level has a jurisdiction of the quality programme.
People are looked up by a key: office, director, leader, liaison (省质监局), clerk, head, other (省工商局's
liaison), sibling (兰州市's office), sibling2 (天水市's office), child (城关区's office), sysadmin, secadmin,
auditor, external, nohat (an account without any post). Every password is "x".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.contrib.auth.hashers import make_password

from zhize.apps.orgs import selectors
from zhize.apps.orgs.models import Jurisdiction, Membership, Post, Programme, Region, Unit, User
from zhize.kit.actor import Actor

SINCE = date(2011, 1, 1)
PEOPLE = [  # key, unit key, jurisdiction key, role, title
    ("leader", "group", "gs", "leader", "领导小组组长"),
    ("director", "office", "gs", "office_director", "办公室主任"),
    ("office", "office", "gs", "office_staff", "办公室工作人员"),
    ("head", "zjj", "gs", "unit_head", "分管负责人"),
    ("liaison", "zjj", "gs", "liaison", "联络员"),
    ("clerk", "zjj", "gs", "clerk", "经办人"),
    ("other", "gsj", "gs", "liaison", "联络员"),
    ("sysadmin", "office", "gs", "system_admin", "系统管理员"),
    ("secadmin", "office", "gs", "security_admin", "安全管理员"),
    ("auditor", "office", "gs", "audit_admin", "安全审计员"),
    ("external", "office", "gs", "external_auditor", "外部审计"),
    ("sibling", "lz_office", "lz", "office_staff", "办公室工作人员"),
    ("sibling_head", "lz_office", "lz", "office_director", "办公室主任"),
    ("sibling2", "ts_office", "ts", "office_staff", "办公室工作人员"),
    ("child", "cg_office", "cg", "office_staff", "办公室工作人员"),
]


@dataclass
class World:
    """Everything by key: `world.unit["zjj"]`, `world.jurisdiction["gs"]`, `world.user["office"]`, `world.actor("office")`."""

    region: dict[str, Region] = field(default_factory=dict)
    jurisdiction: dict[str, Jurisdiction] = field(default_factory=dict)
    unit: dict[str, Unit] = field(default_factory=dict)
    user: dict[str, User] = field(default_factory=dict)
    post: dict[str, Post] = field(default_factory=dict)

    def actor(self, key: str) -> Actor:
        """The actor of a person under the only hat, as a request would have it."""
        hats = selectors.hats_of(self.user[key], date(2012, 3, 5))
        return selectors.actor_of(self.user[key], hats[0] if hats else None, request_id=f"test-{key}")


def build_world() -> World:
    w = World()
    quality = Programme.objects.create(code="quality", name="质量振兴", name_en="Quality revitalisation")
    _regions(w)
    _units(w)
    for key in ("gs", "lz", "ts", "cg"):
        region = w.region[key]
        parent = {"gs": None, "lz": "gs", "ts": "gs", "cg": "lz"}[key]
        w.jurisdiction[key] = Jurisdiction.objects.create(
            code=f"{region.code}-quality", region=region, programme=quality, name=f"{region.name}质量振兴",
            parent=w.jurisdiction[parent] if parent else None,
            group_unit=w.unit.get("group" if key == "gs" else f"{key}_group"), office_unit=w.unit["office" if key == "gs" else f"{key}_office"],
        )  # fmt: skip
    capacity = {
        "group": "group",
        "office": "office",
        "zjj": "member",
        "gsj": "member",
        "lz_gov": "assessed",
        "ts_gov": "assessed",
    }
    for order, (key, what) in enumerate(capacity.items(), 1):
        Membership.objects.create(
            jurisdiction=w.jurisdiction["gs"],
            unit=w.unit[key],
            capacity=what,
            order=order,
            valid_from=SINCE,
            basis="甘政办发〔2011〕24号",
        )
    password = make_password("x")
    for key, unit, jurisdiction, role, title in PEOPLE:
        w.user[key] = User.objects.create(
            username=key, name=f"{title}（演示）", password=password, is_demo=True
        )
        w.post[key] = Post.objects.create(
            user=w.user[key],
            unit=w.unit[unit],
            jurisdiction=w.jurisdiction[jurisdiction],
            role=role,
            title=title,
            starts_on=SINCE,
        )
    w.user["nohat"] = User.objects.create(
        username="nohat", name="无岗位人员（演示）", password=password, is_demo=True
    )
    return w


def _regions(w: World) -> None:
    rows = [
        ("gs", "620000", "甘肃省", "province", None),
        ("lz", "620100", "兰州市", "prefecture", "gs"),
        ("ts", "620500", "天水市", "prefecture", "gs"),
        ("cg", "620102", "城关区", "county", "lz"),
    ]
    for order, (key, code, name, level, parent) in enumerate(rows, 1):
        w.region[key] = Region.objects.create(
            code=code,
            name=name,
            short=name[:2],
            name_en=key.upper(),
            level=level,
            parent=w.region.get(parent or ""),
            order=order,
        )


def _units(w: World) -> None:
    rows = [
        ("group", "gs", "省推进质量振兴工作领导小组", "leading_group"),
        ("zjj", "gs", "省质监局", "department"),
        ("gsj", "gs", "省工商局", "department"),
        ("office", "gs", "领导小组办公室", "office"),
        ("lz_gov", "lz", "兰州市人民政府", "government"),
        ("lz_office", "lz", "兰州市领导小组办公室", "office"),
        ("ts_gov", "ts", "天水市人民政府", "government"),
        ("ts_office", "ts", "天水市领导小组办公室", "office"),
        ("cg_office", "cg", "城关区领导小组办公室", "office"),
    ]
    for order, (key, region, name, kind) in enumerate(rows, 1):
        w.unit[key] = Unit.objects.create(
            code=f"test-{key}",
            region=w.region[region],
            name=name,
            name_en=key,
            kind=kind,
            order=order,
            valid_from=SINCE,
        )
    for key in ("lz", "ts"):
        Unit.objects.system("test world").filter(pk=w.unit[f"{key}_gov"].pk).update(
            answers_through=w.unit[f"{key}_office"]
        )
