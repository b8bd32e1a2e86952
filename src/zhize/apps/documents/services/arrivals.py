"""What is sent to an office within the product stands in its register of papers received; 签收 registers it there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from zhize.apps.documents.log_types import INCOMING_REGISTERED
from zhize.apps.documents.models import Addressee, Incoming, OfficialDocument
from zhize.apps.documents.selectors import INCOMING
from zhize.apps.documents.services.incoming import TODO_PROPOSE, incoming_log, incoming_save, serial_give
from zhize.apps.orgs.models import Jurisdiction
from zhize.apps.orgs.services.todos import NewTodo, todo_open
from zhize.core.workflow.incoming import TABLE
from zhize.core.workflow.table import next_state
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day
from zhize.kit.things import ThingRef

BY_ITSELF = "系统送达"


@transaction.atomic
def arrivals_register(
    *, document: OfficialDocument, addressees: Sequence[Addressee], now: datetime
) -> list[Incoming]:
    """A line for each addressee that is the office or the group of a jurisdiction, or answered for by one; an office does
    not receive its own documents. Two statements. Called by `official_issue`: its entry names the addressees.
    """
    homes = _homes(document, {pk for one in addressees for pk in _units(one)})
    made = []
    for one in addressees:
        home = next((homes[pk] for pk in _units(one) if pk in homes), None)
        if home is None or (home.pk == document.jurisdiction_id and one.unit_id == home.office_unit_id):
            continue
        made.append(
            Incoming(
                jurisdiction=home,
                addressee=one,
                title=document.title,
                from_name=document.issuer.name if document.issuer else document.jurisdiction.name,
                number=document.number,
                dated_on=document.dated_on,
                received_on=local_day(now),
                state=Incoming.State.ARRIVED,
                registered_by=BY_ITSELF,
                registered_at=now,
            )
        )
    return Incoming.objects.bulk_create(made, batch_size=500)


@transaction.atomic
def arrivals_signed(*, addressees: Sequence[Addressee], actor: Actor, now: datetime) -> None:
    """The office signed: the paper has its number in the register, and what came from another jurisdiction awaits 拟办.

    Called by `official_receive`, inside its transaction: the policy was that of signing.
    """
    rows = Incoming.objects.system("what was signed for just now").select_for_update(of=("self",))
    arrived = rows.filter(
        addressee_id__in=[one.pk for one in addressees], state=Incoming.State.ARRIVED
    ).select_related("jurisdiction", "addressee__document")
    for row in arrived.order_by("pk"):
        row.state = next_state(TABLE, row.state, "sign").next_state
        row.received_on, row.registered_by, row.registered_at = local_day(now), actor.name[:80], now
        row.serial = serial_give(row, actor, now)
        incoming_save(row)
        office, sender = row.jurisdiction.office_unit_id, row.addressee.document.jurisdiction_id  # type: ignore[union-attr]
        if office and sender != row.jurisdiction_id:
            ref = ThingRef(INCOMING, row.pk)
            todo_open(
                todo=NewTodo(row.jurisdiction_id, office, TODO_PROPOSE, ref, f"拟办：{row.title}"), now=now
            )
        incoming_log(INCOMING_REGISTERED, row, actor, now)


def _units(one: Addressee) -> tuple[int, ...]:
    """The unit addressed, and the one that answers for it."""
    return tuple(pk for pk in (one.unit_id, one.unit.answers_through_id) if pk)


def _homes(document: OfficialDocument, unit_ids: set[int]) -> dict[int, Jurisdiction]:
    """Whose office or group each unit is; a unit of several programmes stands for the document's own."""
    rows = Jurisdiction.objects.system("whose office a document is sent to").filter(
        Q(office_unit_id__in=unit_ids) | Q(group_unit_id__in=unit_ids)
    )
    same = document.jurisdiction.programme_id
    found: dict[int, Jurisdiction] = {}
    for row in sorted(rows, key=lambda one: (one.programme_id == same, -one.pk)):
        for pk in (row.group_unit_id, row.office_unit_id):
            if pk:
                found[pk] = row
    return found
