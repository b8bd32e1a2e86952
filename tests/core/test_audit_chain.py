"""The page's worked example, and the laws of the chain: no single change passes, none is found where there is none."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import UTC, date, datetime
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.test_methods import block, page_of

from zhize.core.audit.chain import GENESIS, HASHED, canonical, entry_hash
from zhize.core.audit.checkpoint import checkpoint_line, signed_bytes, statement
from zhize.core.audit.findings import Finding, Kind
from zhize.core.audit.verify import ChainCheck, Head, Mark
from zhize.core.kernel.errors import BadRule
from zhize.core.methods import METHODS

NAME = "audit.chain.v1"
AT = datetime(2012, 3, 5, 2, 0, tzinfo=UTC)


def chain(count: int, *, first: str = "甲") -> list[dict[str, Any]]:
    """An honest chain."""
    entries: list[dict[str, Any]] = []
    for seq in range(1, count + 1):
        entry: dict[str, Any] = dict.fromkeys(HASHED, "") | {
            "chain": "c", "seq": seq, "at": AT, "after": {"名称": first if seq == 1 else str(seq)}, "before": None,
            "actor_id": 1, "thing_id": seq, "prev_hash": entries[-1]["hash"] if entries else GENESIS,
        }  # fmt: skip
        entry["hash"] = entry_hash(entry)
        entries.append(entry)
    return entries


def check(
    entries: list[dict[str, Any]],
    head: Head | None,
    marks: list[Mark] | None = None,
    after: Head | None = None,
) -> list[Finding]:
    run = ChainCheck("c", head)
    return [*run.findings(entries, marks or []), *run.ending(after or head)]


def head_of(entries: list[dict[str, Any]]) -> Head:
    return Head(entries[-1]["seq"], entries[-1]["hash"])


def test_the_worked_example_of_the_page_comes_out_as_printed() -> None:
    assert METHODS[NAME].run(block(page_of(NAME), "input")) == block(page_of(NAME), "output")


def test_the_canonical_form_and_the_hashes_of_the_tampering_are_as_printed() -> None:
    page, data = page_of(NAME), block(page_of(NAME), "input")
    entry = dict.fromkeys(HASHED, "") | {"before": None, "chain": data["chain"], "prev_hash": GENESIS}
    entry |= data["entries"][0] | {"at": AT}
    assert canonical(entry).decode() in page
    hashes = block(page, "output")["hashes"]
    first, second = deepcopy(data["entries"])
    first |= {"note": "改", "hash": hashes[0]}
    second |= {"prev_hash": hashes[0], "hash": hashes[1]}
    result = METHODS[NAME].run({"chain": data["chain"], "entries": [first, second]})
    assert result["hashes"][0] in page  # type: ignore[index]
    assert "第 1 条：被修改" in str(result["findings"])
    first["hash"] = result["hashes"][0]  # type: ignore[index]
    result = METHODS[NAME].run({"chain": data["chain"], "entries": [first, second]})
    assert "第 2 条：前后不衔接" in str(result["findings"])


def test_the_signed_bytes_and_the_printed_line_are_as_on_the_page() -> None:
    page = page_of(NAME)
    chain, head = "620000-quality", block(page, "output")["head"]
    at = datetime(2012, 3, 5, 15, 40, tzinfo=UTC)
    values = statement(chain=chain, seq=2, head=head, at=at, key="0123456789abcdef")
    assert signed_bytes({**values, "signature": "not part of it"}).decode() in page
    assert f"`{checkpoint_line(chain=chain, seq=2, head=head, on=date(2012, 3, 5))}`" in page


def test_the_schema_of_the_page_takes_its_example_and_refuses_a_field_nobody_reads() -> None:
    schema = jsonschema_rs.validator_for(block(page_of(NAME), "schema"))
    schema.validate(block(page_of(NAME), "input"))
    assert not schema.is_valid(block(page_of(NAME), "input") | {"surprise": 1})
    assert json.loads(json.dumps(METHODS[NAME].run(block(page_of(NAME), "input"))))


@pytest.mark.parametrize(
    "data", [None, [], {}, {"chain": "c"}, {"chain": "c", "entries": [{"seq": 1, "at": "gestern"}]}]
)
def test_input_that_is_no_input_is_answered_in_words(data: object) -> None:
    with pytest.raises(BadRule) as caught:
        METHODS[NAME].run(data)
    assert caught.value.remedy


@given(st.integers(0, 12))
def test_an_honest_chain_has_no_finding(count: int) -> None:
    entries = chain(count)
    head = head_of(entries) if entries else Head(0, GENESIS)
    assert check(entries, head, [Mark(e["seq"], e["hash"], "检查点") for e in entries]) == []


CRIMES = ("alter", "remove", "repeat", "swap")


@settings(max_examples=200)
@given(st.integers(2, 10), st.data())
def test_no_single_change_passes(count: int, data: st.DataObject) -> None:
    entries = chain(count)
    head = head_of(entries)
    at = data.draw(st.integers(0, count - 1))
    match data.draw(st.sampled_from(CRIMES)):
        case "alter":
            name = data.draw(st.sampled_from([n for n in (*HASHED, "hash") if n != "at"]))
            entries[at] = {**entries[at], name: "anderes"}
        case "remove":
            del entries[at]
        case "repeat":
            entries.insert(at, dict(entries[at]))
        case "swap":
            other = (at + 1) % count
            entries[at], entries[other] = entries[other], entries[at]
    assert check(entries, head)


@given(st.integers(1, 10), st.data())
def test_a_chain_made_anew_contradicts_any_checkpoint_of_the_old(count: int, data: st.DataObject) -> None:
    old, new = chain(count), chain(count, first="乙")
    signed = old[data.draw(st.integers(0, count - 1))]
    mark = Mark(signed["seq"], signed["hash"], "检查点")
    assert check(new, head_of(new)) == []
    assert [f.kind for f in check(new, head_of(new), [mark])] == [Kind.REWRITTEN]


@given(st.integers(1, 6), st.integers(0, 4))
def test_writers_that_go_on_during_the_check_are_no_finding(before: int, more: int) -> None:
    entries = chain(before + more)
    start = head_of(entries[:before])
    for seen in range(before, before + more + 1):  # the stream saw some of the new ones
        assert check(entries[:seen], start, after=head_of(entries)) == []


def test_a_check_from_a_trusted_place_finds_what_does_not_follow_it() -> None:
    entries = chain(6)
    good = ChainCheck("c", head_of(entries), head_of(entries[:3]))
    assert [*good.findings(entries[3:]), *good.ending(head_of(entries))] == []
    wrong = ChainCheck("c", head_of(entries), Head(3, "f" * 64))
    assert [f.kind for f in wrong.findings(entries[3:])] == [Kind.BROKEN]
