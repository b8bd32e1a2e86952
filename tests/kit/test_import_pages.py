"""The pages of an import, from upload to published, without JavaScript."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from tests.kit.importing import SPEC, row, workbook

from zhize.apps.orgs.models import Unit
from zhize.kit.files.early import UploadLimitMiddleware
from zhize.kit.imports import views
from zhize.kit.models import ImportRun, Job

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]
SignIn = Callable[[str], Client]
ROOT = f"/imports/{SPEC.kind}/"


def send(client: Client, raw: bytes, name: str = "名册.xlsx") -> Any:
    return client.post(ROOT, {"file": SimpleUploadedFile(name, raw)})


def text(response: Any) -> str:
    return str(response.content.decode())


def test_from_upload_to_published(as_: SignIn) -> None:
    client = as_("office")
    assert "本系统仅处理非涉密信息" in text(client.get(ROOT))
    answer = send(
        client, workbook(row(1), ["test-zjj", "新名称", "甘肃省", "政府部门", 2, "2011-01-01", "是"])
    )
    assert answer.status_code == 302
    shown = text(client.get(answer.url))
    assert "<del>省质监局</del>" in shown
    assert "<ins>新名称</ins>" in shown
    assert "确认导入" in shown
    assert "甘肃省" in text(client.get(f"{answer.url}?effect=add"))
    done = client.post(f"{answer.url}publish/", follow=True)
    assert "新增 1 行，修改 1 行" in text(done)
    assert Unit.objects.system("test").filter(code="u1").exists()


def test_errors_are_shown_downloaded_and_hold_everything_back(as_: SignIn) -> None:
    client = as_("office")
    url = send(client, workbook(row(1), row(2, region="火星"))).url
    shown = text(client.get(url))
    assert "没有找到“火星”" in shown
    assert "只导入正确的 1 行" in shown
    assert client.get(f"{url}errors/").content.startswith(b"PK")
    assert client.post(f"{url}publish/").status_code == 409
    assert client.post(f"{url}publish/", {"only_good": "1"}).status_code == 302


def test_unknown_heads_are_matched_on_a_page(as_: SignIn) -> None:
    client = as_("office")
    url = send(client, workbook(row(1)[:4], head=["甲", "乙", "丙", "丁"])).url
    assert url.endswith("/columns/")
    assert "第 A 列：甲" in text(client.get(url))
    assert client.post(url, {"column_name": "1"}).status_code == 400
    form = {"column_code": "0", "column_name": "1", "column_region": "2", "column_kind": "3"}
    assert client.post(url, form).url == url.removesuffix("columns/")


def test_a_bad_file_is_answered_on_the_upload_page(as_: SignIn) -> None:
    client = as_("office")
    answer = send(client, b"", "空.xlsx")
    assert (answer.status_code, "空的" in text(answer)) == (400, True)
    assert "不收“pdf”类型" in text(send(client, b"%PDF-1.4", "a.pdf"))
    assert "没有选择文件" in text(client.post(ROOT, {}))


def test_a_dropped_import_writes_nothing(as_: SignIn) -> None:
    client = as_("office")
    url = send(client, workbook(row(1))).url
    assert "没有写入任何数据" in text(client.post(f"{url}drop/", follow=True))
    assert "已放弃" in text(client.get(url))
    assert client.post(f"{url}publish/").status_code == 409


def test_a_long_import_is_published_by_a_job(as_: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "WAITED_FOR", 1)
    client = as_("office")
    url = send(client, workbook(row(1), row(2))).url
    answer = client.post(f"{url}publish/")
    assert answer.url.startswith("/jobs/")
    assert Job.objects.system("test").order_by("-pk")[0].message == "导入完成：新增 2 行，修改 0 行。"
    assert ImportRun.objects.system("test").get().state == "published"


def test_template_again_and_failed_pages(as_: SignIn) -> None:
    client = as_("office")
    assert client.get(f"{ROOT}template/").content.startswith(b"PK")
    url = send(client, workbook(row(1))).url
    assert client.post(f"{url}again/").status_code == 302
    failed = send(client, workbook()).url
    assert "表头下面没有数据" in text(client.get(failed))


def test_others_imports_are_404_and_hats_without_the_right_403(as_: SignIn) -> None:
    url = send(as_("office"), workbook(row(1))).url
    assert as_("sibling").get(url).status_code == 404
    assert as_("liaison").get(url).status_code == 404
    assert as_("liaison").get(ROOT).status_code == 403
    assert as_("office").get("/imports/no.thing/").status_code == 404
    assert as_("nohat").get(ROOT).status_code == 403
    assert Client().get(ROOT).status_code == 302


def test_queries_do_not_grow_with_staged_rows(as_: SignIn, django_assert_max_num_queries: Any) -> None:
    client = as_("office")
    small = send(client, workbook(*[row(n) for n in range(3)])).url
    large = send(client, workbook(*[row(n) for n in range(200)])).url
    with django_assert_max_num_queries(15) as few:
        client.get(small)
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(large)


def test_a_gigabyte_is_refused_by_its_announced_length_without_reading_it(shell: None) -> None:
    class Unread(io.BytesIO):
        def read(self, *_args: Any) -> bytes:
            raise AssertionError("the body was read")

    request = RequestFactory().post("/imports/x/", data=b"", content_type="multipart/form-data; boundary=x")
    request.META["CONTENT_LENGTH"] = str(1100 * 1024 * 1024)
    request._stream = Unread()  # type: ignore[attr-defined]
    answer = UploadLimitMiddleware(lambda _request: pytest.fail("went on"))(request)
    assert answer.status_code == 413
    assert "超过" in answer.content.decode()
