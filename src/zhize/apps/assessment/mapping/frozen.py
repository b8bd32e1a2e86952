"""The sealed form of a round: canonical JSON of what went in and what came out."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from zhize.apps.assessment.models import Round
from zhize.core.scoring.scheme import ALGORITHM

FORMAT = "zhize.assessment/1"


def canonical(data: Any) -> str:
    """The JSON a digest is taken of: keys sorted, no spaces, Chinese as it is."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def payload_of(round_: Round, objects: list[dict[str, object]], result: dict[str, object]) -> str:
    """What is sealed: the scheme, the objects with their facts, the result with its traces, and by which rules."""
    return canonical(
        {
            "format": FORMAT,
            "algorithm": ALGORITHM,
            "round": {
                "title": round_.title,
                "year": round_.year.label,
                "jurisdiction": round_.jurisdiction.code,
                "cut_off_on": round_.cut_off_on.isoformat(),
            },
            "scheme_sha256": round_.scheme_sha256,
            "scheme": round_.scheme_body,
            "objects": objects,
            "result": result,
        }
    )
