"""The Gansu regulation, in the real text and in our rendition: the same counts, holders, flags, and the same confirmations."""

import pytest
from tests.core.reading import confirmations, lexicon, real, rendition

from zhize.core.duties.candidates import read
from zhize.core.duties.candidates_confirm import replay
from zhize.core.kernel.refs import Mark
from zhize.core.regulation.holders import Role, Sort
from zhize.core.regulation.model import render

UNITS = [
    "省质监局",
    "甘肃出入境检验检疫局",
    "省工商局",
    "省建设厅",
    "省交通运输厅",
    "省水利厅",
    "省教育厅",
    "省农牧厅",
    "省林业厅",
    "省发展改革委",
    "省工信委",
    "省政府国资委",
    "省科技厅",
    "省财政厅",
    "省卫生厅",
    "省食品药品监管局",
    "省环保厅",
    "省安监局",
    "省统计局",
    "省商务厅",
    "省旅游局",
]


@pytest.fixture(params=["real", "rendition"])
def text(request):
    return real("gansu-2011") if request.param == "real" else rendition()


@pytest.fixture
def proposal(text):
    return read(text, lexicon())


def by_key(proposal):
    return {c.key: c for c in proposal.candidates}


def test_it_renders_back_character_by_character(text, proposal):
    assert render(proposal.document) == text


def test_it_has_four_sections_sixteen_clauses_and_fourteen_entries(proposal):
    document = proposal.document
    assert [document.count(m) for m in (Mark.HAN, Mark.HAN_PAREN, Mark.ARABIC)] == [4, 16, 14]
    assert not proposal.warnings


def test_opening_is_read_and_the_date_with_the_hollow_circle_too(proposal):
    document = proposal.document
    assert document.title == "甘肃省推进质量振兴工作责任制度"
    assert document.issue_date == "2011-07-12"
    assert document.addressees == (
        "各市、自治州人民政府",
        "省政府有关部门",
        "中央在甘有关单位",
        "省属重点企业",
    )
    assert [c.number for c in document.citations if c.number] == [
        "甘政发〔2010〕25号",
        "甘政办发〔2011〕24号",
        "甘政办发〔2011〕58号",
    ]
    assert {s.short: s.full for s in document.short_names} == {"领导小组": "甘肃省推进质量振兴工作领导小组"}


def test_twenty_one_units_hold_thirty_eight_segments_in_fifty_three_pairs(proposal):
    counts = proposal.counts()
    assert [h.name for h in proposal.members] == UNITS
    assert [counts[k] for k in ("units", "segments", "pairs", "common")] == [21, 38, 53, 4]
    entries = [c for c in proposal.candidates if len(c.ref.path) == 3 and c.number == 1]
    assert sum(1 for c in entries if len(c.units) > 1) == 5


def test_group_office_members_and_local_governments_hold_their_sections(proposal):
    for section, sort in ((1, Sort.GROUP), (2, Sort.OFFICE), (4, Sort.GOVERNMENTS)):
        of_section = [c for c in proposal.candidates if c.ref.path[0] == section]
        assert of_section and all({h.sort for h in c.holders} == {sort} for c in of_section)
    assert [c.key for c in proposal.candidates if c.common] == ["3.1#1", "3.2#1", "3.3#1", "3.4#1"]
    assert len(list(proposal.common_pairs())) == 4 * 21


def test_the_sentence_that_names_one_joint_unit_is_that_units_and_flagged(proposal):
    duty = by_key(proposal)["3.1.4#2"]
    assert [h.name for h in duty.holders] == ["省交通运输厅"]
    assert [code for code, _ in duty.flags] == ["named_in_joint"]


def test_the_forestry_sentence_stays_joint_but_goes_to_a_person(proposal):
    duty = by_key(proposal)["3.1.6#3"]
    assert [h.name for h in duty.holders] == ["省农牧厅", "省林业厅"]
    assert [code for code, _ in duty.flags] == ["fits_one"] and "省林业厅" in duty.flags[0][1]
    assert {c.key for c in proposal.candidates if c.flags} == {"3.1.4#2", "3.1.6#3"}


def test_a_co_actor_is_no_holder_and_haccp_is_nobody(proposal):
    duty = by_key(proposal)["3.1.13#1"]
    assert [(h.name, h.role) for h in duty.holders] == [("省统计局", Role.UNKNOWN), ("省质监局", Role.CO_ACT)]
    assert not any("HACCP" in h.name or "食品安全保障" in h.name for h in proposal.holders)
    assert not proposal.brackets


def test_the_text_holds_no_date_so_none_is_proposed(proposal):
    assert not any(c.recurrence.due for c in proposal.candidates)


def test_every_confirmation_replays_and_nothing_is_left_open(proposal):
    result = replay(proposal, confirmations())
    assert result.problems == () and result.open == ()
    assert len(result.duties) == 55
    titles = [d.title for d in result.duties]
    assert len(set(titles)) == len(titles)
    confirmed = {d.candidate.key: d for d in result.duties}
    assert confirmed["3.1.6#3"].holders == ("省林业厅",)
    assert confirmed["3.1.3#1"].nature == "counted" and confirmed["3.3#1"].nature == "periodic"


def test_our_rendition_says_at_its_top_that_it_is_ours():
    document = read(rendition(), lexicon()).document
    assert "质责项目自行改写的文本，非官方原文" in document.notes and "质责" not in document.title


def test_our_rendition_copies_no_sentence_of_the_original():
    """Names, titles and numbers are facts and stay; no segment of the original stands in ours."""
    ours = rendition()
    original = read(real("gansu-2011"), lexicon())
    assert [c.key for c in original.candidates if c.text in ours] == []
