"""Everything `make test` runs: static checks, tests on both databases, browser walks; then what was left out.

A machine without PostgreSQL or Chromium still passes and is told what it left out and how to get it. In CI
(CI=true or ZHIZE_STRICT=1) leaving something out is a failure. The last line is the total over all steps; a
static check counts as one test.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from pathlib import Path

from tests.support import browser, postgres

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
# What a test run keeps of the caller's settings; all others would make it depend on the machine.
KEPT = {"ZHIZE_STRICT", "ZHIZE_SHARED"}
STRICT = os.environ.get("CI") == "true" or os.environ.get("ZHIZE_STRICT") == "1"
# Two processes halve the time on two cores; a file's tests stay together, since their set-up is shared.
CORES = os.cpu_count() or 1
IN_PARALLEL = ("-n", str(min(4, CORES)), "--dist", "loadfile") if CORES > 1 else ()
# A walk waits now and then: one more than there are cores. The files that take longest begin first (tests/e2e/conftest.py).
WALKS = ("-n", str(min(5, CORES + 1)), "--dist", "loadfile", "--no-loadscope-reorder", "tests/e2e")
FAST_TESTS = ("tests/core", "tests/kit", "tests/architecture")
# What else tests use, found by program, and the Debian package that brings it.
PROGRAMS = {
    "soffice": ("libreoffice-writer-nogui", "公文版式比对（.docx → PDF）"),
    "pdftoppm": ("poppler-utils", "公文版面测量"),
}


@dataclass
class Totals:
    """What happened so far."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    left_out: list[str] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)

    def add(self, title: str, counts: tuple[int, int, int], seconds: float) -> None:
        passed, failed, skipped = counts
        self.passed, self.failed, self.skipped = (
            self.passed + passed,
            self.failed + failed,
            self.skipped + skipped,
        )
        mark = "✗" if failed else "✓"
        self.steps.append(
            f"  {mark} {title}：{passed} 通过，{failed} 失败，{skipped} 跳过（{seconds:.1f} 秒）"
        )


def static_checks() -> list[tuple[str, list[str]]]:
    """Name and command of each check; a check that has nothing to look at yet is not in the list."""
    tool = lambda name: str(BIN / name)  # noqa: E731
    sources = ["src", "tests", "scripts"]
    checks = [
        ("ruff", [tool("ruff"), "check", "-q", *sources]),
        ("ruff format", [tool("ruff"), "format", "--check", "-q", *sources]),
        ("mypy", [tool("mypy")]),
        ("import-linter", [tool("lint-imports")]),
        (
            "makemigrations",
            [sys.executable, "-m", "django", "makemigrations", "--check", "--dry-run", "-v", "0"],
        ),
        ("django check", [sys.executable, "-m", "django", "check", "--fail-level", "WARNING"]),
        ("bandit", [tool("bandit"), "-q", "-ll", "-r", "src", "-c", "pyproject.toml"]),
    ]
    if any((ROOT / "src/zhize/templates").rglob("*.html")):
        checks.append(("djlint", [tool("djlint"), "src/zhize/templates", "--lint", "--quiet"]))
    return checks


def run_checks(totals: Totals) -> None:
    env = os.environ | {"PYTHONPATH": "src", "DJANGO_SETTINGS_MODULE": "zhize.config.settings_test"}
    for title, command in static_checks():
        start = time.monotonic()
        done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
        failed = done.returncode != 0
        if failed:
            print(f"── {title} ──\n{done.stdout}{done.stderr}", flush=True)
        totals.add(title, (int(not failed), int(failed), 0), time.monotonic() - start)


def run_pytest(totals: Totals, title: str, *args: str, url: str = "") -> None:
    """One pytest run in its own process; no test collected is fine only where nothing is marked for it yet."""
    print(f"── {title} ──", flush=True)
    start = time.monotonic()
    # Hundreds of processes start in a run: each would compile what the first has compiled.
    env = {
        k: v
        for k, v in os.environ.items()
        if (not k.startswith("ZHIZE_") or k in KEPT) and k != "PYTHONDONTWRITEBYTECODE"
    }
    if url:
        env["ZHIZE_DATABASE_URL"] = url
    with tempfile.TemporaryDirectory(prefix="zhize-test-") as folder:
        env["ZHIZE_HOME"] = folder
        report = Path(folder) / "junit.xml"
        command = [sys.executable, "-m", "pytest", f"--junitxml={report}", *args]
        code = subprocess.run(command, cwd=ROOT, env=env).returncode
        counts = _counts(report) if report.exists() else (0, 0, 0)
    passed, failed, skipped = counts
    if code not in (0, 5) and not failed:  # crashed, interrupted, could not collect
        failed = 1
    totals.add(title, (passed, failed, skipped), time.monotonic() - start)


def _counts(report: Path) -> tuple[int, int, int]:
    suites = ET.parse(report).getroot().iter("testsuite")
    total = failed = skipped = 0
    for suite in suites:
        total += int(suite.get("tests", 0))
        failed += int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        skipped += int(suite.get("skipped", 0))
    return total - failed - skipped, failed, skipped


def run_all(totals: Totals, extra: list[str]) -> None:
    """SQLite, PostgreSQL, walks on PostgreSQL, a smoke walk on SQLite: whatever this machine can do."""
    has_browser = browser.executable() is not None
    if not has_browser:
        totals.left_out.append("浏览器测试（没有 Chromium）：apt-get install chromium fonts-noto-cjk")
    for program, (package, what) in PROGRAMS.items():
        if shutil.which(program) is None:
            totals.left_out.append(f"{what}（没有 {program}）：apt-get install {package}")
    run_pytest(totals, "SQLite", "-m", "not e2e and not postgres", *IN_PARALLEL, *extra)
    if has_browser:
        run_pytest(totals, "浏览器冒烟（SQLite）", "-m", "e2e and smoke", "tests/e2e", *extra)
    if not postgres.is_available():
        totals.left_out.append(f"PostgreSQL 上的全部测试（{postgres.MISSING}）：apt-get install postgresql")
        if has_browser:
            run_pytest(totals, "浏览器（SQLite）", "-m", "e2e and not smoke", *WALKS, *extra)
        return
    with postgres.temporary_postgres() as url:
        run_pytest(totals, "PostgreSQL", "-m", "not e2e and not sqlite", *IN_PARALLEL, *extra, url=url)
        if has_browser:
            run_pytest(totals, "浏览器（PostgreSQL）", "-m", "e2e", *WALKS, *extra, url=url)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--fast", action="store_true", help="checks, architecture, unit tests of core and kit"
    )
    arguments, extra = parser.parse_known_args()
    totals = Totals()
    start = time.monotonic()
    run_checks(totals)
    if arguments.fast:
        present = [folder for folder in FAST_TESTS if (ROOT / folder).exists()]
        run_pytest(totals, "架构、core、kit", "-m", "not e2e and not slow", *IN_PARALLEL, *present, *extra)
    else:
        run_all(totals, extra)
    print("\n".join(["", *totals.steps]))
    for line in totals.left_out:
        print(f"  ○ 本机未做：{line}")
    if totals.left_out and STRICT and not arguments.fast:
        totals.failed += len(totals.left_out)
        print("  ✗ CI 中不允许遗漏：以上未做的各计一项失败")
    print(f"  用时 {time.monotonic() - start:.0f} 秒")
    print(f"{totals.passed} passed, {totals.failed} failed, {totals.skipped} skipped")
    return 1 if totals.failed else 0


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main())
    sys.exit(130)
