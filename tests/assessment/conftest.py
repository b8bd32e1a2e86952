"""A small province's assessment: an open year, a scheme of five criteria, a round over two prefectures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.test import Client
from tests.documents.acts import an_issuer
from tests.kit.conftest import shell
from tests.world import World

from zhize.apps.assessment import mapping, selectors, services
from zhize.apps.assessment.models import Assessed, Entry, Round
from zhize.apps.assessment.selectors import Edition
from zhize.apps.documents.models import Issuer
from zhize.apps.years.models import WorkYear
from zhize.core.scoring.writing import digest_of
from zhize.kit.actor import Actor

__all__ = ["shell"]

BODY: dict[str, Any] = {
    "code": "small",
    "title": "市州考核办法（测试）",
    "points": "100",
    "blocks": [
        {
            "code": "goals",
            "number": "一",
            "title": "目标",
            "points": "40",
            "children": [
                {
                    "code": "work",
                    "number": "1",
                    "title": "任务完成",
                    "points": "40",
                    "evidence": ["台账"],
                    "method": {"kind": "proportion"},
                }
            ],
        },
        {
            "code": "measures",
            "number": "二",
            "title": "措施",
            "points": "60",
            "children": [
                {
                    "code": "duties",
                    "number": "2",
                    "title": "按期落实",
                    "points": "20",
                    "self_scored": False,
                    "method": {"kind": "on_time", "late": "1", "missing": "4"},
                    "source": {"kind": "obligations"},
                },
                {
                    "code": "campaign",
                    "number": "3",
                    "title": "专项整治",
                    "points": "40",
                    "evidence": ["台账"],
                    "scorer": "test-zjj",
                    "method": {"kind": "manual", "step": "0.5", "guidance": "看台账"},
                },
            ],
        },
    ],
    "vetoes": [{"code": "incident", "title": "发生区域性质量安全事件", "grade": "D"}],
    "scale": {
        "rounding": {"places": 0},
        "grades": [
            {"code": "A", "label": "A级", "from": "90"},
            {"code": "B", "label": "B级", "from": "80", "to": "89"},
            {"code": "C", "label": "C级", "from": "60", "to": "79"},
            {"code": "D", "label": "D级", "below": "60"},
        ],
    },
    "demands": [{"says": "书面报告整改情况", "grades": ["D"], "days": 30}],
}
NOVEMBER = datetime(2012, 11, 20, 2, 0, tzinfo=UTC)
DECEMBER = datetime(2012, 12, 10, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def as_(world: World, settings: Any) -> Callable[..., Client]:
    """as_("sibling") → a browser signed in as that person, on 10 December 2012 unless another day is given."""

    def sign_in(key: str, day: str = "2012-12-10") -> Client:
        settings.ZHIZE_CLOCK = day
        client = Client()
        with mock.patch("zhize.apps.orgs.handlers._write"):
            client.force_login(world.user[key], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def year(world: World) -> WorkYear:
    return WorkYear.objects.create(
        jurisdiction=world.jurisdiction["gs"],
        label="2012年度",
        starts_on=date(2012, 1, 1),
        ends_on=date(2012, 12, 31),
        state="open",
    )


@pytest.fixture
def issuer(world: World) -> Issuer:
    return an_issuer(world)


@pytest.fixture
def edition() -> Edition:
    scheme, body = mapping.edition_body(BODY)
    return Edition("small", scheme.title, "", "测试", date(2012, 1, 1), scheme, body, digest_of(scheme))


@pytest.fixture
def director(world: World) -> Actor:
    return world.actor("director")


@pytest.fixture
def sibling(world: World) -> Actor:
    """兰州市's office, which answers for its government."""
    return world.actor("sibling")


class Play:
    """Carries a round on, and gives its rows by key: `play.row("lz")`, `play.entry("lz", "work")`."""

    def __init__(self, world: World, round_: Round) -> None:
        self.world, self.pk = world, round_.pk

    @property
    def round(self) -> Round:
        return Round.objects.system("test").select_related("jurisdiction", "year").get(pk=self.pk)

    def row(self, key: str) -> Assessed:
        rows = Assessed.objects.system("test").select_related("unit", "round__jurisdiction", "round__year")
        return rows.get(round_id=self.pk, unit=self.world.unit[f"{key}_gov"])

    def entry(self, key: str, code: str) -> Entry:
        return Entry.objects.system("test").get(assessed=self.row(key), code=code)

    def move(self, *actions: str, now: datetime = NOVEMBER) -> None:
        for action in actions:
            services.round_move(
                round_=self.round,
                action=action,
                version=None,
                reason="更正",
                actor=self.world.actor("office"),
                now=now,
            )

    def check(
        self, key: str, code: str, facts: dict[str, Any], who: str = "office", reason: str = ""
    ) -> Entry:
        return services.entry_check(
            entry=self.entry(key, code),
            facts=facts,
            reason=reason,
            version=None,
            actor=self.world.actor(who),
            now=DECEMBER,
        )

    def fill(self) -> None:
        """Marks that make 兰州 90 and 天水 70."""
        for key, done, mark in (("lz", "4", "30"), ("ts", "3", "20")):
            self.check(key, "work", {"actual": done, "target": "4"})
            self.check(key, "duties", {"due": 2, "on_time": 2})
            self.check(key, "campaign", {"value": mark}, who="head")

    def compute(self) -> None:
        services.round_compute(round_=self.round, actor=self.world.actor("office"), now=DECEMBER)

    def to_appeals(self) -> None:
        self.move("open", "check")
        self.fill()
        self.compute()
        self.move("conclude", "feed_back", now=DECEMBER)

    def approve(self) -> Any:
        return services.round_approve(
            round_=self.round,
            by_name="领导小组组长",
            on=date(2012, 12, 10),
            opinion="同意",
            version=None,
            actor=self.world.actor("director"),
            now=DECEMBER,
        )


Make = Callable[..., Play]


@pytest.fixture
def play(world: World, year: WorkYear, edition: Edition, office: Actor) -> Play:
    made = services.round_create(
        year=year,
        title="2012年度市州质量工作考核",
        edition=edition,
        cut_off_on=date(2012, 11, 30),
        self_due_on=date(2012, 12, 5),
        actor=office,
        now=NOVEMBER,
    )
    return Play(world, made)


__all__ += ["BODY", "DECEMBER", "NOVEMBER", "Play", "selectors"]
