"""A value an office may set must count for it: every read of a rule with adjustable values names the jurisdiction."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest
from tests.architecture.house import PACKAGE, ROOT

from zhize.kit.rules import shipped, shipped_names
from zhize.kit.rules.load import _schemas

ADJUSTABLE = {n for n in shipped_names() if any(e.adjustable for e in shipped(n).entries.values())}
# Read for everybody alike, with the reason; the page says so by not offering it.
ALIKE: dict[str, str] = {
    "apps/orgs/selectors/sign_in.py": "before a hat is known the shipped edition holds; the strictest of all hats after it",
}


def _reads() -> Iterator[tuple[str, int, str, bool]]:
    """(file, line, rule, whether the jurisdiction is named) of each call whose rule is written out."""
    typed = {schema.__name__: name for name, schema in _schemas.items()}
    for path in sorted((ROOT / PACKAGE).rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        named = {
            t.id: n.value.value
            for n in tree.body
            if isinstance(n, ast.Assign) and isinstance(n.value, ast.Constant)
            for t in n.targets
            if isinstance(t, ast.Name)
        }
        for call in (n for n in ast.walk(tree) if isinstance(n, ast.Call) and n.args):
            function = call.func.id if isinstance(call.func, ast.Name) else ""
            first = call.args[0]
            if function == "rule":
                name = first.value if isinstance(first, ast.Constant) else named.get(getattr(first, "id", ""))
            elif function == "rule_as":
                word = first.attr if isinstance(first, ast.Attribute) else getattr(first, "id", "")
                name = typed.get(word)
            else:
                continue
            if isinstance(name, str):
                told = any(k.arg == "jurisdiction" for k in call.keywords)
                yield path.relative_to(ROOT / PACKAGE).as_posix(), call.lineno, name, told


@pytest.fixture(scope="module")
def reads() -> list[tuple[str, int, str, bool]]:
    return list(_reads())


def test_the_reads_are_found(reads: list[tuple[str, int, str, bool]]) -> None:
    assert len({name for _, _, name, _ in reads} & ADJUSTABLE) > 15


@pytest.mark.parametrize("name", sorted(ADJUSTABLE))
def test_a_rule_an_office_may_adjust_is_read_for_it(
    name: str, reads: list[tuple[str, int, str, bool]]
) -> None:
    blind = [
        f"{file}:{line}"
        for file, line, read, told in reads
        if read == name and not told and file not in ALIKE
    ]
    assert blind == []
