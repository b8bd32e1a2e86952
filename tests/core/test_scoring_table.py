"""A printed table of assessment read into a draft scheme: golden cases, the real tables, what never happens."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.architecture.house import ROOT
from tests.core.reading import real

from zhize.core.kernel.errors import BadRule
from zhize.core.scoring.intake.calc import calc_table
from zhize.core.scoring.intake.items import pieces_of, worth
from zhize.core.scoring.reading import scheme_from
from zhize.core.scoring.writing import scheme_mapping
from zhize.kit.yaml_text import yaml_of

CASES = [
    pytest.param(case, id=case["name"])
    for path in sorted((ROOT / "tests/cases/table").glob("*.yaml"))
    for case in yaml_of(path.read_text("utf-8"))
]


def lines_of(node: dict[str, Any]) -> list[str]:
    """A criterion and all below it, a line each: code, title, points (+ on top), method, its options."""
    words = [node["code"], node["title"], "+" if node.get("part") == "bonus" else str(node.get("points", ""))]
    words += [f"only={one}" for one in node.get("only", [])]
    method = node.get("method", {})
    words += [method["kind"]] if method else []
    words += [f"{one['code']}={one['points']}" for one in method.get("levels", [])]
    words += [f"{key}={value}" for key, value in method.items() if key not in ("kind", "levels", "guidance", "start", "below_zero", "up_cap") or (key == "up_cap" and value != "0")]  # fmt: skip
    below = [line for child in node.get("children", []) for line in lines_of(child)]
    return [" ".join(word for word in words if word), *below]


@pytest.mark.parametrize("case", CASES)
def test_printed_tables(case: dict[str, Any]) -> None:
    if "error" in case:
        with pytest.raises(BadRule, match=case["error"]):
            calc_table({"text": case["text"]})
        return
    out = calc_table({"text": case["text"]})
    lines = [line for block in out["scheme"]["blocks"] for line in lines_of(block)]  # type: ignore[index]
    assert [line for line in case.get("has", []) if line not in lines] == [], "\n".join(lines)
    if "grades" in case:
        grades = out["scheme"]["scale"]["grades"]  # type: ignore[index]
        assert [f"{g['label']} {g.get('from', '')}-{g.get('below', '')}" for g in grades] == case["grades"]
    found: Any = out["findings"]
    assert [f"{one['where']}：{one['what']}" for one in found if one["weight"] == "defect"] == case.get(
        "defects", []
    )
    doubts: Any = out["doubts"]
    assert [one["code"] for one in doubts] == case.get("doubts", [])


def drafted(start: str) -> dict[str, Any]:
    return calc_table({"text": real(start)})


def test_the_table_of_responsible_units() -> None:
    """31 units with 100 scored items; its two errors and the missing 分 are told, and nothing else is called an error."""
    out = drafted("26")
    assert out["scheme"]["points"] == "100"
    assert [block.get("points") for block in out["scheme"]["blocks"]] == ["40", "60", None]
    assert len(out["objects"]) == 31
    assert sum(one["items"] for one in out["objects"]) == 100
    assert {one["points"] for one in out["objects"]} == {"60"}
    assert {one["group"] for one in out["objects"]} == {"重点考核部门", "一般考核部门"}
    defects = [one for one in out["findings"] if one["weight"] == "defect"]
    assert sorted(one["code"] for one in defects) == ["number", "sum"]
    assert [one["code"] for one in out["doubts"]] == ["no_unit"]


def test_the_table_of_townships() -> None:
    out = drafted("27")
    assert [block.get("points") for block in out["scheme"]["blocks"]] == ["31", "2", "15", "45", "7", None]
    assert sum(len(block["children"]) for block in out["scheme"]["blocks"][:4]) == 23
    defects = [one for one in out["findings"] if one["weight"] == "defect"]
    assert [(one["code"], one["where"]) for one in defects] == [("sum", "18 持续开展非法采砂专项整治")]
    assert [one["code"] for one in out["doubts"]] == ["brackets", "bonus_points"]
    assert [one["code"] for one in out["findings"] if one["code"] == "same_text"] == ["same_text"]
    scorers = {name for line in json.dumps(out, ensure_ascii=False).split('"scorer": "')[1:] for name in line.split('"')[0].split("、")}  # fmt: skip
    assert len(scorers) == 14


def test_rows_of_a_workbook_are_read_like_text() -> None:
    rows = [["考核细则"], ["序号", "考核项目", "分值", "评分标准"], ["1", "日常", "60", "做好"], ["2", "专项", "40", "每少一次扣1分"]]  # fmt: skip
    out: Any = calc_table({"rows": rows})
    assert out["scheme"]["title"] == "考核细则"
    assert [one["points"] for one in out["scheme"]["blocks"]] == ["60", "40"]


def test_a_draft_is_a_scheme() -> None:
    """What is drafted is read back by the loader, to the same data."""
    for start in ("26", "27"):
        body = drafted(start)["scheme"]
        scheme = scheme_from(body)
        assert scheme_from(scheme_mapping(scheme)) == scheme


@given(st.text(alphabet="一二（）()|〃12分扣得、。；，.少次项目评分标准序号\n\t /", max_size=300))
def test_any_text_is_answered(text: str) -> None:
    """A draft or a sentence, never a fault; what is drafted can be loaded."""
    try:
        out = calc_table({"text": text})
    except BadRule as error:
        assert error.remedy
        return
    scheme_from(out["scheme"])


@given(st.lists(st.integers(1, 20), min_size=1, max_size=6))
def test_pieces_add_up(points: list[int]) -> None:
    text = "".join(f"{n}.做好第{n}件事（{p}分）；" for n, p in enumerate(points, 1))
    assert [worth(one) for one in pieces_of(text, None)] == points


def test_the_cost_grows_in_step() -> None:
    """Ten times the rows take no more than some twenty times as long: no step goes over all rows for each."""
    row = "| {n} | 项目{n} | 1 | 建立台账，得1分，每少一次扣0.5分，扣完为止 |\n"
    head = "细则\n| 序号 | 考核项目 | 分值 | 评分标准 |\n"

    def cost(count: int) -> float:
        text = head + "".join(row.format(n=n) for n in range(1, count))
        start = time.process_time()
        calc_table({"text": text})
        return time.process_time() - start

    cost(50)
    assert cost(2000) < 30 * max(cost(200), 0.01)
