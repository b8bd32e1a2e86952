"""Documents that must not rot: settings, dependencies, chores and verbs are all told, and nothing that is gone."""

from __future__ import annotations

import ast
import re

from tests.architecture.house import ROOT, sources

from zhize.apps.cli.main import VERBS
from zhize.core.methods import METHODS

VARIABLE = re.compile(r"ZHIZE_[A-Z_]+")


def _document(path: str) -> str:
    return (ROOT / path).read_text()


def test_the_table_of_settings_is_what_the_sources_read() -> None:
    read = {
        node.value
        for file in sources("src/zhize", ".py")
        for node in ast.walk(file.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and VARIABLE.fullmatch(node.value)
    }
    told = set(re.findall(r"^\| `(ZHIZE_[A-Z_]+)` \|", _document("docs/operations.md"), re.MULTILINE))
    assert told == read


def test_every_dependency_has_its_reason() -> None:
    # Sample lines: "django>=5.2.19,<5.3", "psycopg[binary,pool]"
    wanted = {
        re.split(r"[\[<>=~! ]", line)[0]
        for name in ("run", "dev")
        for line in _document(f"requirements/{name}.in").splitlines()
        if line and not line.startswith(("#", "-"))
    }
    rows = re.findall(
        r"^\| ([A-Za-z][\w-]*) \|.*\|.*\|.*\|.*\|$", _document("docs/adr/0001-dependencies.md"), re.MULTILINE
    )
    assert wanted == set(rows) - {"package"}


def test_a_pinned_file_knows_every_wanted_package() -> None:
    for name in ("run", "dev"):
        pins = {
            pin.lower()
            for pin in re.findall(
                r"^([A-Za-z0-9_.-]+)==", _document(f"requirements/{name}.txt"), re.MULTILINE
            )
        }
        for line in _document(f"requirements/{name}.in").splitlines():
            if line and not line.startswith(("#", "-")):
                wanted = re.split(r"[\[<>=~! ]", line)[0].lower()
                assert wanted in pins, f"{wanted}: run make lock"


def test_every_verb_stands_in_the_operators_book() -> None:
    book = "".join(file.text for file in sources("docs/", ".md"))
    assert not [verb for verb in VERBS if f"zhize {verb}" not in book]


def test_every_chore_explains_itself_in_both_languages() -> None:
    makefile = _document("Makefile")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony
    for target in phony[1].split():
        assert re.search(rf"^{target}:.*## .+ \| .+$", makefile, re.MULTILINE), target


def test_the_list_of_methods_is_the_registry() -> None:
    # Sample line: "| `duties.lights` | 亮灯 | [lights](lights.md) | progress, due date … |"
    rows = re.findall(
        r"^\| `([\w.]+)` \| (\S+) \| \[[\w-]+\]\(([\w.-]+)\) \|",
        _document("docs/algorithms/index.md"),
        re.MULTILINE,
    )
    assert sorted(rows) == sorted((name, one.title, one.page) for name, one in METHODS.items())


def test_no_link_between_documents_is_broken() -> None:
    # Sample link: "[ADR 0004](../adr/0004-audit.md)"; addresses of other hosts and anchors are left alone.
    broken = [
        f"{file.path}: {target}"
        for file in (*sources("docs/", ".md"), *sources("README", ".md"))
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", file.text)
        if not target.startswith("docs/screenshots/") and not ((ROOT / file.path).parent / target).exists()
    ]
    assert not broken
