"""Templates in the office's own Word: fields found across runs, unknown ones named, filled in the template's look."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import docx
import pytest
from docx.shared import Pt
from tests.officialdoc.papers import layout, notice

from zhize.kit.errors import BadInput
from zhize.kit.officialdoc import Paper, Signature, para
from zhize.kit.officialdoc.word_template import filled, template_fields

LAYOUT = layout()


def word(*paragraphs: list[str] | str, footer: str = "") -> bytes:
    """A .docx whose paragraphs are given as the runs Word cut them into."""
    document = docx.Document()
    for runs in paragraphs:
        paragraph = document.add_paragraph()
        for words in [runs] if isinstance(runs, str) else runs:
            paragraph.add_run(words).font.size = Pt(18)
    if footer:
        document.sections[0].footer.paragraphs[0].add_run(footer)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


OWN = word(
    "本单位自己的文头",
    ["文号：{", "{文", "号}", "}（存）"],
    ["{{", "标题", "}}"],
    "{{主送}}",
    ["{{正", "文}}"],
    "{{落款}}",
    "{{ 日期 }}",
    "抄送：{{抄送}}",
    footer="{{印发机关}}　{{印发日期}}印发",
)


def words(content: bytes) -> list[str]:
    return [one.text for one in docx.Document(BytesIO(content)).paragraphs]


def test_fields_are_found_across_the_runs_word_cuts_them_into() -> None:
    assert template_fields(OWN) == ("文号", "标题", "主送", "正文", "落款", "日期", "抄送", "印发机关", "印发日期")  # fmt: skip


def test_a_template_is_filled_in_its_own_look_with_the_text_and_its_attachments() -> None:
    made = filled(OWN, notice(), LAYOUT)
    said = words(made)
    assert said[:5] == [
        "本单位自己的文头",
        "文号：甘质振办〔2012〕3号（存）",
        "关于印发2012年全省质量振兴工作计划的通知",
        "省质监局、省工商局：",
        "现将计划印发给你们。",
    ]
    assert "一、总体要求" in said and "附件：1.任务分解表" in said
    assert said.index("附件1") > said.index("抄送：省政府办公厅"), "attachments after all the template holds"
    assert not any("{{" in line for line in said)
    document = docx.Document(BytesIO(made))
    body = next(one for one in document.paragraphs if one.text == "现将计划印发给你们。")
    assert body.runs[0].font.size == Pt(18), "the text looks as the template says"
    assert document.sections[0].footer.paragraphs[0].text == "领导小组办公室　2012年7月21日印发"
    assert len(document.tables) == 1 and len(document.tables[0].rows) == 80


def test_a_line_whose_fields_are_all_empty_is_left_out() -> None:
    bare = Paper(title="通知", body=(para("说明。"),), signature=Signature("办公室", "2012年7月20日"))
    said = words(filled(OWN, bare, LAYOUT))
    assert "文号：（存）" not in said and "抄送：" not in said
    assert said == ["本单位自己的文头", "通知", "说明。", "办公室", "2012年7月20日"]


def test_words_that_look_like_fields_in_the_text_are_left_alone() -> None:
    odd = Paper(title="{{正文}}<&>", body=(para("{{标题}}"),))
    assert {"{{正文}}<&>", "{{标题}}"} <= set(words(filled(OWN, odd, LAYOUT)))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (word("{{标提}}", "{{正文}}"), "不认识的域“标提”"),
        (word("{{标题}}"), "出现了 0 次"),
        (word("{{正文}}", "{{正文}}"), "出现了 2 次"),
        (word("正文如下：{{正文}}"), "不是单独的一段"),
        (word("没有域的文件"), "没有域"),
        (b"not a file", "不是能打开的 Word 文件"),
    ],
    ids=["unknown", "no text", "text twice", "text within a line", "no field", "no file"],
)
def test_what_cannot_be_filled_is_named_with_what_to_do(content: bytes, said: str) -> None:
    with pytest.raises(BadInput, match=said) as caught:
        template_fields(content)
    assert caught.value.problem.remedy


def test_every_unknown_field_is_named_at_once() -> None:
    with pytest.raises(BadInput) as caught:
        template_fields(word("{{标提}}", "{{主送单位}}{{成文日期}}", "{{正文}}"))
    named: list[Any] = [one.what for one in caught.value.problems]
    assert named == ["不认识的域“标提”", "不认识的域“主送单位”", "不认识的域“成文日期”"]
