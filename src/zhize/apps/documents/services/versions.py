"""Versions of a draft kept and restored; figures whose source changed, taken anew or kept with the reason."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from zhize.apps.documents.log_types import OFFICIAL_FIGURE_KEPT, OFFICIAL_FIGURE_TAKEN, OFFICIAL_RESTORED
from zhize.apps.documents.models import OfficialDocument, OfficialVersion
from zhize.apps.documents.selectors import figures_of, official_version
from zhize.apps.documents.services.common import (
    LOGGED,
    demand_handling,
    locked,
    log,
    need,
    save,
    step_of,
    step_take,
)
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput, StateConflict
from zhize.kit.figures import Figure
from zhize.kit.officialdoc import from_json, to_json
from zhize.kit.officialdoc.blocks import with_figure
from zhize.kit.versioned import check_version, snapshot


def version_keep(document: OfficialDocument, actor: Actor, now: datetime, why: str = "") -> None:
    """Keeps the words as they stand, unless they are those of the last version. Called by the services that save."""
    rows = OfficialVersion.objects.system("versions of a document being saved").filter(document=document)
    last = rows.order_by("-number").first()
    if last and (last.title, last.blocks) == (document.title, document.blocks):
        return
    OfficialVersion(
        document=document,
        number=(last.number if last else 0) + 1,
        title=document.title,
        blocks=document.blocks,
        saved_by=actor.name[:80],
        saved_at=now,
        why=why[:200],
    ).save()


@transaction.atomic
def official_restore(
    *, document: OfficialDocument, number: int, version: int | None, actor: Actor, now: datetime
) -> OfficialDocument:
    """恢复: title and text of an earlier version become the newest one; nothing between is lost."""
    current = locked(document)
    demand_handling(actor, current)
    check_version(current, version, mine={"number": number})
    step_of(current, "edit")
    earlier = official_version(current, number)
    if earlier is None:
        raise BadInput(f"没有第{number}稿", where="稿次", remedy="请在稿次列表中选择")
    before = snapshot(current, [*LOGGED, "blocks"])
    current.title, current.blocks = earlier.title, earlier.blocks
    save(current)
    version_keep(current, actor, now, f"恢复第{number}稿")
    log(
        OFFICIAL_RESTORED, current, actor, now, before=before, blocks=current.blocks, note=f"恢复第{number}稿"
    )
    return current


@transaction.atomic
def official_figure_take(
    *, document: OfficialDocument, ref: str, words: str, version: int | None, actor: Actor, now: datetime
) -> OfficialDocument:
    """采用新值: the figure's words become what its source shows now, wherever they stand; a new version.

    A document already checked goes back to its drafter first: the text that is signed is the text that was checked.
    """
    current = locked(document)
    demand_handling(actor, current)
    check_version(current, version, mine={"ref": ref})
    figure = _figure(current, ref, words)
    if not figure.now:
        raise StateConflict(
            "来源已没有这个数", where=words, why="来源的记录可能已删除", remedy="请修改正文，或说明保留理由"
        )
    before = snapshot(current, [*LOGGED, "blocks"])
    if current.state == OfficialDocument.State.CHECKED:
        step_take(current, "return", actor, now, f"数字有变动：{words} → {figure.now}")
    else:
        step_of(current, "edit")
    current.blocks = to_json(with_figure(from_json(current.blocks), ref, words, figure.now))
    save(current)
    version_keep(current, actor, now, f"采用新的数字：{words} → {figure.now}")
    log(
        OFFICIAL_FIGURE_TAKEN,
        current,
        actor,
        now,
        before=before,
        blocks=current.blocks,
        note=f"{words} → {figure.now}",
    )
    return current


@transaction.atomic
def official_figure_keep(
    *,
    document: OfficialDocument,
    ref: str,
    words: str,
    reason: str,
    version: int | None,
    actor: Actor,
    now: datetime,
) -> OfficialDocument:
    """保留原值: with the reason, and only against what the source shows now; if it changes again, it is asked again."""
    current = locked(document)
    demand_handling(actor, current)
    check_version(current, version, mine={"reason": reason})
    if current.state not in (OfficialDocument.State.DRAFT, OfficialDocument.State.CHECKED):
        step_of(current, "edit")
    need(reason, "请写明保留原数字的理由", "保留理由")
    figure = _figure(current, ref, words)
    before = snapshot(current, [*LOGGED, "kept_figures"])
    current.kept_figures = [
        *current.kept_figures,
        {"ref": ref, "words": words, "now": figure.now, "reason": reason.strip()[:200], "by": actor.name, "at": now.isoformat()},
    ]  # fmt: skip
    save(current)
    log(
        OFFICIAL_FIGURE_KEPT,
        current,
        actor,
        now,
        before=before,
        kept_figures=current.kept_figures,
        note=f"{words}：{reason}"[:200],
    )
    return current


def demand_figures(document: OfficialDocument) -> None:
    """Refuses a step while a figure differs from its source and nobody has said why it stays."""
    if changed := figures_of(document):
        words = "、".join(f"{one.words}（现为{one.now or '无'}）" for one in changed[:5])
        raise StateConflict(
            f"拟稿后有 {len(changed)} 个数字的来源变了：{words}",
            where=document.title[:40],
            why="签发的数字须与来源一致",
            remedy="请逐个采用新值，或写明保留理由",
        )


def _figure(document: OfficialDocument, ref: str, words: str) -> Figure:
    for one in figures_of(document):
        if (one.ref, one.words) == (ref, words):
            return one
    raise StateConflict("这个数字与来源一致，或已处理", where=words, remedy="请刷新页面查看")
