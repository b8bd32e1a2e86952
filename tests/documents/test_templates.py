"""公文模板: tried, taken into use, used when a document of its kind is written, stopped."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.documents.conftest import SIGNED, Draft
from tests.officialdoc.test_word_template import OWN, word
from tests.world import World

from zhize.apps.documents import services
from zhize.apps.documents.models import PaperTemplate, StoredFile
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput, NotAllowed, StateConflict
from zhize.kit.files.store import open_content

pytestmark = pytest.mark.django_db
Take = Callable[..., PaperTemplate]


@pytest.fixture
def take(world: World, now: datetime) -> Take:
    def make(content: bytes = OWN, kind: str = "notice", key: str = "director") -> PaperTemplate:
        return services.template_take(
            kind=kind, upload=SimpleUploadedFile("本单位版式.docx", content), jurisdiction=world.jurisdiction["gs"],
            actor=world.actor(key), now=now,
        )  # fmt: skip

    return make


def words(content: bytes) -> list[str]:
    return [one.text for one in docx.Document(BytesIO(content)).paragraphs]


def kept(file: StoredFile | None) -> list[str]:
    assert file is not None
    with open_content(file.sha256) as content:
        return words(content.read())


def test_a_document_of_the_kind_goes_out_in_the_offices_own_word(
    take: Take, signed: Draft, office: Actor, now: datetime
) -> None:
    take()
    document = services.official_issue(document=signed(), dated_on=SIGNED, version=None, actor=office, now=now)  # fmt: skip
    said = kept(document.docx)
    assert said[:3] == ["本单位自己的文头", "文号：甘质振办〔2012〕1号（存）", document.title]
    assert "请报送本单位工作方案。" in said
    assert document.pdf is not None, "the PDF keeps the layout of the standard"


def test_other_kinds_and_jurisdictions_and_a_stopped_template_keep_the_built_in_layout(
    world: World, take: Take, issued: Draft, now: datetime
) -> None:
    template = take()
    letter = issued(kind="letter", title="关于商请支持的函", to=["zjj"])
    assert "本单位自己的文头" not in kept(letter.docx)
    services.template_stop(template=template, actor=world.actor("director"), now=now)
    assert "本单位自己的文头" not in kept(issued().docx)
    with pytest.raises(StateConflict, match="已经停用"):
        services.template_stop(template=template, actor=world.actor("director"), now=now)


def test_a_new_template_replaces_the_one_in_use_which_stays_to_be_seen(take: Take) -> None:
    old, new = take(), take(word("新文头", "{{正文}}"))
    old.refresh_from_db()
    assert (old.stopped_at is not None, new.stopped_at) == (True, None)
    assert new.fields == "正文"


def test_unknown_fields_are_refused_by_name_and_nothing_is_kept(take: Take) -> None:
    with pytest.raises(BadInput, match="不认识的域“标提”"):
        take(word("{{标提}}", "{{正文}}"))
    assert not PaperTemplate.objects.system("test").exists()
    assert not StoredFile.objects.system("test").exists()


@pytest.mark.parametrize("key", ["office", "leader", "liaison", "sibling_head", "sysadmin"])
def test_only_the_director_of_the_jurisdiction_takes_a_template_into_use(take: Take, key: str) -> None:
    with pytest.raises(NotAllowed, match="办公室主任"):
        take(key=key)


def test_a_template_is_tried_on_a_sample_before_it_is_used(world: World, take: Take, client: Client) -> None:
    client.force_login(world.user["director"])
    data: dict[str, Any] = {"kind": "notice", "file": SimpleUploadedFile("版式.docx", OWN), "try": "1"}
    answer = client.post("/papers/templates/new/", data)
    assert answer.status_code == 200
    said = words(answer.content)
    assert "关于报送演示材料的通知" in said and "附件：填报表" in said
    assert not PaperTemplate.objects.system("test").exists(), "a trial keeps nothing"
    bad = SimpleUploadedFile("版式.docx", word("{{标提}}", "{{正文}}"))
    answer = client.post("/papers/templates/new/", {"kind": "notice", "file": bad, "try": "1"})
    assert answer.status_code == 422
    assert "不认识的域“标提”" in answer.content.decode()
    template = take()
    sample = client.get(f"/papers/templates/{template.pk}/sample/")
    assert "关于报送演示材料的通知" in words(sample.content)
    page = client.get(f"/papers/templates/{template.pk}/").content.decode()
    assert "停用，恢复内置版式" in page
