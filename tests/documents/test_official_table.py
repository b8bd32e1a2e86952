"""State × action × role of a document, each cell tried: what the table admits, and refusals in words."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction
from tests.documents.conftest import Draft
from tests.documents.steps import GIVEN, WAYS, outside
from tests.world import World

from zhize.apps.documents.models import OfficialDocument
from zhize.core.workflow.official_document import TABLE
from zhize.kit.errors import NotAllowed, StateConflict

pytestmark = pytest.mark.django_db

# Who may take which step; whoever is not named is refused in words. "zjj" people answer as the unit asked.
OFFICE_ROLES = ("office", "director")
ROLES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(GIVEN, OFFICE_ROLES),
    "sign": ("leader", *OFFICE_ROLES),
    "countersign": ("head", "liaison", "clerk", *OFFICE_ROLES),
}
EVERYBODY = (
    "leader", "director", "office", "head", "liaison", "clerk", "other", "sibling", "child", "auditor", "external", "sysadmin", "secadmin",
)  # fmt: skip
CELLS = [(state.value, action.value) for state in TABLE.states for action in TABLE.actions]


@pytest.mark.parametrize(("state", "action"), CELLS)
def test_every_state_action_and_role_as_the_table_says(
    world: World, draft: Draft, take: Callable[..., OfficialDocument], state: str, action: str
) -> None:
    document = draft(issuer=outside(world)) if action == "register" else draft()
    for step in WAYS[state]:
        outward = "register" if action == "register" and step == "sign" else step
        document = take(document, outward)
        if step == "check" and action == "countersign":
            document = take(document, "ask")
            if state not in ("checked", "voided"):
                take(document, "countersign")
    assert document.state == state
    for key in set(EVERYBODY) - set(ROLES[action]):
        with pytest.raises(NotAllowed) as refusal:
            take(document, action, world.actor(key))
        assert refusal.value.problem.remedy, "a refusal says what to do"
    document.refresh_from_db()
    assert document.state == state, "nobody refused moved it"
    wanted = {step.action: step.next_state for step in TABLE.steps_from(state)}.get(action)
    for key in ROLES[action]:
        before = document.state
        with transaction.atomic():
            if wanted is None:
                with pytest.raises(StateConflict) as conflict:
                    take(document, action, world.actor(key))
                assert conflict.value.problem.what and conflict.value.problem.remedy
            else:
                take(document, action, world.actor(key))
                document.refresh_from_db()
                assert document.state == wanted
            transaction.set_rollback(True)  # the next of those who may, from the same place
        document.refresh_from_db()
        assert document.state == before
