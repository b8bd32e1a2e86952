"""What holds for any text: it is read without an error, it renders back, the cost grows in step with its length."""

import time

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.core.reading import lexicon, rendition

from zhize.core.duties.candidates import read
from zhize.core.regulation.model import render
from zhize.core.regulation.parse import parse

PIECES = st.sampled_from(
    [
        "一、", "十二、", "（一）", "(三)", "1.", "12．", "（1）", "①", "第一章 总则", "第三条", "2.1", "2.1.3　", "1　总则", "目　录",
        "附件1", "附件：1.甲", "| 1 | 县水利局 | 〃 |", "| 一、 | 通用 |", "| 序号 | 责任单位 | 内容 |", "〃", "：", "；", "。", "，", "、", "\n", "\r\n",
        "　　", "省质监局", "省农牧厅、省林业厅", "领导小组办公室工作职责", "各地政府", "有关部门", "等", "会同省质监局", "（商务部负责）",
        "（市教育局牵头，市财政局配合）", "责任单位：市财政局", "完成时限：年底前", "《中华人民共和国", "》", "（", "）", "“", "”", "要加强监管",
        "每年定期召开会议", "2019年6月底前", "下同", "排在第一位的部门为牵头部门", "国发〔2019〕3号", "二○一一年七月十二日", "二", "²", "١.",
        "\u2028", "\x00", "𠮷", "成员：公安部有关负责人。", "以下均需各市落实",
    ]
)  # fmt: skip


def same(text):
    proposal = read(text, lexicon())
    assert render(proposal.document) == text
    document = proposal.document
    for clause in document.walk(attachments=True):
        assert text[clause.start : clause.end] == clause.lead + clause.marker + clause.body
    for duty in proposal.candidates:
        assert (
            duty.text
            and 0 < duty.confidence <= 1
            and text[duty.start : duty.end].replace(" / ", "") == duty.text
        )
    assert len({c.key for c in proposal.candidates}) == len(proposal.candidates)
    refs = [c.ref for c in document.walk(attachments=True)]
    assert len(set(refs)) == len(refs)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=60).map("".join))
@example("")
@example("①②\n③\n")
@example("1.\n1.\n1.\n")
def test_any_mixture_of_what_regulations_are_made_of_is_read_and_renders_back(text):
    same(text)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_any_text_at_all_is_read_and_renders_back(text):
    same(text)


def cost(text):
    def once():
        begin = time.process_time()
        read(text, lexicon())
        return time.process_time() - begin

    return min(once() for _ in range(2))


def grows_linearly(unit):
    """Ten times the text may take ten times the time; 22 leaves slack for a busy machine, a square law would take 100."""
    small, large = (unit * (size // len(unit) + 1) for size in (50_000, 500_000))
    parse(small, lexicon())
    assert cost(large) <= 22 * cost(small)


def test_ten_times_the_regulation_costs_about_ten_times_as_much():
    grows_linearly(rendition())


def test_one_endless_paragraph_without_a_stop_costs_no_more_than_its_length():
    grows_linearly("省质监局会同省农牧厅、省林业厅负责监管（未闭合")


def test_endless_lines_for_one_task_cost_no_more_than_their_length():
    grows_linearly("一、任务\n责任单位：市财政局\n配合单位：市教育局\n")
