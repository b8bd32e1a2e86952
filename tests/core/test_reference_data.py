"""The first register's data: every reference resolves, every doubt is marked, every file explains itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.core.reference import GANSU, IN_FORCE, expanded, jurisdiction_codes, load, region_rows, unit_keys

GANSU_FILES = sorted(path.stem for path in GANSU.glob("*.yaml"))


def test_every_jurisdiction_names_a_region_a_programme_and_existing_units() -> None:
    programmes = {row["code"] for row in load("programmes")["programmes"]}
    rows = load("jurisdictions")["jurisdictions"]
    codes = [row["code"] for row in rows]
    assert len(rows) == 15 and len(set(codes)) == 15
    for row in [*rows, *expanded("jurisdictions")]:
        assert row["region"] in region_rows() and row["programme"] in programmes
        assert {row["group"], row["office"], row["assessed_as"]} - {None} <= unit_keys()
        assert row["parent"] is None or row["parent"] in codes
    assert {row["region"] for row in rows if row["parent"] == "gs-quality"} == {
        row["code"] for row in load("regions")["regions"] if row["level"] == "prefecture"
    }


def test_only_quality_is_real_and_the_other_programmes_are_marked_examples() -> None:
    assert {row["code"] for row in load("programmes")["programmes"] if not row["example"]} == {"quality"}


def test_documents_cite_each_other_and_admit_what_is_unknown() -> None:
    rows = {row["key"]: row for row in load("documents")["documents"]}
    assert [row["number"] for row in rows.values()] == [
        "甘政发〔2010〕25号", "甘政办发〔2011〕24号", "甘政办发〔2011〕58号", None,
    ]  # fmt: skip
    assert rows["regulation-2011"]["dated"] == IN_FORCE
    for row in rows.values():
        assert set(row["cites"]) <= set(rows) and row["issuer"] in unit_keys()
        assert row["jurisdiction"] in jurisdiction_codes()
        assert row["confirmed"] or row["why"]
        assert row["text"] is None or Path(row["text"]).name == row["text"], "文本与登记同在一个目录"


def test_the_member_list_holds_every_member_unit_once_by_post_with_its_basis() -> None:
    documents = {row["key"] for row in load("documents")["documents"]}
    units = [key for item in load("units")["items"] for key in item["units"]]
    for version in load("members")["lists"]:
        assert version["document"] in documents and version["group"] in unit_keys()
        assert version["confirmed"] or version["why"]
        assert [m["unit"] for m in version["members"] if m["capacity"] == "member"] == units
        assert [m["order"] for m in version["members"]] == list(range(1, len(version["members"]) + 1))
        for member in version["members"]:
            assert member["unit"] in unit_keys() and member["source"] and "name" not in member
            assert member["configured"] is True, "原文未得：职务一律标为默认配置"


def rows_of(data: Any) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for section, value in data.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            yield section, value
            for nested in ("members", "hats", "dated"):
                if isinstance(value[0].get(nested), list):
                    yield f"{section}.{nested}", [row for entry in value for row in entry[nested]]


@pytest.mark.parametrize("name", GANSU_FILES)
def test_every_key_is_explained_at_the_top_of_its_file(name: str) -> None:
    text = (GANSU / f"{name}.yaml").read_text(encoding="utf-8")
    head = text[: re.search(r"^[^#\n]", text, re.MULTILINE).start()]  # type: ignore[union-attr]
    words = set(re.findall(r"[a-z_0-9]+", head))
    for section, rows in rows_of(load(name)):
        assert not set(rows[0]) - words, section


@pytest.mark.parametrize("name", GANSU_FILES)
def test_all_rows_of_a_section_have_the_same_keys(name: str) -> None:
    for section, rows in rows_of(load(name)):
        odd = [row for row in rows if set(row) != set(rows[0])]
        assert not odd, f"{section}：{odd[:1]}"


@pytest.mark.parametrize("name", GANSU_FILES)
def test_every_chinese_name_has_an_english_one(name: str) -> None:
    pairs = {"name": "name_en", "title": "title_en", "post": "post_en"}
    for section, rows in rows_of(load(name)):
        for row in rows:
            for chinese, english in pairs.items():
                if chinese in row and re.search(r"[\u4e00-\u9fff]", str(row[chinese])):
                    assert row[english] and not re.search(r"[\u4e00-\u9fff]", row[english]), (section, row)


def test_the_data_name_no_machine_path_and_no_web_address() -> None:
    for path in GANSU.iterdir():
        assert not re.search(
            r"https?://|www\.|/(?:work|root|usr|home|tmp)/", path.read_text(encoding="utf-8")
        ), path
