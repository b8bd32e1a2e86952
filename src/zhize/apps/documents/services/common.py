"""What every step of a document shares: lock, the step by the table, the record of it, refusals in words, the log."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from zhize.apps.documents import policies
from zhize.apps.documents.models import OfficialDocument, OfficialStep
from zhize.apps.documents.selectors import OFFICIAL
from zhize.core.kernel.errors import NoSuchStep
from zhize.core.workflow.official_document import TABLE
from zhize.core.workflow.table import Step, next_state
from zhize.kit.actor import Actor
from zhize.kit.audit import LogType, record
from zhize.kit.errors import BadInput, NotAllowed, Problem, StateConflict
from zhize.kit.officialdoc import Attachment, from_json, runs_of
from zhize.kit.things import ThingRef
from zhize.kit.versioned import snapshot

LOGGED = [
    "kind", "issuer", "title", "address_line", "copy_line", "note", "publicity", "state", "number", "signed_by",
    "signed_on", "dated_on", "issued_at", "docx", "asks_taking", "asks_attendance", "pdf", "act", "acts_on",
]  # fmt: skip
TODO_CHECK = "official.check"
TODO_COUNTERSIGN = "official.countersign"
TODO_SIGN = "official.sign"
TODO_ISSUE = "official.issue"
TODO_RETURNED = "official.returned"
TODO_RECEIVE = "official.receive"
TODO_TAKE = "official.take"
TODO_ATTEND = "official.attend"
TODO_AFTERMATH = "official.aftermath"
# Words of the steps kept as approvals and named in refusals.
STEP_WORDS = {"check": "核稿", "recheck": "复核", "seal": "用印", "issue": "印发"}


def ref_of(document: OfficialDocument) -> ThingRef:
    return ThingRef(OFFICIAL, document.pk)


def locked(document: OfficialDocument) -> OfficialDocument:
    """The row, locked for this write, with what the steps read."""
    return (
        OfficialDocument.objects.system("locked for a write")
        .select_for_update(of=("self",))
        .select_related("issuer__unit__region", "jurisdiction__region", "docx", "pdf", "acts_on")
        .get(pk=document.pk)
    )


def demand(allowed: bool) -> None:
    """The policy's answer as a refusal in words."""
    if not allowed:
        raise NotAllowed(
            "只有本辖区领导小组办公室可以办理公文", remedy="请切换到办公室的身份，或请办公室代为办理"
        )


def demand_handling(actor: Actor, document: OfficialDocument) -> None:
    demand(policies.may_handle(actor, document))


def step_of(document: OfficialDocument, action: str) -> Step:
    """The step by the table; `StateConflict` in words where the state does not admit it."""
    try:
        return next_state(TABLE, document.state, action)
    except NoSuchStep as error:
        raise StateConflict(
            error.what, where=document.number or document.title[:40], why=error.why, remedy=error.remedy
        ) from error


def step_take(
    document: OfficialDocument, action: str, actor: Actor, now: datetime, opinion: str = ""
) -> None:
    """Moves the document a step on and writes down whose hand it was; the caller saves and logs."""
    document.state = step_of(document, action).next_state
    OfficialStep(
        document=document,
        action=action,
        state=document.state,
        by=actor.name[:80],
        hat=actor.hat[:160],
        at=now,
        opinion=opinion.strip()[:500],
    ).save()


def words_of(blocks: list[Any]) -> str:
    """All words of a text, a line a block, for the search."""
    return "\n".join(
        block.title if isinstance(block, Attachment) else "".join(run.text for run in runs_of(block))
        for block in from_json(blocks)
    )


def checked(thing: models.Model, where: str) -> None:
    """`full_clean`, with every complaint naming its field."""
    labels = {field.name: str(field.verbose_name) for field in thing._meta.concrete_fields}
    try:
        thing.full_clean()
    except ValidationError as error:
        problems = [
            Problem(
                "；".join(words),
                f"{where} · {labels[name]}" if name in labels else where,
                "",
                "请改正后再保存",
            )
            for name, words in error.message_dict.items()
        ]
        raise BadInput(
            problems[0].what, problems, where=problems[0].where, remedy=problems[0].remedy
        ) from error


def save(document: OfficialDocument) -> None:
    document.version += 1
    document.words = words_of(document.blocks)
    checked(document, f"公文“{document.title[:30]}”")
    document.save()


def log(
    log_type: LogType,
    document: OfficialDocument,
    actor: Actor,
    now: datetime,
    *,
    before: dict[str, Any] | None = None,
    note: str = "",
    **more: Any,
) -> None:
    record(
        log_type,
        actor=actor,
        thing=ref_of(document),
        now=now,
        before=before,
        after={**snapshot(document, LOGGED), **more},
        note=note,
        jurisdiction_code=document.jurisdiction.code,
    )


def need(words: str, what: str, where: str) -> None:
    if not words.strip():
        raise BadInput(what, where=where, remedy="一两句话写清即可")
