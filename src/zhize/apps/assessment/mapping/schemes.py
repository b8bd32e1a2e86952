"""Stored schemes and the core's."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from zhize.apps.assessment.models import Round
from zhize.core.scoring.reading import scheme_from
from zhize.core.scoring.scheme import Scheme
from zhize.core.scoring.writing import scheme_mapping


def scheme_of(round_: Round) -> Scheme:
    """The scheme as it was when the round was made. Cached by its digest: a body never changes."""
    return _scheme(round_.scheme_sha256, json.dumps(round_.scheme_body, ensure_ascii=False))


@lru_cache(maxsize=32)
def _scheme(_sha256: str, body: str) -> Scheme:
    return scheme_from(json.loads(body))


def edition_body(data: Mapping[str, Any]) -> tuple[Scheme, dict[str, object]]:
    """A scheme as given, and as it is stored: without what is default, so that its digest names what it says."""
    scheme = scheme_from(data)
    return scheme, scheme_mapping(scheme)


def scorers_of(scheme: Scheme) -> dict[str, list[str]]:
    """Code of a scoring unit → its leaves; leaves without one are the office's."""
    found: dict[str, list[str]] = {}
    for leaf in scheme.root.leaves():
        if leaf.scorer:
            found.setdefault(leaf.scorer, []).append(leaf.code)
    return found
