"""The reading edition in force: the words by which the reader knows holders, kinds and natures."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from zhize.core.regulation.lexicon import Lexicon, lexicon_from_mapping


def lexicon_on(day: date) -> Lexicon:
    """The newest edition of `rules/reading/` not later than the day; the oldest one for a day before all."""
    return _load(_edition(day))


def lexicon_mapping_on(day: date) -> Any:
    """The same edition as plain data, as `zhize calc regulation.read` takes it."""
    return yaml.safe_load(_edition(day).read_text("utf-8"))


def _edition(day: date) -> Path:
    editions = sorted(Path(settings.RULES_DIR, "reading").glob("*.yaml"))
    fit = [path for path in editions if date.fromisoformat(path.stem) <= day]
    return fit[-1] if fit else editions[0]


@lru_cache(maxsize=4)
def _load(path: Path) -> Lexicon:
    return lexicon_from_mapping(yaml.safe_load(path.read_text("utf-8")))
