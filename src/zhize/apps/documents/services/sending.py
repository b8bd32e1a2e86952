"""印发: both files written and kept, the addressees told."""

from __future__ import annotations

import re
from datetime import date, datetime

from django.core.files.base import ContentFile
from django.db import transaction

from zhize.apps.documents.events import OfficialIssued
from zhize.apps.documents.log_types import OFFICIAL_ISSUED
from zhize.apps.documents.models import Addressee, OfficialDocument, StoredFile
from zhize.apps.documents.policies import WORKING
from zhize.apps.documents.selectors import addressees_of, paper_words
from zhize.apps.documents.services.aftermaths import aftermath_open
from zhize.apps.documents.services.arrivals import arrivals_register
from zhize.apps.documents.services.chains import demand_chain
from zhize.apps.documents.services.common import (
    LOGGED,
    TODO_ATTEND,
    TODO_RECEIVE,
    TODO_TAKE,
    demand_handling,
    locked,
    log,
    ref_of,
    save,
    step_of,
    step_take,
)
from zhize.apps.documents.services.files import file_store
from zhize.apps.documents.services.flow import demand_steps
from zhize.apps.documents.services.templates import written
from zhize.apps.orgs.services.todos import NewTodo, notice_send_to_units, todo_close, todos_open
from zhize.apps.years.selectors import days_after
from zhize.core.papers.quoting import quoted
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput
from zhize.kit.events import emit
from zhize.kit.officialdoc.writers import WRITERS
from zhize.kit.rules import rule
from zhize.kit.versioned import check_version, snapshot

# What no file name may hold.
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\s]+')
NAME = 80


@transaction.atomic
def official_issue(
    *, document: OfficialDocument, dated_on: date, version: int | None, actor: Actor, now: datetime
) -> OfficialDocument:
    """印发 on `now`, dated `dated_on` (成文日期: the day of signing or of the meeting): writes .docx and PDF, keeps both,
    lays a to-do 签收 before every main addressee, tells the others, and emits `OfficialIssued`.

    What another issuer signed keeps its final scan as its file. Raises `BadInput` for a date in the future.
    """
    current = locked(document)
    demand_handling(actor, current)
    check_version(current, version, mine={"dated_on": dated_on.isoformat()})
    step_of(current, "issue")
    today = local_day(now)
    demand_steps(current, "issue", today)
    if dated_on > today:
        raise BadInput(
            f"成文日期 {dated_on} 晚于今天", where="成文日期", remedy="成文日期是签发或会议通过的日期，请核对"
        )
    if current.acts_on is not None:
        demand_chain(locked(current.acts_on), current.act)
    before = snapshot(current, LOGGED)
    current.dated_on, current.issued_at = dated_on, now
    addressees = addressees_of(current)
    if current.issuer is None or not current.issuer.is_external:
        current.docx, current.pdf = _files(current, addressees, today, actor, now)
    step_take(current, "issue", actor, now)
    save(current)
    todo_close(ref=ref_of(current), actor=actor, now=now)
    _tell(current, addressees, today, now)
    arrivals_register(document=current, addressees=addressees, now=now)
    emit(OfficialIssued(current, actor, now))
    aftermath_open(notice=current, actor=actor, now=now)
    log(
        OFFICIAL_ISSUED, current, actor, now, before=before, note=current.number,
        addressees=[one.unit_id for one in addressees], docx_sha256=current.docx.sha256 if current.docx else "",
        pdf_sha256=current.pdf.sha256 if current.pdf else "",
    )  # fmt: skip
    return current


def file_name(document: OfficialDocument, ext: str) -> str:
    """甘质振办〔2012〕3号 关于….docx, without what a file name may not hold."""
    words = " ".join(part for part in (document.number, document.title) if part)
    return f"{_FORBIDDEN.sub(' ', words).strip()[:NAME] or '公文'}.{ext}"


def _files(
    document: OfficialDocument, addressees: list[Addressee], day: date, actor: Actor, now: datetime
) -> tuple[StoredFile, StoredFile]:
    """The archived original and its printed form, through the one gate every file passes."""
    paper, layout = paper_words(document, addressees, day)
    made = ((ext, written(document, paper, layout, ext)) for ext in WRITERS)
    docx, pdf = (
        file_store(
            upload=ContentFile(content, name=file_name(document, ext)),
            jurisdiction=document.jurisdiction,
            actor=actor,
            now=now,
        )
        for ext, content in made
    )
    return docx, pdf


def _tell(document: OfficialDocument, addressees: list[Addressee], today: date, now: datetime) -> None:
    """Main addressees must sign by the rule's day; those with a copy are told. Four statements."""
    ref, words = ref_of(document), f"{document.number}{quoted(document.title)}"
    days = int(rule("documents/receipts", on=today, jurisdiction=document.jurisdiction.code)["receive_days"])
    due = days_after(today, days)
    main = [one.unit_id for one in addressees if one.sent == Addressee.Sent.MAIN]
    todos_open(
        todos=[
            NewTodo(document.jurisdiction_id, unit, TODO_RECEIVE, ref, f"签收：{words}", due_on=due)
            for unit in main
        ],
        now=now,
    )
    more = [(TODO_TAKE, "承办确认")] if document.asks_taking else []
    more += [(TODO_ATTEND, "参会回执")] if document.asks_attendance else []
    todos_open(
        todos=[
            NewTodo(document.jurisdiction_id, unit, kind, ref, f"{verb}：{words}", due_on=due)
            for kind, verb in more
            for unit in main
        ],
        now=now,
    )
    copies = {one.unit_id: f"抄送：{words}" for one in addressees if one.sent == Addressee.Sent.COPY}
    if copies:
        notice_send_to_units(texts=copies, roles=WORKING, ref=ref, now=now)
