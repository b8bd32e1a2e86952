"""Message catalogues: extract Chinese msgids from the sources and merge them into each translation.

Order and line references are left out, so that a catalogue changes only where a text changes.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "src" / "zhize"
LOCALE = SOURCES / "locale"
KEYWORDS = (
    "_",
    "gettext",
    "gettext_lazy",
    "ngettext:1,2",
    "ngettext_lazy:1,2",
    "pgettext:1c,2",
    "pgettext_lazy:1c,2",
)


def extract(target: Path) -> None:
    """All msgids of Python sources and templates into one template catalogue."""
    keywords = [part for keyword in KEYWORDS for part in ("-k", keyword)]
    _pybabel(
        "extract", "-F", str(ROOT / "babel.cfg"), "--no-location", "--sort-output", "--no-wrap",
        *keywords, "--project=zhize", "-o", str(target), str(SOURCES),
    )  # fmt: skip


def update(template: Path) -> None:
    """Each catalogue gets the new msgids; obsolete ones go, nothing is guessed."""
    for catalogue in sorted(LOCALE.glob("*/LC_MESSAGES/django.po")) or [_new("en")]:
        language = catalogue.parts[-3]
        if not catalogue.exists():
            _pybabel("init", "-i", str(template), "-o", str(catalogue), "-l", language, "--no-wrap")
        _pybabel(
            "update", "-i", str(template), "-o", str(catalogue), "-l", language,
            "--no-wrap", "--no-fuzzy-matching", "--ignore-obsolete", "--ignore-pot-creation-date",
        )  # fmt: skip


def _new(language: str) -> Path:
    path = LOCALE / language / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _pybabel(*words: str) -> None:
    subprocess.run([str(Path(sys.executable).with_name("pybabel")), "-q", *words], check=True, cwd=ROOT)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "django.pot"
        extract(template)
        update(template)


if __name__ == "__main__":
    main()
