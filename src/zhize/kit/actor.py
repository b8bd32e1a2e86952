"""Who acts: a person under one hat, by value.

An `Actor` is what every service, selector and policy takes instead of a request or a user. It is
frozen and holds identifiers and names only, so that it can be written into the audit log, handed to
a background task and compared in a test.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace

_here: ContextVar[str] = ContextVar("zhize_here", default="")


@dataclass(frozen=True, slots=True)
class Actor:
    """A person acting under one hat (a post), or the system itself for a named reason.

    `post_id` is None for a signed-in person without any post and for the system. `roles` holds
    role codes of `rules/orgs/roles.yaml`. `answers_for` holds the units whose obligations the
    acting unit answers (a prefecture's office answers for its government).
    """

    user_id: int | None
    name: str
    username: str = ""
    post_id: int | None = None
    post_title: str = ""
    roles: frozenset[str] = field(default_factory=frozenset)
    unit_id: int | None = None
    unit_name: str = ""
    unit_code: str = ""
    unit_path: str = ""
    jurisdiction_id: int | None = None
    jurisdiction_code: str = ""
    jurisdiction_name: str = ""
    region_id: int | None = None
    region_code: str = ""
    on_behalf_of: str = ""
    request_id: str = ""
    channel: str = "web"

    @property
    def is_system(self) -> bool:
        return self.channel == "system"

    @property
    def hat(self) -> str:
        """The hat in words, as written into every audit entry: 省质监局 · 联络员."""
        return " · ".join(part for part in (self.unit_name, self.post_title) if part)

    @property
    def by(self) -> str:
        """Who did it, as a record keeps it: 省质监局 张三."""
        return f"{self.unit_name} {self.name}".strip()[:160]

    def has(self, *roles: str) -> bool:
        """Whether the acting hat carries one of these role codes."""
        return not self.roles.isdisjoint(roles)

    def through(self, channel: str) -> Actor:
        """The same actor over another way in (api, cli, import)."""
        return replace(self, channel=channel)


def here() -> str:
    """The code of the jurisdiction for which this request or job acts, where it has rules of its own; else "".

    For rules that colour what a reader sees (lights): one page, one rule, whosever rows it shows.
    """
    return _here.get()


def stand(jurisdiction_code: str) -> None:
    """From here to the end of the request, act for this jurisdiction."""
    _here.set(jurisdiction_code)


@contextmanager
def standing(jurisdiction_code: str) -> Iterator[None]:
    """The same for a block: a job of somebody, the demonstration of somebody's day."""
    token = _here.set(jurisdiction_code)
    try:
        yield
    finally:
        _here.reset(token)


def system_actor(reason: str, *, jurisdiction_id: int | None = None, jurisdiction_code: str = "") -> Actor:
    """The system acting by itself (beat, demonstration, command); `reason` is what the audit log shows."""
    return Actor(
        user_id=None,
        name="系统",
        username="system",
        post_title=reason,
        jurisdiction_id=jurisdiction_id,
        jurisdiction_code=jurisdiction_code,
        channel="system",
    )
