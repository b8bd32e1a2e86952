"""Files and evidence: kept once, seen by whom they concern, shown where they can do nothing."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.kit import bad_files as make
from tests.world import World

from zhize.apps.audit.models import Entry
from zhize.apps.documents.models import Evidence, StoredFile
from zhize.apps.documents.services import evidence_hand_in, evidence_register, evidence_update, file_store
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput, EditConflict, NotAllowed
from zhize.kit.files.store import path_of

pytestmark = pytest.mark.django_db
DAY = date(2012, 3, 1)


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def pdf(name: str = "总结.pdf", raw: bytes | None = None) -> ContentFile[bytes]:
    return ContentFile(raw or make.pdf_file(), name=name)


def register(actor: Actor, now: datetime, **change: Any) -> Evidence:
    values: dict[str, Any] = {"upload": pdf(), "dated_on": DAY, "actor": actor, "now": now}
    return evidence_register(**(values | change))


def hand_in(actor: Actor, now: datetime, **change: Any) -> Evidence:
    """Registered, and sent with something."""
    one = register(actor, now, **change)
    evidence_hand_in(evidence=[one], now=now)
    return one


def client(world: World, key: str) -> Client:
    signed_in = Client()
    signed_in.force_login(world.user[key], backend="django.contrib.auth.backends.ModelBackend")
    return signed_in


def test_the_same_file_of_a_unit_is_one_row_and_one_content(
    liaison: Actor, now: datetime, files: Path
) -> None:
    raw = make.pdf_file()
    first = file_store(upload=pdf(raw=raw), actor=liaison, now=now)
    assert file_store(upload=pdf(raw=raw), actor=liaison, now=now) == first
    other_name = file_store(upload=pdf("另名.pdf", raw), actor=liaison, now=now)
    assert other_name.pk != first.pk
    assert other_name.sha256 == first.sha256
    assert len([p for p in files.rglob("*") if p.is_file()]) == 1
    assert (files / path_of(first.sha256)).read_bytes() == raw
    assert Entry.objects.system("test").filter(type="documents.file.stored").count() == 2


def test_a_bad_file_is_refused_and_nothing_is_kept(liaison: Actor, now: datetime, files: Path) -> None:
    with pytest.raises(BadInput, match="非涉密"):
        file_store(upload=pdf("机密.pdf"), actor=liaison, now=now)
    assert not StoredFile.objects.system("test").exists()
    assert not [p for p in files.rglob("*") if p.is_file()]


@pytest.mark.parametrize("key", ["auditor", "external", "leader", "sysadmin", "nohat"])
def test_hats_that_do_no_work_upload_nothing(world: World, now: datetime, key: str) -> None:
    with pytest.raises(NotAllowed):
        file_store(upload=pdf(), actor=world.actor(key), now=now)


def test_evidence_takes_its_title_from_the_file_and_is_recorded(liaison: Actor, now: datetime) -> None:
    one = register(liaison, now, title="总结.pdf", period=(date(2011, 1, 1), date(2011, 12, 31)))
    assert (one.title, one.unit_id, one.period_end) == ("总结", liaison.unit_id, date(2011, 12, 31))
    assert Entry.objects.system("test").filter(type="documents.evidence.registered").count() == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"dated_on": date(2012, 3, 6)}, "晚于今天"),
        ({"period": (date(2012, 2, 1), date(2012, 1, 1))}, "晚于所属期止"),
        ({"publicity": "secret"}, "公开属性"),
        ({"upload": None}, "没有选择文件"),
    ],
)
def test_evidence_that_cannot_be_true_is_refused_in_words(
    liaison: Actor, now: datetime, change: dict[str, Any], words: str
) -> None:
    with pytest.raises(BadInput) as error:
        register(liaison, now, **change)
    assert any(words in str(p) for p in error.value.problems)
    assert not Evidence.objects.system("test").exists()


def test_another_units_file_is_not_ones_evidence(world: World, liaison: Actor, now: datetime) -> None:
    file = file_store(upload=pdf(), actor=liaison, now=now)
    with pytest.raises(NotAllowed):
        register(world.actor("other"), now, upload=None, file=file)


def test_evidence_is_changed_by_its_unit_and_two_editors_meet(
    world: World, liaison: Actor, now: datetime
) -> None:
    one = hand_in(liaison, now)
    evidence_update(thing=one, data={"title": "新名"}, version=1, actor=liaison, now=now)
    with pytest.raises(EditConflict):
        evidence_update(thing=one, data={"title": "旧名"}, version=1, actor=liaison, now=now)
    with pytest.raises(NotAllowed):
        evidence_update(
            thing=one, data={"title": "办公室改"}, version=2, actor=world.actor("office"), now=now
        )
    assert Evidence.objects.system("test").get().title == "新名"
    assert Entry.objects.system("test").get(type="documents.evidence.changed").before["title"] == "总结"


@pytest.mark.parametrize(
    ("key", "status"),
    [
        ("liaison", 200), ("clerk", 200), ("office", 200), ("leader", 200), ("auditor", 200), ("external", 200),
        ("other", 403), ("sysadmin", 200), ("sibling", 404), ("child", 404), ("nohat", 403),
    ],
)  # fmt: skip
def test_who_opens_a_members_file(world: World, liaison: Actor, now: datetime, key: str, status: int) -> None:
    file = file_store(upload=pdf(), actor=liaison, now=now)
    if key == "sysadmin":
        status = 403 if world.actor(key).unit_id != liaison.unit_id else 200
    assert client(world, key).get(f"/files/{file.pk}/").status_code == status
    assert client(world, key).get(f"/files/{file.pk}/content/").status_code == status


def test_published_material_is_open_to_all_of_the_jurisdiction(
    world: World, liaison: Actor, now: datetime
) -> None:
    one = register(liaison, now, publicity="open")
    assert client(world, "other").get(f"/files/{one.file_id}/").status_code == 200
    assert client(world, "sibling").get(f"/files/{one.file_id}/").status_code == 404


def test_a_file_handed_up_is_seen_there(world: World, now: datetime) -> None:
    one = hand_in(world.actor("sibling"), now, jurisdiction=world.jurisdiction["gs"])
    assert client(world, "office").get(f"/files/{one.file_id}/").status_code == 200
    assert client(world, "sibling").get(f"/files/{one.file_id}/").status_code == 200
    assert client(world, "sibling2").get(f"/files/{one.file_id}/").status_code == 404


def test_a_download_is_an_attachment_that_no_browser_guesses_about(
    world: World, liaison: Actor, now: datetime
) -> None:
    file = file_store(upload=pdf("年度 总结.pdf"), actor=liaison, now=now)
    answer = client(world, "liaison").get(f"/files/{file.pk}/")
    assert answer["Content-Disposition"] == "attachment; filename*=UTF-8''" + (
        "%E5%B9%B4%E5%BA%A6%20%E6%80%BB%E7%BB%93.pdf"
    )
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content).startswith(b"%PDF")


def test_shown_content_may_do_nothing(world: World, liaison: Actor, now: datetime) -> None:
    picture = file_store(upload=ContentFile(make.png_file(), name="图.png"), actor=liaison, now=now)
    answer = client(world, "liaison").get(f"/files/{picture.pk}/content/")
    policy = answer["Content-Security-Policy"]
    assert "sandbox" in policy
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert answer["Content-Disposition"].startswith("inline")


def test_only_pictures_and_pdf_are_shown(world: World, liaison: Actor, now: datetime) -> None:
    word = file_store(upload=ContentFile(make.docx_file(), name="方案.docx"), actor=liaison, now=now)
    assert client(world, "liaison").get(f"/files/{word.pk}/content/").status_code == 404


@pytest.mark.usefixtures("shell")
def test_pages_show_facts_and_frame(world: World, liaison: Actor, now: datetime) -> None:
    one = hand_in(liaison, now)
    me = client(world, "liaison")
    shown = me.get(f"/files/{one.file_id}/view/").content.decode()
    assert f'src="/files/{one.file_id}/content/"' in shown
    assert one.file.sha256 in shown
    assert "查看文件" in me.get(f"/files/evidence/{one.pk}/").content.decode()
    other = client(world, "other").get(f"/files/evidence/{one.pk}/")
    assert other.status_code == 200
    assert "没有主动公开" in other.content.decode()
    assert client(world, "sibling").get(f"/files/evidence/{one.pk}/").status_code == 404


@pytest.mark.usefixtures("shell")
def test_evidence_is_registered_on_a_page(world: World, liaison: Actor, now: datetime) -> None:
    me = client(world, "liaison")
    assert "本系统仅处理非涉密信息" in me.get("/files/evidence/new/").content.decode()
    form = {
        "file": SimpleUploadedFile("总结.pdf", make.pdf_file()),
        "dated_on": "2012-03-01",
        "publicity": "open",
    }
    assert me.post("/files/evidence/new/", form).status_code == 302
    bad = form | {"file": SimpleUploadedFile("秘密.pdf", make.pdf_file())}
    answer = me.post("/files/evidence/new/", bad)
    assert answer.status_code == 400
    assert "非涉密" in answer.content.decode()
    assert client(world, "leader").get("/files/evidence/new/").status_code == 403


def test_content_lost_from_the_store_is_told(
    world: World, liaison: Actor, now: datetime, files: Path
) -> None:
    file = file_store(upload=pdf(), actor=liaison, now=now)
    (files / path_of(file.sha256)).unlink()
    answer = client(world, "liaison").get(f"/files/{file.pk}/")
    assert answer.status_code == 400


@pytest.mark.usefixtures("shell")
def test_the_list_shows_the_scope_and_the_giver_edits(world: World, liaison: Actor, now: datetime) -> None:
    one = hand_in(liaison, now, title="质量工作总结")
    assert "质量工作总结" in client(world, "office").get("/files/evidence/").content.decode()
    assert "质量工作总结" not in client(world, "sibling").get("/files/evidence/").content.decode()
    me, url = client(world, "liaison"), f"/files/evidence/{one.pk}/edit/"
    assert "质量工作总结" in me.get(url).content.decode()
    form = {"title": "改名", "dated_on": "2012-03-01", "publicity": "open", "version": "1"}
    form |= {f"initial-{name}": value for name, value in form.items()}
    assert me.post(url, form).status_code == 302
    assert Evidence.objects.system("test").get().title == "改名"
    assert client(world, "office").get(url).status_code == 403
