"""Facts about the house that the rules read: floors, apps, file names, sources. The order of the apps is pyproject's."""

from __future__ import annotations

import ast
import subprocess
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = "src/zhize"
GROUND = -1  # kit, core and shared templates lie below every app
FILES_OF_AN_APP = {
    "__init__", "apps", "models", "policies", "mapping", "log_types", "events", "selectors", "services",
    "specs", "forms", "views", "tasks", "handlers", "urls", "migrations", "templates",
}  # fmt: skip
# Apps without models have rooms of their own; orgs carries the doors of signing in, assessment the program that goes out with a bundle.
ROOMS_OF_THEIR_OWN = {"orgs": {"hats", "sign_in"}, "assessment": {"standalone"}, "cli": None, "api": None}


@dataclass(frozen=True)
class Source:
    """A file of the repository by its path from the root."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def parts(self) -> tuple[str, ...]:
        return Path(self.path).with_suffix("").parts

    @property
    def app(self) -> str:
        """ "orgs" for src/zhize/apps/orgs/…, "kit", "core" or "config" for the other floors, "" elsewhere."""
        if not self.path.startswith(PACKAGE):
            return ""
        inside = self.parts[2:]
        return inside[1] if inside[0] == "apps" and len(inside) > 1 else inside[0]

    @property
    def room(self) -> str:
        """The name within an app: "services" for services.py and for everything in services/."""
        inside = self.parts[2:]
        return inside[2] if inside[0] == "apps" and len(inside) > 2 else ""

    @property
    def is_migration(self) -> bool:
        return "migrations" in self.parts

    def walk(self, *kinds: type[ast.AST]) -> Iterator[ast.AST]:
        return (node for node in ast.walk(self.tree) if isinstance(node, kinds))


Rule = Callable[[Source], Iterator[str]]


@cache
def ranks() -> dict[str, int]:
    """App name to its floor, 0 the lowest, from the import contract in pyproject.toml."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    contracts = settings["tool"]["importlinter"]["contracts"]
    layers = next(c["layers"] for c in contracts if "zhize.apps.audit" in c.get("layers", ()))
    names = [[one.strip().rsplit(".", 1)[-1] for one in layer.split("|")] for layer in reversed(layers)]
    return {name: rank for rank, group in enumerate(names) for name in group}


def rank(app: str) -> int:
    """`config` sees everything; whatever is no app lies on the ground."""
    return 10_000 if app == "config" else ranks().get(app, GROUND)


def template_app(path: str) -> str:
    """The app a template belongs to: the first folder under templates/."""
    return path.split("templates/", 1)[-1].split("/", 1)[0]


@cache
def committed() -> tuple[str, ...]:
    """Every file git tracks or would track; without git (an unpacked archive) every file of the known folders."""
    done = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if done.returncode == 0 and done.stdout:
        return tuple(p for p in sorted(set(done.stdout.splitlines())) if (ROOT / p).is_file())
    folders = ("src", "tests", "scripts", "docs", "requirements", "reference", ".ci")
    return tuple(
        str(p.relative_to(ROOT)) for f in folders for p in sorted((ROOT / f).rglob("*")) if p.is_file()
    )


def exported(source: Source) -> set[str] | None:
    """The names that the package of this module imports into its __init__; None where it is no package."""
    init = (ROOT / source.path).with_name("__init__.py")
    if source.parts[-2] != source.room or not init.exists():
        return None
    imports = (node for node in ast.walk(ast.parse(init.read_text())) if isinstance(node, ast.ImportFrom))
    return {alias.asname or alias.name for node in imports for alias in node.names}


@cache
def sources(prefix: str, suffix: str) -> tuple[Source, ...]:
    """All committed files below `prefix` that end in `suffix`."""
    return tuple(
        Source(path, (ROOT / path).read_text(errors="replace"))
        for path in committed()
        if path.startswith(prefix) and path.endswith(suffix)
    )


def findings(rule: Rule, files: Iterable[Source], allowed: dict[str, str] | None = None) -> list[str]:
    """What the rule says about the files but those allowed (path → reason)."""
    return [
        f"{file.path}: {line}" for file in files if file.path not in (allowed or {}) for line in rule(file)
    ]
