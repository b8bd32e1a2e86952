"""Every public service that takes an actor leaves an entry in the log, or says here why not.

Seen in the source: a service calls `record(` itself, or a helper that does, in its own package of services or
in one it imports from another app's services.
"""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from tests.architecture.house import PACKAGE, ROOT

APPS = ROOT / PACKAGE / "apps"
# "app.function": why no entry. A reason is a sentence somebody can disagree with.
NOT_LOGGED: dict[str, str] = {
    "audit.entry_write": "it is the log: `record` ends here",
    "audit.checkpoint_write": "a checkpoint stands beside the chain and signs it; an entry about it would make "
    "every chain grow each night without anybody having done anything",
    "audit.checkpoint_write_within": "the same, inside a transaction of the caller",
    "documents.file_store": "a part of `evidence_register`, which logs the evidence with the file's digest",
    "orgs.todo_close": "to-dos follow from a write that is logged itself, in the same transaction",
    "orgs.todos_close": "to-dos follow from a write that is logged itself, in the same transaction",
    "orgs.notices_read": "that somebody has read a message of the own inbox changes nothing for anybody else",
    "regulations.duty_rule_rehearse": "it tries a rule and writes nothing: what is applied then is logged by `duty_rule_set`",
}
_RECORDERS = {"record", "edition_write"}  # the second writes its own entry, kit.rule.written


def _files(app: Path) -> list[Path]:
    package = app / "services"
    return (
        sorted(package.glob("*.py")) if package.is_dir() else [p for p in [app / "services.py"] if p.exists()]
    )


@cache
def _functions(app: Path) -> dict[str, list[ast.FunctionDef]]:
    """Every function of the app's services by name, methods among them."""
    found: dict[str, list[ast.FunctionDef]] = {}
    for path in _files(app):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                found.setdefault(node.name, []).append(node)
    return found


def _called(function: ast.FunctionDef) -> set[str]:
    """Names that are called or handed on: `record(…)`, `todos.notice(…)`, `partial(log, …)`."""
    calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    names = {c.func.id for c in calls if isinstance(c.func, ast.Name)}
    return names | {c.func.attr for c in calls if isinstance(c.func, ast.Attribute)}


def records(name: str, app: Path, apps: tuple[Path, ...], seen: frozenset[str] = frozenset()) -> bool:
    """Whether a call of this name ends in `record`; a name is looked up in the own app first, then in the others."""
    if name in _RECORDERS:
        return True
    if name in seen:
        return False
    home = app if name in _functions(app) else next((a for a in apps if name in _functions(a)), None)
    if home is None:
        return False
    return all(
        any(records(called, home, apps, seen | {name}) for called in _called(body))
        for body in _functions(home)[name]
    )


def _is_used_outside(name: str, path: Path) -> bool:
    """A function of a services package is public when a file outside the package names it."""
    if path.parent.name != "services":
        return True
    return name in _named_outside(path.parent)


@cache
def _named_outside(package: Path) -> frozenset[str]:
    """Every name in files outside a package, and in its own index."""
    others = (path for path in _sources() if package not in path.parents)
    return frozenset().union(*map(_names, (*others, package / "__init__.py")))


@cache
def _sources() -> tuple[Path, ...]:
    return tuple((ROOT / PACKAGE).rglob("*.py"))


@cache
def _names(path: Path) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", path.read_text(encoding="utf-8")))


def _public() -> list[tuple[Path, str]]:
    found = []
    for app in sorted(p for p in APPS.iterdir() if p.is_dir()):
        for path in _files(app):
            for node in ast.parse(path.read_text(encoding="utf-8")).body:
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                    arguments = {a.arg for a in (*node.args.args, *node.args.kwonlyargs)}
                    if "actor" in arguments and _is_used_outside(node.name, path):
                        found.append((app, node.name))
    return found


PUBLIC = _public()


@pytest.mark.parametrize(("app", "name"), PUBLIC, ids=[f"{app.name}.{name}" for app, name in PUBLIC])
def test_a_service_leaves_an_entry(app: Path, name: str) -> None:
    if f"{app.name}.{name}" in NOT_LOGGED:
        return
    apps = tuple(p for p in APPS.iterdir() if p.is_dir() and p != app)
    assert records(name, app, apps), (
        f"{app.name}.services: {name} takes an actor and never reaches record(). Log what it does, "
        "or say in NOT_LOGGED why nothing is to be logged."
    )


def test_no_exception_outlives_its_service() -> None:
    assert set(NOT_LOGGED) <= {f"{app.name}.{name}" for app, name in PUBLIC}


def test_the_rule_can_fail(tmp_path: Path) -> None:
    app = tmp_path / "careless"
    app.mkdir()
    (app / "services.py").write_text(
        "def thing_make(*, actor, now):\n    helper()\n\ndef helper():\n    save()\n\n"
        "def thing_log(*, actor, now):\n    note()\n\ndef note():\n    record()\n"
    )
    assert not records("thing_make", app, ())
    assert records("thing_log", app, ())
