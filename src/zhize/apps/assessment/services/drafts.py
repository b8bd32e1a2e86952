"""Writing a scheme: a draft read from a table or copied, changed criterion by criterion, registered as an edition."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db import transaction

from zhize.apps.assessment import mapping, policies
from zhize.apps.assessment.log_types import DRAFT_CHANGED, DRAFT_CREATED, DRAFT_DROPPED
from zhize.apps.assessment.models import SchemeDraft, SchemeEdition
from zhize.apps.assessment.services.common import checked, demand_keeping
from zhize.apps.assessment.services.schemes import scheme_save
from zhize.apps.orgs.models import Jurisdiction
from zhize.core.kernel.errors import CoreError
from zhize.core.scoring import editing
from zhize.core.scoring.compare import differences
from zhize.core.scoring.intake.draft import Draft, draft_of
from zhize.core.scoring.writing import digest_of
from zhize.kit.actor import Actor
from zhize.kit.audit import LogType, record
from zhize.kit.errors import BadInput, StateConflict
from zhize.kit.things import ThingRef
from zhize.kit.versioned import check_version

KIND = "assessment.draft"
_LOGGED = 40
"""So many differences stand in one entry of the log; the digests name the whole."""


def table_read(text: str = "", rows: Sequence[Sequence[str]] = (), title: str = "") -> Draft:
    """A printed table as a draft (method `scoring.table`). Raises `BadInput` where no criterion is found."""
    try:
        return draft_of(text, rows, title)
    except CoreError as error:
        raise BadInput(error.what, where=error.where, why=error.why, remedy=error.remedy) from error


@transaction.atomic
def draft_create(
    *,
    jurisdiction: Jurisdiction,
    code: str,
    body: Mapping[str, Any],
    read: Draft | None = None,
    source: str = "",
    actor: Actor,
    now: datetime,
) -> SchemeDraft:
    """A draft of `body`; `read`: the table it was read from, whose marks and doubts it keeps. Raises `BadInput` with the place."""
    demand_keeping(policies.may_keep_rounds(actor) and actor.jurisdiction_id in (jurisdiction.pk, None))
    draft = SchemeDraft(
        jurisdiction=jurisdiction,
        code=code,
        source=source.strip(),
        marks={one.code: [one.sure, one.why] for one in read.marks} if read else {},
        doubts=[asdict(one) for one in read.doubts] if read else [],
        created_at=now,
        updated_at=now,
        updated_by=actor.name,
    )
    _put(draft, body)
    checked(draft, "考核办法草稿")
    draft.save()
    _log(DRAFT_CREATED, draft, actor, now, after=_said(draft))
    return draft


@transaction.atomic
def draft_change(
    *,
    draft: SchemeDraft,
    change: Callable[[Mapping[str, Any]], Mapping[str, Any]],
    settled: str = "",
    version: int | None,
    actor: Actor,
    now: datetime,
) -> SchemeDraft:
    """The draft after `change` (a step of `core.scoring.editing`); `settled`: a criterion a person has looked at.

    Raises `BadInput` with the place of what cannot be read, `EditConflict` where another has changed it meanwhile.
    """
    demand_keeping(policies.may_write_draft(actor, draft))
    draft = _locked(draft)
    before = dict(draft.body)
    try:
        after = change(before)
    except CoreError as error:
        raise BadInput(error.what, where=error.where, why=error.why, remedy=error.remedy) from error
    check_version(draft, version, mine={"body": after}, changed_by=draft.updated_by)
    old, _ = mapping.edition_body(before)
    _put(draft, after)
    new, _ = mapping.edition_body(draft.body)
    codes = {str(one.get("code")) for _, one in editing.walk(draft.body)}
    draft.marks = {code: mark for code, mark in draft.marks.items() if code in codes and code != settled}
    draft.updated_at, draft.updated_by = now, actor.name
    draft.version += 1
    checked(draft, "考核办法草稿")
    draft.save()
    rows = [
        f"{one.change.label} {one.title} {one.what} {one.before}→{one.after}" for one in differences(old, new)
    ]
    _log(
        DRAFT_CHANGED, draft, actor, now,
        before={"sha256": digest_of(old)},
        after={"sha256": digest_of(new), "changes": rows[:_LOGGED], "count": len(rows)},
    )  # fmt: skip
    return draft


@transaction.atomic
def draft_register(
    *,
    draft: SchemeDraft,
    source: str,
    valid_from: date,
    accepted: str,
    version: int | None,
    actor: Actor,
    now: datetime,
) -> SchemeEdition:
    """The draft as the next edition of its scheme; it is closed then. Findings must be answered for in `accepted`."""
    demand_keeping(policies.may_write_draft(actor, draft))
    draft = _locked(draft)
    check_version(draft, version, mine={}, changed_by=draft.updated_by)
    edition = scheme_save(
        jurisdiction=draft.jurisdiction, code=draft.code, source=source, valid_from=valid_from,
        body=draft.body, accepted=accepted, actor=actor, now=now,
    )  # fmt: skip
    draft.edition, draft.source, draft.updated_at, draft.updated_by = edition, edition.source, now, actor.name
    draft.version += 1
    draft.save()
    return edition


@transaction.atomic
def draft_drop(*, draft: SchemeDraft, actor: Actor, now: datetime) -> None:
    """Takes an unregistered draft away; what it held stands in the log."""
    demand_keeping(policies.may_write_draft(actor, draft))
    draft = _locked(draft)
    _log(DRAFT_DROPPED, draft, actor, now, before={**_said(draft), "body": draft.body})
    draft.delete()


def _locked(draft: SchemeDraft) -> SchemeDraft:
    rows = SchemeDraft.objects.system("locked for a write").select_for_update(of=("self",))
    found = rows.select_related("jurisdiction").get(pk=draft.pk)
    if found.edition_id:
        raise StateConflict(
            "这份草稿已经登记为办法，不能再改", where=found.title, remedy="请复制施行中的办法，另起一份草稿"
        )
    return found


def _put(draft: SchemeDraft, body: Mapping[str, Any]) -> None:
    try:
        scheme, plain = mapping.edition_body(body)
    except CoreError as error:
        raise BadInput(error.what, where=error.where, why=error.why, remedy=error.remedy) from error
    draft.body, draft.title = plain, scheme.title


def _said(draft: SchemeDraft) -> dict[str, Any]:
    scheme, _ = mapping.edition_body(draft.body)
    return {
        "title": draft.title,
        "code": draft.code,
        "sha256": digest_of(scheme),
        "leaves": sum(1 for _ in scheme.root.leaves()),
    }


def _log(
    log_type: LogType, draft: SchemeDraft, actor: Actor, now: datetime, *,
    before: dict[str, Any] | None = None, after: dict[str, Any] | None = None,
) -> None:  # fmt: skip
    record(
        log_type, actor=actor, thing=ThingRef(KIND, draft.pk), now=now, before=before, after=after,
        jurisdiction_code=draft.jurisdiction.code,
    )  # fmt: skip
