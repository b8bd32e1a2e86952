"""The external auditor's one export."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.audit.support import START, newest, write
from tests.world import World

from zhize.apps.audit.models import Entry, Export

In = Callable[[str], Client]
pytestmark = pytest.mark.usefixtures("home")


def test_the_external_auditor_exports_once_and_may_fetch_the_same_file_again(as_: In) -> None:
    write(3)
    client, address = as_("external"), reverse("portal:audit_export")
    assert client.post(address, {"reason": "2012年度专项审计（演示数据）"}).status_code == 302
    assert newest().type == "audit.log.exported"
    assert "下载导出文件" in client.get(address).content.decode()
    first, second = (b"".join(client.get(reverse("portal:audit_export_file"))) for _ in range(2))
    assert first == second and first.startswith(b"PK")
    again = client.post(address, {"reason": "再来一次"})
    assert again.status_code == 409 and "已经导出过一次" in again.content.decode()
    assert Export.objects.system("test").count() == 1
    assert Entry.objects.system("test").filter(type="audit.log.exported").count() == 1


def test_two_exports_at_once_end_with_one(world: World, as_: In, monkeypatch: pytest.MonkeyPatch) -> None:
    from zhize.apps.audit.services import export_create, exports
    from zhize.kit.errors import StateConflict

    write(1)
    export_create(reason="演示", actor=world.actor("external"), now=START)
    monkeypatch.setattr(exports, "export_of", lambda actor: None)
    with pytest.raises(StateConflict, match="已经导出过一次"):
        export_create(reason="演示", actor=world.actor("external"), now=START + timedelta(seconds=1))
    assert Export.objects.system("test").count() == 1


def test_an_export_asks_what_for(as_: In) -> None:
    write(1)
    response = as_("external").post(reverse("portal:audit_export"), {"reason": "  "})
    assert response.status_code == 400 and "请写明导出用途" in response.content.decode()
    assert not Export.objects.system("test").exists()


@pytest.mark.parametrize("who", ["auditor", "director"])
def test_only_the_external_auditor_exports_from_the_page(as_: In, who: str) -> None:
    write(1)
    client = as_(who)
    assert client.get(reverse("portal:audit_export")).status_code == 403
    assert client.post(reverse("portal:audit_export"), {"reason": "演示"}).status_code == 403
