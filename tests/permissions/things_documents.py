"""Documents of 兰州市 in every state, and one sent down to it by 甘肃省."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from tests.documents import acts
from tests.documents.acts import an_issuer
from tests.officialdoc.test_word_template import word
from tests.permissions.people import HOME
from tests.permissions.things import NOW, Things

from zhize.apps.documents import services
from zhize.apps.documents.models import Addressee, Issuer, OfficialDocument
from zhize.apps.orgs.selectors import actor_of, hats_of
from zhize.kit.actor import Actor
from zhize.kit.officialdoc import para
from zhize.kit.things import ThingRef

DAY = NOW.date()


def make(things: Things) -> dict[str, Model]:
    w = things.world
    issuer = an_issuer(w, HOME, "lz_office", "兰州市办公室", "兰质振办")
    external = Issuer.objects.create(
        jurisdiction=w.jurisdiction[HOME], unit=w.unit["lz_gov"], name="兰州市政府办公厅", is_external=True
    )
    an_issuer(w)
    office, above = _staff(things, "own"), _staff(things, "parent")
    ours = [w.unit["lz_zjj"].pk, w.unit["cg_office"].pk]
    issued = _upto("issue", HOME, things, office, ours)
    told = _told(things, office, ours)
    return {
        "issuer": issuer,
        "aftermath": told,
        "official_draft": _upto("draft", HOME, things, office, ours),
        "official_checked": _upto("check", HOME, things, office, ours),
        "official_external": _upto("check", HOME, things, office, ours, issuer=external),
        "template": services.template_take(
            kind="letter",
            upload=SimpleUploadedFile("版式.docx", word("{{标题}}", "{{正文}}")),
            jurisdiction=w.jurisdiction[HOME],
            actor=actor_of(
                things.people["own", "director"], hats_of(things.people["own", "director"], DAY)[0]
            ),
            now=NOW,
        ),
        "incoming": services.incoming_register(
            jurisdiction=w.jurisdiction[HOME],
            data={"sort": "paper", "title": "来函", "from_name": "演示单位", "received_on": DAY},
            actor=office,
            now=NOW,
        ),
        "official_asked": services.official_ask(
            document=_upto("check", HOME, things, office, ours),
            unit_ids=[w.unit["lz_zjj"].pk],
            version=None,
            actor=office,
            now=NOW,
        ),
        "official_signed": _upto("sign", HOME, things, office, ours),
        "official_issued": issued,
        "addressee": Addressee.objects.system("test").get(document=issued, unit=w.unit["lz_zjj"]),
        "above_official": _upto("issue", "gs", things, above, [w.unit["lz_office"].pk]),
    }


def _told(things: Things, office: Actor, ours: list[int]) -> Model:
    """The members’ account, its paper repealed: what follows awaits the office."""
    account = ThingRef("assessment.account", things.pk("year"))
    paper = _upto("issue", HOME, things, office, ours, source=account)
    notice = services.official_follow(document=paper, act="repeal", reason="演示", actor=office, now=NOW)
    acts.sent(notice, office, NOW)
    return acts.aftermath(paper)


def _staff(things: Things, place: str) -> Actor:
    user = things.people[place, "staff"]
    return actor_of(user, hats_of(user, DAY)[0])


def _upto(
    step: str,
    place: str,
    things: Things,
    actor: Actor,
    to: list[int],
    issuer: Issuer | None = None,
    source: ThingRef | None = None,
) -> OfficialDocument:
    step_by: dict[str, Any] = {"version": None, "actor": actor, "now": NOW}
    document = services.official_draft(
        jurisdiction=things.world.jurisdiction[place], kind="notice", title="关于报送方案的通知", addressee_ids=to,
        blocks=[para("请报送方案。")], source=source, issuer=issuer, actor=actor, now=NOW,
    )  # fmt: skip
    if step in ("check", "sign", "issue"):
        document = services.official_check(document=document, **step_by)
    if step in ("sign", "issue"):
        document = services.official_sign(document=document, signed_by="演示", signed_on=DAY, **step_by)
    if step == "issue":
        document = services.official_issue(document=document, dated_on=DAY, **step_by)
    return document
