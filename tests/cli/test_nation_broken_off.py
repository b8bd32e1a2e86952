"""What does not fit leaves nothing of its set behind; a country broken off is whole provinces in a folder marked 演示数据."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from zhize.apps.cli.demo.nation import TODAY, Scale, nation_load
from zhize.apps.cli.demo.nation.shape import Place
from zhize.apps.cli.demo.stage import at
from zhize.apps.orgs.models import Region
from zhize.apps.orgs.services import demo_rows_load
from zhize.apps.work.models import Task
from zhize.kit.actor import system_actor
from zhize.kit.errors import BadInput

pytestmark = pytest.mark.django_db
TWO = Scale(first=(1, 1), others=1, municipalities=0, prefectures=2, districts=0, counties=2)


def codes() -> set[str]:
    return set(Region.objects.system("test").values_list("code", flat=True))


def test_a_row_with_a_bad_field_is_refused_in_words_and_no_set_stays() -> None:
    rows = [
        Region(code=f"X{n}", name=name, short="甲", level="county")
        for n, name in enumerate(("甲县", "乙县", ""))
    ]
    with pytest.raises(BadInput, match="没有保存") as refused:
        demo_rows_load(
            sets=[rows[:1], rows[1:]], note="", jurisdiction_code="", actor=system_actor("test"), now=at(TODAY)
        )  # fmt: skip
    assert [problem.where for problem in refused.value.problems] == ["名称"]
    assert not codes()


def test_a_country_broken_off_is_marked_and_holds_whole_provinces(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def tasks(places: list[Place], *_rest: Any) -> Iterator[list[Task]]:
        if places[0].code == "D020100":
            raise KeyboardInterrupt
        yield []

    monkeypatch.setattr("zhize.apps.cli.demo.nation.tasks", tasks)
    with override_settings(MEDIA_ROOT=tmp_path, ZHIZE_CLOCK_FILE=tmp_path / "clock"):
        with pytest.raises(KeyboardInterrupt):
            nation_load(TWO)
        assert (tmp_path / "clock").exists()
    assert codes() == {"D010000", "D010100", "D010101"}
