"""An issuing office, a document it sent, and one sent after it that revokes, repeals or corrects it: for tests of whatever was issued by it."""

from __future__ import annotations

from datetime import datetime

from tests.world import World

from zhize.apps.documents import services
from zhize.apps.documents.models import Aftermath, Issuer, OfficialDocument
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day


def an_issuer(
    world: World,
    place: str = "gs",
    unit: str = "office",
    name: str = "领导小组办公室",
    code: str = "甘质振办",
) -> Issuer:
    """An office that issues under a number of its own."""
    return Issuer.objects.create(
        jurisdiction=world.jurisdiction[place], unit=world.unit[unit], name=name, agency_code=code
    )


def sent(document: OfficialDocument, actor: Actor, now: datetime) -> OfficialDocument:
    """Checked, signed and issued."""
    day = local_day(now)
    document = services.official_check(document=document, version=None, actor=actor, now=now)
    document = services.official_sign(
        document=document, signed_by="主任（演示）", signed_on=day, version=None, actor=actor, now=now
    )
    return services.official_issue(document=document, dated_on=day, version=None, actor=actor, now=now)


def acted_on(document: OfficialDocument, act: str, actor: Actor, now: datetime) -> OfficialDocument:
    """The notice that does it, sent."""
    draft = services.official_follow(document=document, act=act, reason="工作安排调整", actor=actor, now=now)
    return sent(draft, actor, now)


def aftermath(document: OfficialDocument) -> Aftermath:
    return Aftermath.objects.system("test").get(document=document, choice="")


def decide(
    document: OfficialDocument, choice: str, actor: Actor, now: datetime, reason: str = "另行部署"
) -> Aftermath:
    return services.aftermath_decide(
        aftermath=aftermath(document), choice=choice, reason=reason, version=None, actor=actor, now=now
    )
