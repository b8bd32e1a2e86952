"""Golden cases an official can read: tests/cases/regulation/*.yaml, each named as a sentence."""

import pytest
from tests.core.reading import ROOT, lexicon

from zhize.core.duties.candidates import read
from zhize.core.regulation.holders import Role, Sort
from zhize.core.regulation.model import render
from zhize.core.regulation.pasted import piped
from zhize.kit.yaml_text import yaml_of

FILES = sorted((ROOT / "tests" / "cases" / "regulation").glob("*.yaml"))
CASES = [
    pytest.param(case, id=f"{file.stem}: {case['name']}")
    for file in FILES
    for case in yaml_of(file.read_text(encoding="utf-8"))
]
KNOWN = {
    "clauses",
    "duties",
    "segments",
    "units",
    "collective",
    "sorts",
    "co_actors",
    "natures",
    "kinds",
    "due",
    "flags",
    "warnings",
    "unowned",
    "sort",
    "title",
    "doc_no",
    "addressees",
    "issue_date",
    "citations",
    "short_names",
    "members",
}


def seen(proposal):
    document = proposal.document
    duties = {c.key: c for c in proposal.candidates}
    return {
        "clauses": [c.ref.printed() for c in document.walk()],
        "duties": {
            k: [h.name if h.role is Role.UNKNOWN else f"{h.name}（{h.role.label}）" for h in c.holders]
            for k, c in duties.items()
        },
        "segments": {k: c.text for k, c in duties.items()},
        "units": [h.name for h in proposal.named],
        "collective": [h.name for h in proposal.holders if h.sort is Sort.COLLECTIVE],
        "sorts": {h.name: h.sort.value for h in proposal.holders},
        "co_actors": [h.name for c in proposal.candidates for h in c.holders if h.role is Role.CO_ACT],
        "natures": {k: c.nature for k, c in duties.items()},
        "kinds": {k: c.kind for k, c in duties.items()},
        "due": {k: c.recurrence.due or c.recurrence.words for k, c in duties.items()},
        "flags": {k: [code for code, _ in c.flags] for k, c in duties.items() if c.flags},
        "warnings": [w.code for w in proposal.warnings],
        "unowned": [r.printed() for r in proposal.unowned],
        "sort": proposal.sort.value,
        "title": document.title,
        "doc_no": document.doc_no,
        "addressees": list(document.addressees),
        "issue_date": document.issue_date,
        "citations": [f"{c.title}|{c.number}" for c in document.citations],
        "short_names": {s.short: s.full for s in document.short_names},
        "members": [h.name for h in proposal.members],
    }


@pytest.mark.parametrize("case", CASES)
def test_the_case_reads_as_the_official_says(case):
    assert set(case["expect"]) <= KNOWN, "an expectation nobody compares"
    text = piped(case["text"])
    proposal = read(text, lexicon())
    assert render(proposal.document) == text
    found = seen(proposal)
    assert {key: found[key] for key in case["expect"]} == case["expect"]
