"""The reading edition in force: the words by which the reader knows holders, kinds and natures."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import opencc
from django.conf import settings

from zhize.core.regulation.lexicon import Lexicon, lexicon_from_mapping
from zhize.kit.yaml_text import yaml_of


def lexicon_on(day: date) -> Lexicon:
    """The newest edition of `rules/reading/` not later than the day; the oldest one for a day before all."""
    return _load(_edition(day))


def lexicon_mapping_on(day: date) -> Any:
    """The same edition as plain data, as `zhize calc regulation.read` takes it."""
    return _words(_edition(day))


def _edition(day: date) -> Path:
    editions = sorted(Path(settings.RULES_DIR, "reading").glob("*.yaml"))
    fit = [path for path in editions if date.fromisoformat(path.stem) <= day]
    return fit[-1] if fit else editions[0]


@lru_cache(maxsize=4)
def _load(path: Path) -> Lexicon:
    return lexicon_from_mapping(_words(path))


def _words(path: Path) -> Any:
    """The edition with every traditional character that has one simplified form, after those it lists itself.

    For matching only, character by character: the text keeps its own. Risk: 乾 stands for 干 in 乾隆 too; no name
    of an organ turns on such a character.
    """
    data = yaml_of(path.read_text("utf-8"))
    script = data["script"]
    own = dict(zip(script["traditional"], script["simplified"], strict=False))
    pairs = {old: new for old, new in _simplified().items() if old not in own}
    script["traditional"] += "".join(pairs)
    script["simplified"] += "".join(pairs.values())
    return data


@lru_cache(maxsize=1)
def _simplified() -> dict[str, str]:
    """Traditional → simplified for the characters of the basic block that differ."""
    block = [chr(code) for code in range(0x4E00, 0xA000)]
    plain = opencc.OpenCC("t2s").convert("\n".join(block)).split("\n")
    return {old: new for old, new in zip(block, plain, strict=True) if old != new and len(new) == 1}
