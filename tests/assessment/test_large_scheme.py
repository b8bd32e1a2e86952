"""A table of 1,200 criteria: its working pages take no more statements than a small one's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from tests.assessment.conftest import NOVEMBER, Play
from tests.assessment.test_statements import statements
from tests.world import World

from zhize.apps.assessment import mapping, services
from zhize.apps.assessment.selectors import Edition
from zhize.apps.years.models import WorkYear
from zhize.core.scoring.writing import digest_of
from zhize.kit.actor import Actor

As = Callable[..., Client]
BLOCKS, LEAVES, MOST = 40, 30, 20


@pytest.fixture
def large(world: World, year: WorkYear, office: Actor) -> Play:
    """A round of two prefectures over 40 blocks of 30 criteria, opened for self-evaluation."""
    blocks: list[dict[str, Any]] = [
        {
            "code": f"b{block}",
            "number": str(block + 1),
            "title": f"第{block + 1}部分",
            "children": [
                {"code": f"b{block}.{leaf}", "number": f"{block + 1}.{leaf + 1}", "title": f"第{leaf + 1}项", "points": "1", "method": {"kind": "proportion"}}
                for leaf in range(LEAVES)
            ],
        }
        for block in range(BLOCKS)
    ]  # fmt: skip
    scheme, body = mapping.edition_body(
        {"code": "large", "title": "1200项的考核表（演示数据）", "blocks": blocks}
    )
    edition = Edition("large", scheme.title, "", "测试", date(2012, 1, 1), scheme, body, digest_of(scheme))
    made = services.round_create(
        year=year, title="大表考核", edition=edition, cut_off_on=date(2012, 11, 30), self_due_on=date(2012, 12, 5), actor=office, now=NOVEMBER,
    )  # fmt: skip
    play = Play(world, made)
    play.move("open")
    return play


def test_the_working_pages_of_1200_criteria_take_at_most_twenty_statements(large: Play, as_: As) -> None:
    counts = {"self": statements(as_("sibling"), "self", large.row("lz").pk)}
    large.move("check")
    large.check("lz", "b0.0", {"actual": 3, "target": 4})
    large.compute()
    assert large.row("lz").so_far == "0.75"
    office = as_("office")
    counts |= {
        "object": statements(office, "object", large.row("lz").pk),
        "entry": statements(office, "entry", large.entry("lz", "b0.0").pk),
        "criterion": statements(office, "criterion", large.pk, code="b0.0"),
        "round": statements(office, "round", large.pk),
    }
    assert max(counts.values()) <= MOST, counts
