"""ThingRef: a pointer to any thing in the house, upwards or downwards, without importing it.

Each app registers a resolver per kind. A link is made only when the resolver finds the thing within
the actor's scope; outside it the reference shows its stored words and leads nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from zhize.kit.actor import Actor


@dataclass(frozen=True, slots=True)
class ThingRef:
    """Kind and id, e.g. ThingRef("regulations.obligation", 12)."""

    kind: str
    id: int

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"

    @classmethod
    def parse(cls, text: str) -> ThingRef:
        """The inverse of str(): "regulations.obligation:12"."""
        kind, _, number = text.rpartition(":")
        return cls(kind, int(number))


@dataclass(frozen=True, slots=True)
class ThingCard:
    """What a link needs: words and an address."""

    ref: ThingRef
    label: str
    url: str


Resolver = Callable[[Actor, list[int]], dict[int, ThingCard]]
_resolvers: dict[str, Resolver] = {}


def register_thing(kind: str, resolver: Resolver) -> None:
    """`resolver(actor, ids)` answers all ids visible to the actor in one query."""
    _resolvers[kind] = resolver


def kinds() -> list[str]:
    """The kinds that can be led to, in order."""
    return sorted(_resolvers)


def resolve(actor: Actor, refs: Iterable[ThingRef]) -> dict[ThingRef, ThingCard]:
    """Cards of the things this actor may view: one query per kind, whatever the number of references."""
    by_kind: dict[str, list[int]] = {}
    for ref in refs:
        by_kind.setdefault(ref.kind, []).append(ref.id)
    cards: dict[ThingRef, ThingCard] = {}
    for kind, ids in by_kind.items():
        if resolver := _resolvers.get(kind):
            cards.update({card.ref: card for card in resolver(actor, ids).values()})
    return cards


def may_view(actor: Actor, ref: ThingRef) -> bool:
    return ref in resolve(actor, [ref])
