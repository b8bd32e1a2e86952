"""Which function does which kind of job. Apps register in `ready`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from zhize.kit.actor import Actor
from zhize.kit.jobs.progress import Progress


@dataclass(frozen=True, slots=True)
class JobResult:
    """What a person reads when it is done, and where to go."""

    message: str
    url: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


class JobFunction(Protocol):
    """A job: takes what was asked by value. It keeps its own transactions short and calls `progress.step`."""

    def __call__(
        self, *, progress: Progress, payload: dict[str, Any], actor: Actor, now: datetime
    ) -> JobResult: ...


_functions: dict[str, JobFunction] = {}


def register_job(kind: str, function: JobFunction) -> None:
    """Sample: register_job("imports.stage", stage). A kind registered twice is a programming error."""
    if _functions.get(kind, function) is not function:
        raise ValueError(f"job {kind!r} registered twice")
    _functions[kind] = function


def function_of(kind: str) -> JobFunction:
    return _functions[kind]
