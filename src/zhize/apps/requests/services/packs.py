"""报送包 taken in: what a unit's workbook says becomes its answer (减负: for those who won't log in)."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zhize.apps.requests import log_types, mapping, policies
from zhize.apps.requests.mapping.pack_opening import open_pack
from zhize.apps.requests.mapping.packs import Filled, changed_since, filled_of
from zhize.apps.requests.models import PackFile, PackRun, UnitRequest
from zhize.apps.requests.selectors import pack_content
from zhize.apps.requests.services.common import (
    LOGGED,
    locked_request,
    log,
    refuse_ended,
    refuse_others,
    refuse_outsider,
)
from zhize.apps.requests.services.files import request_stamp
from zhize.apps.requests.services.pack_common import Tell, files_of, locked_run, log_run
from zhize.apps.requests.services.replies import hand_in, request_save
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, NotAllowed, StateConflict, ZhizeError
from zhize.kit.versioned import check_version, snapshot

Verdict = PackFile.Verdict


def packs_take(
    *,
    run: PackRun,
    replace: set[int],
    version: int | None,
    actor: Actor,
    now: datetime,
    tell: Tell | None = None,
) -> PackRun:
    """Takes in what is ready, and the conflicts whose file ids stand in `replace`; the rest stays as it was on line.

    Each file is one transaction: taken whole or not at all, and said so beside it; a refused file changes nothing.
    """
    with transaction.atomic():
        current = locked_run(run)
        refuse_outsider(actor, current.call)
        check_version(current, version, mine={})
        if current.state != PackRun.State.READ:
            raise StateConflict(
                _("这一批%(state)s") % {"state": current.get_state_display()}, where=current.call.title
            )
        current.state = PackRun.State.TAKEN
        current.version += 1
        current.save()
    waiting = list(
        files_of(current)
        .filter(verdict__in=(Verdict.READY, Verdict.CONFLICT))
        .select_related("request")
        .order_by("pk")
    )
    for number, row in enumerate(waiting, 1):
        if row.verdict == Verdict.CONFLICT and row.pk not in replace:
            row.verdict, row.problems = Verdict.LEFT, [_("以网上填报的为准，没有收取这份文件。")]
        else:
            _take(row, current, actor, now)
        row.save(update_fields=["verdict", "problems"])
        if tell:
            tell(number, len(waiting))
    counts = Counter(str(row.verdict) for row in waiting)
    with transaction.atomic():
        log_run(log_types.PACKS_TAKEN, current, actor, now, **counts)
    return current


def _take(row: PackFile, run: PackRun, actor: Actor, now: datetime) -> None:
    assert row.request is not None  # nosec B101 - a file without its answer is refused
    try:
        with transaction.atomic():
            pack_hand_in(
                request=row.request, filled=Filled(**row.filled), file=(row.name, row.sha256), received_on=run.received_on, actor=actor, now=now,
            )  # fmt: skip
    except BadInput as error:
        row.verdict, row.problems = Verdict.REFUSED, [str(one) for one in error.problems]
    except ZhizeError as error:
        row.verdict, row.problems = Verdict.REFUSED, [str(error.problem)]
    else:
        row.verdict, row.problems = Verdict.TAKEN, []


@transaction.atomic
def pack_hand_in(
    *,
    request: UnitRequest,
    filled: Filled,
    file: tuple[str, str],
    received_on: date,
    actor: Actor,
    now: datetime,
) -> UnitRequest:
    """Hands in what a unit's workbook says, by the asking office in the unit's name; `file`: name and SHA-256.

    As complete as on line: raises `BadInput` with every required field that is empty. The day received decides lateness.
    """
    current = locked_request(request)
    refuse_outsider(actor, current.call)
    if not policies.may_review(actor, current) and not actor.is_system:
        raise NotAllowed(
            _("不能代录本人所在单位的报送"),
            where=current.unit.name,
            remedy=_("请由该单位在网上报送，或由办公室另一人收取"),
        )
    refuse_ended(current)
    before = snapshot(current, LOGGED)
    fields = mapping.fields_of(current.call)
    current.answers = mapping.cleaned(fields, filled.answers, actor, draft=True)
    current.statement, current.nil_report = filled.statement, filled.nil_report
    if filled.stamped_by or filled.stamped_on:
        current.stamped_by = filled.stamped_by
        current.stamped_on = date.fromisoformat(filled.stamped_on) if filled.stamped_on else None
    if pack := pack_content(current.call):
        pack.take(current, filled.table, actor, now)
    today = local_day(now)
    at = (
        now
        if received_on == today
        else timezone.make_aware(datetime.combine(received_on, time(12)), timezone.get_current_timezone())
    )
    hand_in(current, at=at, by=_("%(who)s（代录）") % {"who": actor.name}, actor=actor, now=now)
    log(
        log_types.PACK_TAKEN, current, actor, now, before=before, after=snapshot(current, LOGGED) | {"file": list(file)},
    )  # fmt: skip
    return current


@transaction.atomic
def packs_drop(*, run: PackRun, version: int | None, actor: Actor, now: datetime) -> PackRun:
    """Puts a drop aside, read or not: nothing of it is taken."""
    current = locked_run(run)
    refuse_outsider(actor, current.call)
    check_version(current, version, mine={})
    if current.state not in (PackRun.State.READING, PackRun.State.READ):
        raise StateConflict(
            _("这一批%(state)s") % {"state": current.get_state_display()}, where=current.call.title
        )
    current.state = PackRun.State.DROPPED
    current.version += 1
    current.save()
    log_run(log_types.PACKS_DROPPED, current, actor, now)
    return current


@transaction.atomic
def pack_fill(*, request: UnitRequest, upload: Any, actor: Actor, now: datetime) -> UnitRequest:
    """The unit's own workbook becomes its draft, to be looked at and handed in on line. Nothing is saved where it is another's,
    or where the unit has since filled in something else on line: raises `BadInput` naming the fields."""
    refuse_others(actor, request)
    sheet = open_pack(upload.file, name=upload.name or "", size=upload.size, on=local_day(now))
    if sheet.mark.request_id != request.pk:
        raise BadInput(
            _("这不是本单位本次征集的报送包"),
            where=upload.name or "",
            remedy=_("请在本页导出本单位的表，填好后再上传"),
        )
    pack = pack_content(request.call)
    filled = filled_of(sheet, request, actor, pack)
    if changed := changed_since(request, filled, pack, sheet.mark.version):
        raise BadInput(
            _("导出之后，这些项已在网上改过：%(fields)s") % {"fields": "、".join(changed)},
            where=upload.name or "",
            why=_("上传会盖掉网上填的内容"),
            remedy=_("请在网上核对修改，或重新导出后填写"),
        )
    saved = request_save(
        request=request, answers=filled.answers, statement=filled.statement, nil_report=filled.nil_report,
        version=None, actor=actor, now=now,
    )  # fmt: skip
    if pack:
        pack.take(saved, filled.table, actor, now)
    if filled.stamped_by and filled.stamped_on:
        saved = request_stamp(
            request=saved,
            by=filled.stamped_by,
            on=date.fromisoformat(filled.stamped_on),
            actor=actor,
            now=now,
        )
    return saved
