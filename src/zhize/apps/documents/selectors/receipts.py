"""Who a document goes to in the proper form, and who has signed for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from zhize.apps.documents.models import Addressee, OfficialDocument, Receipt
from zhize.apps.orgs.models import Post, Unit
from zhize.apps.orgs.models.mine import mine_q
from zhize.apps.orgs.selectors import current
from zhize.kit.actor import Actor
from zhize.kit.scope import ScopedQuerySet


@dataclass(frozen=True, slots=True)
class Recipients:
    """Ids of units in official order: whom to address, and whom to send a copy."""

    main: tuple[int, ...]
    copies: tuple[int, ...]


def recipients_of(unit_ids: Iterable[int]) -> Recipients:
    """These units as an office may address them: a government through the office that answers for it; agencies of
    other lines of command get a copy (by rights a letter of their own). One statement."""
    units = Unit.objects.system("names and governance are shared reference data").filter(
        pk__in=list(unit_ids)
    )
    main: dict[int, None] = {}
    copies: dict[int, None] = {}
    for unit in units.select_related("region").order_by("region__order", "order", "code"):
        through = unit.answers_through_id if unit.kind == Unit.Kind.GOVERNMENT else None
        below = unit.region.level != unit.region.Level.PROVINCE
        apart = unit.governance == Unit.Governance.CENTRAL or (
            unit.governance == Unit.Governance.VERTICAL and below
        )
        (copies if apart else main)[through or unit.pk] = None
    return Recipients(tuple(main), tuple(pk for pk in copies if pk not in main))


@dataclass(frozen=True, slots=True)
class Signed:
    """An addressee with its receipt, if it has signed, and with the note that it read the document."""

    addressee: Addressee
    received: Receipt | None
    read: Receipt | None
    taken: Receipt | None = None
    attends: Receipt | None = None

    def of(self, act: str) -> Receipt | None:
        found: Receipt | None = getattr(self, act)
        return found


@dataclass(frozen=True, slots=True)
class Progress:
    """签收进度 of one document."""

    rows: tuple[Signed, ...]

    @property
    def total(self) -> int:
        return len(self.rows)

    @property
    def received(self) -> int:
        return sum(1 for row in self.rows if row.received)

    @property
    def waiting(self) -> tuple[Addressee, ...]:
        """Who has not signed, in official order."""
        return self.waiting_for(Receipt.Act.RECEIVED)

    def waiting_for(self, act: str) -> tuple[Addressee, ...]:
        """Who still owes this act, in official order; only main addressees owe more than signing for it."""
        everybody = act == Receipt.Act.RECEIVED
        return tuple(
            row.addressee
            for row in self.rows
            if row.of(act) is None and (everybody or row.addressee.sent == Addressee.Sent.MAIN)
        )


def progress_of(document: OfficialDocument, addressees: Sequence[Addressee]) -> Progress:
    """Who of the addressees signed and read. One statement."""
    rows = Receipt.objects.system("of a document the actor sees").filter(document=document)
    found = {(row.unit_id, row.act): row for row in rows}
    return Progress(
        tuple(
            Signed(
                one,
                found.get((one.unit_id, Receipt.Act.RECEIVED)),
                found.get((one.unit_id, Receipt.Act.READ)),
                found.get((one.unit_id, Receipt.Act.TAKEN)),
                found.get((one.unit_id, Receipt.Act.ATTENDS)),
            )
            for one in addressees
        )
    )


def received_listed(actor: Actor) -> ScopedQuerySet[Addressee]:
    """来文: what was sent to the acting unit or to one it answers for, with whether it was signed for (`is_received`)."""
    mine = mine_q(actor)
    receipts = Receipt.objects.system("whether a document sent here was signed for").filter(
        document=OuterRef("document"), unit=OuterRef("unit"), act=Receipt.Act.RECEIVED
    )
    rows: ScopedQuerySet[Addressee] = Addressee.objects.visible_to(actor).filter(
        mine, document__state__in=OfficialDocument.SENT
    )
    return rows.annotate(is_received=Exists(receipts)).select_related("document__issuer", "unit")  # type: ignore[return-value]


def receivable(actor: Actor, addressees: Sequence[Addressee]) -> list[Addressee]:
    """Those of the addressees the acting unit may sign for."""
    return [one for one in addressees if actor.unit_id in (one.unit_id, one.unit.answers_through_id)]


def chase_list(actor: Actor, waiting: Sequence[Addressee], today: date) -> dict[int, list[Post]]:
    """Whom to telephone about each unit that has not signed, as far as the actor's telephone book goes. One statement.

    The people of the unit itself, and of a government it answers for (a city's liaison to the province).
    """
    ids = [one.unit_id for one in waiting]
    rows = (
        Post.objects.visible_to(actor)
        .filter(
            current(today),
            Q(unit_id__in=ids) | Q(unit__answers_through_id__in=ids),
            role__in=("liaison", "clerk", "office_staff", "office_director", "unit_head"),
            user__is_active=True,
        )
        .select_related("user", "unit")
        .order_by("pk")
    )
    found: dict[int, list[Post]] = {}
    for post in rows:
        through = post.unit.answers_through_id
        found.setdefault(post.unit_id if post.unit_id in ids else through or 0, []).append(post)
    return found
