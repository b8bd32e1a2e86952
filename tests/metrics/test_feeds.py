"""来源系统: the mapping of a department's export is kept once; then a file a period, and one click."""

from __future__ import annotations

import io
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.kit.bad_files import xlsx_file
from tests.metrics.conftest import BATCHES, PASSED, RATE, Browse, text_of
from tests.world import World

from zhize.apps.audit.models import Entry
from zhize.apps.metrics import services
from zhize.apps.metrics.models import Card, Feed, FeedReading, Observation
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput, EditConflict, NotAllowed
from zhize.kit.fields import specs
from zhize.kit.imports.publish import import_publish
from zhize.kit.models import ImportRow, ImportRun

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day", "cards", "year")]
DATA = {
    "name": "监督抽查信息系统", "region_head": "市州", "skipped": "合计",
    "columns": f"抽查批次 = 产品质量监督抽查批次\n合格批次 = {PASSED}",
}  # fmt: skip
TABLE: list[list[object]] = [
    ["监督抽查情况表"], ["序号", "市州", "抽查批次", "合格批次"], [1, "兰州市", 120, 111], [2, "天水市", 80, 78], ["", "合计", 200, 189],
]  # fmt: skip


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def feed(world: World, office: Actor, now: datetime) -> Feed:
    return services.feed_create(jurisdiction=world.jurisdiction["gs"], data=DATA, actor=office, now=now)


def read(feed: Feed, actor: Actor, now: datetime, table: list[list[object]] | None = None) -> ImportRun:
    raw = xlsx_file(table or TABLE)
    run = services.feed_read(
        feed=feed, period="2012年第一季度", upload=io.BytesIO(raw), name="抽查.xlsx", size=len(raw), actor=actor, now=now
    )  # fmt: skip
    return ImportRun.objects.system("test").get(pk=run.pk)


def test_a_periods_export_is_rehearsed_and_one_click_publishes_it(
    feed: Feed, office: Actor, now: datetime, browse: Browse
) -> None:
    run = read(feed, office, now)
    assert [row.effect for row in ImportRow.objects.filter(run=run)] == ["add"] * 4
    import_publish(run=run, spec=specs()["metrics.observation"], only_good=False, actor=office, now=now)
    rows = Observation.objects.system("test").select_related("card", "region")
    found = {(row.card.code, row.region.name if row.region else ""): row for row in rows}
    assert found[BATCHES, "兰州市"].value == 120 and found[PASSED, "天水市"].value == 78
    assert found[BATCHES, "兰州市"].source_words == "监督抽查信息系统导出：抽查.xlsx"
    assert found[RATE, "兰州市"].value == Decimal("92.5")
    kept = Feed.objects.system("test").get()
    assert (kept.last_label, kept.last_file) == ("2012年第一季度", "抽查.xlsx")
    figure = reverse("metrics:figure", args=[found[BATCHES, "兰州市"].pk])
    reading = FeedReading.objects.system("test").get()
    link = reverse("documents:evidence", args=[reading.evidence_id])
    assert link in browse("office").get(figure).content.decode()
    assert reading.evidence.file.name == "抽查.xlsx" and reading.label == "2012年第一季度"
    again = read(kept, office, now)
    assert [row.effect for row in ImportRow.objects.filter(run=again)] == ["same"] * 4
    assert Entry.objects.system("test").filter(type="metrics.feed.read").count() == 2


def test_a_file_of_another_shape_is_refused_in_words(feed: Feed, office: Actor, now: datetime) -> None:
    with pytest.raises(BadInput, match="缺少表头：合格批次"):
        read(feed, office, now, [["市州", "抽查批次"], ["兰州市", 1]])
    with pytest.raises(BadInput, match="没有一个数"):
        read(feed, office, now, [["市州", "抽查批次", "合格批次"], ["合计", 1, 1]])
    assert Feed.objects.system("test").get().last_label == ""


@pytest.mark.parametrize(
    ("columns", "says"),
    [("抽查批次 = 没有的指标", "没有指标"), (f"合格率 = {RATE}", "由系统计算"), ("抽查批次", "看不懂")],
)
def test_a_mapping_to_what_takes_no_figures_from_files_is_refused(
    world: World, office: Actor, now: datetime, columns: str, says: str
) -> None:
    data = DATA | {"columns": columns}
    with pytest.raises(BadInput, match=says):
        services.feed_create(jurisdiction=world.jurisdiction["gs"], data=data, actor=office, now=now)


def test_only_the_office_keeps_sources_and_two_at_once_see_both(
    feed: Feed, world: World, office: Actor, now: datetime
) -> None:
    with pytest.raises(NotAllowed):
        services.feed_update(feed=feed, data=DATA, version=1, actor=world.actor("liaison"), now=now)
    services.feed_update(feed=feed, data=DATA | {"skipped": "总计"}, version=1, actor=office, now=now)
    with pytest.raises(EditConflict):
        services.feed_update(feed=feed, data=DATA, version=1, actor=office, now=now)


def test_the_pages_from_registering_to_the_dry_run(browse: Browse, cards: dict[str, Card]) -> None:
    client = browse("office")
    assert reverse("metrics:feeds") in client.get(reverse("metrics:figures")).content.decode()
    refused = client.post(reverse("metrics:feed_create"), DATA | {"columns": "甲乙"})
    assert refused.status_code == 400 and "看不懂" in refused.content.decode()
    made = client.post(reverse("metrics:feed_create"), DATA)
    feed = Feed.objects.system("test").get()
    assert made["Location"] == reverse("metrics:feed", args=[feed.pk])
    file = SimpleUploadedFile("抽查.xlsx", xlsx_file(TABLE))
    sent = client.post(
        reverse("metrics:feed_read", args=[feed.pk]), {"period": "2012年第一季度", "file": file}
    )
    run = ImportRun.objects.system("test").get()
    assert sent["Location"] == reverse("imports:run", args=["metrics.observation", run.pk])
    assert "2012年第一季度" in text_of(client.get(reverse("metrics:feed", args=[feed.pk])))
    assert browse("liaison").get(reverse("metrics:feeds")).status_code == 403
