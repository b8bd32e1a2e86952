"""归档 by year, body and retention; the catalogue; search by two characters; a set of documents as a zip."""

from __future__ import annotations

import hashlib
import io
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
from tests.documents.conftest import Draft
from tests.documents.test_official_pages import _date, client, text_of
from tests.world import World

from zhize.apps.documents import selectors, services
from zhize.apps.documents.models import OfficialDocument, StoredFile
from zhize.apps.documents.tasks import archive_zip_job
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput, NotAllowed
from zhize.kit.files.store import open_content
from zhize.kit.officialdoc import Run, para, table

__all__ = ["_date"]
pytestmark = pytest.mark.django_db


class NoProgress:
    def step(self, done: int, total: int) -> None:
        assert 0 < done <= total


@pytest.fixture
def archived(issued: Draft, office: Actor, now: datetime) -> Draft:
    def make(*, retention: str = "", **change: Any) -> OfficialDocument:
        return services.official_archive(
            document=issued(**change), retention=retention, version=None, actor=office, now=now
        )

    return make


def pack(actor: Actor, now: datetime, **payload: Any) -> Any:
    return archive_zip_job(progress=NoProgress(), payload=payload, actor=actor, now=now)  # type: ignore[arg-type]


def test_each_archived_document_has_its_number_of_year_body_and_retention(archived: Draft) -> None:
    assert [archived().archive_no, archived().archive_no] == ["2012-甘质振办-30年-1", "2012-甘质振办-30年-2"]
    minutes = archived(kind="minutes", to=[], title="第一次联席会议纪要")
    assert (minutes.retention, minutes.archive_no) == ("permanent", "2012-甘质振办-永久-1")
    assert archived(retention="10").archive_no == "2012-甘质振办-10年-1", "said otherwise for this one"


def test_the_catalogue_lists_exports_and_is_for_those_who_work_on_documents(
    world: World, archived: Draft
) -> None:
    archived()
    office = client(world, "office")
    assert "2012-甘质振办-30年-1" in text_of(office.get("/papers/archive/"))
    assert "没有符合条件的记录" in text_of(office.get("/papers/archive/?retention=permanent"))
    assert client(world, "liaison").get("/papers/archive/").status_code == 403


@pytest.mark.parametrize("words", ["电梯", "喆昇", "九成", "合格率"])
def test_any_two_characters_of_the_text_find_the_document(
    world: World, issued: Draft, draft: Draft, office: Actor, words: str
) -> None:
    blocks = [
        para("电梯由喆昇公司维保，", Run("九成", "test.figure:1"), "以上合格。"),
        table(["项目"], [["合格率"]]),
    ]
    wanted = issued(blocks=blocks)
    issued(blocks=[para("与此无关。")], title="另一份通知")
    page = text_of(client(world, "office").get(f"/papers/?q={words}"))
    assert wanted.number in page
    assert "甘质振办〔2012〕2号" not in page
    assert [one.label for one in selectors.official_find(office, words, 5)] == [wanted.title]


def test_a_set_is_packed_with_its_catalogue_and_digests(
    world: World, archived: Draft, office: Actor, now: datetime
) -> None:
    first, _second = archived(), archived(retention="10")
    result = pack(office, now, year=2012, retention="30")
    stored = StoredFile.objects.system("t").get(content_type="application/zip")
    assert result.url == f"/files/{stored.pk}/"
    with zipfile.ZipFile(io.BytesIO(open_content(stored.sha256).read())) as archive:
        names = archive.namelist()
        catalogue = archive.read("归档文件目录.csv").decode("utf-8-sig").splitlines()
        for name in set(names) - {"归档文件目录.csv"}:
            digest = hashlib.sha256(archive.read(name)).hexdigest()
            assert any(digest in row for row in catalogue[1:]), f"{name} bears the digest of the catalogue"
    assert len(names) == 3
    assert len(catalogue) == 3, "head, the Word original and the PDF of the one kept thirty years"
    assert first.docx is not None
    assert first.docx.sha256 in catalogue[1]
    assert client(world, "office").get(result.url).status_code == 200
    assert client(world, "other").get(result.url).status_code in (403, 404)


def test_nothing_to_pack_and_nobody_to_pack_are_said(
    world: World, archived: Draft, office: Actor, now: datetime
) -> None:
    archived()
    with pytest.raises(BadInput, match="没有符合条件的归档文件"):
        pack(office, now, year=2011)
    with pytest.raises(NotAllowed):
        pack(world.actor("leader"), now)
    answer = client(world, "office").post("/papers/archive/zip/", {"year": "2012", "retention": ""})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/jobs/")
    assert date(2012, 3, 5) == now.date()
