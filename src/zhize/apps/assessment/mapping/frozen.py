"""The sealed form of a round: what went in, what came out, by which rules."""

from __future__ import annotations

from zhize.apps.assessment.models import Round
from zhize.core.scoring.scheme import ALGORITHM
from zhize.core.scoring.seal import FORMAT, canonical, sealed_result


def payload_of(round_: Round, objects: list[dict[str, object]]) -> str:
    """Canonical JSON of the scheme, the objects with their facts, and the result with its traces."""
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
            "result": sealed_result(round_.scheme_body, objects),
        }
    )
