"""What the reader's tests share: the word list, our rendition, the real texts with their labels (where this machine has them)."""

from __future__ import annotations

import json
import os
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from zhize.apps.regulations.selectors.lexicon import lexicon_on
from zhize.core.duties.candidates import read
from zhize.core.regulation.lexicon import Lexicon
from zhize.core.regulation.proposal import Proposal
from zhize.kit.yaml_text import yaml_of

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "reference" / "gansu"


@cache
def lexicon() -> Lexicon:
    """The newest edition as the product loads it."""
    return lexicon_on(date.max)


@cache
def rendition() -> str:
    return (REFERENCE / "regulation.txt").read_text(encoding="utf-8")


def confirmations() -> dict[str, Any]:
    return yaml_of((REFERENCE / "confirmations.yaml").read_text(encoding="utf-8"))["confirmations"]


def shared() -> Path:
    """The folder of real texts: ZHIZE_SHARED, else ../shared beside the repository; skips where there is none."""
    named = os.environ.get("ZHIZE_SHARED")
    for place in [Path(named)] if named else [ROOT.parent / "shared"]:
        if (place / "regulation" / "labels.json").exists():
            return place / "regulation"
    pytest.skip(
        "no real regulations on this machine: set ZHIZE_SHARED to the folder that holds regulation/labels.json"
    )


def labelled() -> dict[str, dict[str, Any]]:
    return {
        d["file"]: d for d in json.loads((shared() / "labels.json").read_text(encoding="utf-8"))["documents"]
    }


def real(name: str) -> str:
    found = sorted(shared().rglob(f"{name}*.txt"))
    if not found:
        pytest.skip(f"the real text {name} is not in the shared folder")
    return found[0].read_text(encoding="utf-8")


@cache
def proposed(name: str) -> Proposal:
    return read(real(name), lexicon())
