"""Every saving is a version; two are compared paragraph by paragraph; figures are held against their source."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from tests.documents.conftest import SIGNED, Draft
from tests.documents.test_official_pages import _date, client, text_of
from tests.world import World

from zhize.apps.documents import selectors, services
from zhize.apps.documents.models import OfficialVersion
from zhize.core.papers.compare import compare
from zhize.kit import figures
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput, StateConflict
from zhize.kit.officialdoc import Run, from_json, para, table

__all__ = ["_date"]
pytestmark = pytest.mark.django_db
SHOWN = {3: ["96.5%", "产品质量合格率"], 4: ["1200家"]}


@pytest.fixture(autouse=True)
def source(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[int, list[str]]]:
    values = {pk: list(words) for pk, words in SHOWN.items()}
    monkeypatch.setitem(
        figures._sources, "test.figure", lambda ids: {pk: values[pk] for pk in ids if pk in values}
    )
    yield values


BLOCKS = [
    para("合格率", Run("96.5%", "test.figure:3"), "，检查企业", Run("1,200家", "test.figure:4"), "。"),
    table(["指标", "值"], [["合格率", Run("96.50%", "test.figure:3")]]),
]


def test_every_saving_is_a_version_and_an_earlier_one_comes_back(
    world: World, draft: Draft, office: Actor, now: datetime
) -> None:
    document = draft()
    by = {"version": None, "actor": office, "now": now}
    services.official_update(document=document, data={"title": "关于报送方案的通知"}, **by)
    services.official_update(document=document, data={"note": "联系人"}, **by)
    services.official_update(document=document, data={"blocks": [para("请于三月底前报送方案。")]}, **by)
    numbers = [row.number for row in selectors.versions_of(office, document)]
    assert numbers == [3, 2, 1], "a note is no version of the text"
    page = text_of(client(world, "office").get(f"/papers/{document.pk}/versions/?old=1&new=3"))
    assert "<del>" in page
    assert "<ins>" in page
    restored = services.official_restore(document=document, number=1, **by)
    assert restored.title == "关于报送2012年质量振兴工作方案的通知"
    last = OfficialVersion.objects.system("t").order_by("-number").first()
    assert last is not None
    assert (last.number, last.why) == (4, "恢复第1稿")
    with pytest.raises(BadInput, match="没有第9稿"):
        services.official_restore(document=document, number=9, **by)


def test_paragraphs_are_compared_word_by_word() -> None:
    old = ["一、总体要求", "请各单位于3月底前报送方案。", "联系人：演示"]
    new = ["一、总体要求", "请各单位于4月10日前报送工作方案。", "二、时间安排"]
    assert [line.kind for line in compare(old, new)] == ["same", "changed", "added", "removed"]
    found = {line.kind: line.words for line in compare(old, new)}
    assert ("-", "3月底") in found["changed"] or ("+", "工作") in found["changed"]
    assert "".join(text for line in compare(old, new) for op, text in line.words if op != "+") == "".join(old)
    assert "".join(text for line in compare(old, new) for op, text in line.words if op != "-") == "".join(new)


def test_equal_figures_are_equal_however_they_are_written(draft: Draft) -> None:
    assert selectors.figures_of(draft(blocks=BLOCKS)) == ()
    for one, other in [("96.5%", "96.50 %"), ("1200", "1,200家"), ("80.50分", "80.5"), ("100", "100.0")]:
        assert figures.same(one, other), (one, other)
    for one, other in [("96.5%", "96.4%"), ("12家", "12个"), ("100", "10"), ("完成", "未完成")]:
        assert not figures.same(one, other), (one, other)


def test_a_changed_figure_stops_the_check_until_it_is_taken_anew(
    world: World, draft: Draft, office: Actor, now: datetime, source: dict[int, list[str]]
) -> None:
    document = draft(blocks=BLOCKS)
    source[3][0] = "95.1%"
    assert "拟稿后变动的数字" in text_of(client(world, "office").get(f"/papers/{document.pk}/"))
    by = {"version": None, "actor": office, "now": now}
    with pytest.raises(StateConflict, match="2 个数字的来源变了"):
        services.official_check(document=document, **by)
    changed = services.official_figure_take(document=document, ref="test.figure:3", words="96.5%", **by)
    changed = services.official_figure_take(document=changed, ref="test.figure:3", words="96.50%", **by)
    blocks = from_json(changed.blocks)
    assert (blocks[0].text, blocks[1].rows[0][1].text) == ("合格率95.1%，检查企业1,200家。", "95.1%")  # type: ignore[union-attr]
    assert [row.why for row in selectors.versions_of(office, document)][1] == "采用新的数字：96.5% → 95.1%"
    assert services.official_check(document=changed, **by).state == "checked"


def test_a_figure_kept_with_its_reason_is_asked_again_when_the_source_changes_again(
    draft: Draft, office: Actor, now: datetime, source: dict[int, list[str]]
) -> None:
    document = draft(blocks=BLOCKS[:1])
    source[3][0] = "95.1%"
    given = {
        "document": document,
        "ref": "test.figure:3",
        "words": "96.5%",
        "version": None,
        "actor": office,
        "now": now,
    }
    with pytest.raises(BadInput, match="保留原数字的理由"):
        services.official_figure_keep(**given, reason="")
    kept = services.official_figure_keep(**given, reason="以会议通过的数为准")
    assert kept.kept_figures[0]["reason"] == "以会议通过的数为准"
    assert selectors.figures_of(kept) == ()
    source[3][0] = "94%"
    assert [one.now for one in selectors.figures_of(kept)] == ["94%"]


def test_a_figure_that_changes_after_the_check_stops_signing_and_goes_back(
    draft: Draft, office: Actor, now: datetime, source: dict[int, list[str]]
) -> None:
    by = {"version": None, "actor": office, "now": now}
    document = services.official_check(document=draft(blocks=BLOCKS[:1]), **by)
    source[4][0] = "1180家"
    with pytest.raises(StateConflict, match="1,200家（现为1180家）"):
        services.official_sign(document=document, signed_by="主任（演示）", signed_on=SIGNED, **by)
    back = services.official_figure_take(document=document, ref="test.figure:4", words="1,200家", **by)
    assert back.state == "draft", "what is signed is what was checked"
    del source[4]
    with pytest.raises(StateConflict, match="来源已没有这个数"):
        services.official_figure_take(document=back, ref="test.figure:4", words="1180家", **by)
