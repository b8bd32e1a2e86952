"""Documents of a small province: pages drawn in the kit's bare test shell, an issuer, drafts by row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from tests.documents.acts import an_issuer
from tests.documents.steps import GIVEN, PAPER, SERVICES, SIGNED, scan
from tests.kit.conftest import shell
from tests.world import World

from zhize.apps.documents import services
from zhize.apps.documents.models import Issuer, OfficialDocument
from zhize.kit.actor import Actor
from zhize.kit.officialdoc import heading, para

__all__ = ["SIGNED", "shell"]

Draft = Callable[..., OfficialDocument]


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def issuer(world: World) -> Issuer:
    return an_issuer(world)


@pytest.fixture
def draft(world: World, issuer: Issuer, office: Actor, now: datetime) -> Draft:
    """draft() → a notice to 省质监局 and 兰州市领导小组办公室; draft(to=["zjj"], kind="letter", title=…)."""

    def make(
        *, to: list[str] | None = None, copy: list[str] | None = None, **change: Any
    ) -> OfficialDocument:
        values: dict[str, Any] = {
            "jurisdiction": world.jurisdiction["gs"],
            "kind": "notice",
            "title": "关于报送2012年质量振兴工作方案的通知",
            "addressee_ids": [world.unit[key].pk for key in (["zjj", "lz_office"] if to is None else to)],
            "copy_ids": [world.unit[key].pk for key in copy or []],
            "blocks": [heading("一、报送内容"), para("请报送本单位工作方案。")],
            "source": None,
            "actor": office,
            "now": now,
        }
        return services.official_draft(**values | change)

    return make


@pytest.fixture
def checked(draft: Draft, office: Actor, now: datetime) -> Draft:
    def make(**change: Any) -> OfficialDocument:
        return services.official_check(document=draft(**change), version=None, actor=office, now=now)

    return make


@pytest.fixture
def signed(checked: Draft, office: Actor, now: datetime) -> Draft:
    def make(**change: Any) -> OfficialDocument:
        return services.official_sign(
            document=checked(**change),
            signed_by="办公室主任（演示）",
            signed_on=SIGNED,
            version=None,
            actor=office,
            now=now,
        )

    return make


@pytest.fixture
def issued(signed: Draft, office: Actor, now: datetime) -> Draft:
    def make(**change: Any) -> OfficialDocument:
        return services.official_issue(
            document=signed(**change), dated_on=SIGNED, version=None, actor=office, now=now
        )

    return make


@pytest.fixture
def take(world: World, office: Actor, now: datetime) -> Callable[..., OfficialDocument]:
    def act(document: OfficialDocument, name: str, actor: Actor = office) -> OfficialDocument:
        more = {"ask": {"unit_ids": [world.unit["zjj"].pk]}, "register": {"final": scan()}}.get(name, {})
        more |= GIVEN[name]
        if name == "countersign":
            paper = {} if actor.unit_id == world.unit["zjj"].pk else PAPER
            answer = services.official_countersign(
                document=document,
                unit_id=world.unit["zjj"].pk,
                answer="agreed",
                **paper,
                actor=actor,
                now=now,
            )
            return answer.document
        done: OfficialDocument = SERVICES[name](document=document, version=None, actor=actor, now=now, **more)
        return done

    return act
