"""Every bad file is answered in words with what, where, why and what to do; sound ones pass."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from tests.kit import bad_files as make

from zhize.kit.errors import BadInput
from zhize.kit.files.guards import Checked, check_file, clean_name, limits_on
from zhize.kit.files.text import decode, detect

DAY = date(2012, 3, 5)


def check(name: str, raw: bytes, **rest: Any) -> Checked:
    return check_file(io.BytesIO(raw), name=name, size=len(raw), limits=limits_on(DAY), on=DAY, **rest)


def refusal(name: str, raw: bytes, **rest: Any) -> str:
    with pytest.raises(BadInput) as error:
        check(name, raw, **rest)
    problem = error.value.problem
    assert problem.what
    assert problem.why
    assert problem.remedy
    assert clean_name(name) in problem.where
    return str(problem)


SOUND = [
    ("方案.docx", make.docx_file()),
    ("名册.xlsx", make.xlsx_file([["代码", "名称"]])),
    ("通知.pdf", make.pdf_file()),
    ("扫描.PNG", make.png_file()),
    ("照片.jpeg", b"\xff\xd8\xff\xe0" + bytes(100)),
    ("说明.txt", "质量振兴".encode()),
    ("表.csv", "代码,名称\n620000,甘肃省".encode("gb18030")),
    ("旧文.doc", make.ole_file("WordDocument")),
    ("旧文.wps", make.ole_file("WordDocument")),
    ("旧表.xls", make.ole_file("Workbook")),
    ("商业秘密保护工作总结.docx", make.docx_file("商业秘密案件查处情况")),
    ("案件.docx", make.docx_file("关于保守国家秘密的通知", "秘密性要求")),
    ("附表.docx", make.with_entry(make.docx_file(), "word/embeddings/a.xlsx", make.xlsx_file([["x"]]))),
]


@pytest.mark.parametrize(("name", "raw"), SOUND, ids=[name for name, _ in SOUND])
def test_sound_files_pass(name: str, raw: bytes) -> None:
    assert check(name, raw).size == len(raw)


BAD = [
    ("空.pdf", b"", "空的"),
    ("炸弹.docx", make.bomb(make.docx_file(), 60), "倍"),
    ("炸弹.xlsx", make.bomb(make.xlsx_file([["x"]]), 450), "展开后超过 400 MB"),
    ("谎报.docx", make.lying(make.docx_file()), "损坏"),
    ("拥挤.docx", make.crowded(5001), "5000 个"),
    ("夹带.docx", make.with_entry(make.docx_file(), "word/a.zip", b"PK\x05\x06" + bytes(18)), "夹带压缩包"),
    ("逃逸.docx", make.with_entry(make.docx_file(), "../../etc/x", b"x"), "指向文件之外"),
    ("加密.pdf", make.pdf_file(password="x"), "密码"),
    ("加密.docx", make.ole_file("EncryptedPackage", "EncryptionInfo"), "密码"),
    ("加密.doc", make.ole_file("WordDocument", word_flags=0x0100), "密码"),
    ("宏.docm", make.docx_file(), "宏"),
    ("宏.xlsm", make.xlsx_file([["x"]]), "宏"),
    ("藏宏.docx", make.with_entry(make.docx_file(), "word/vbaProject.bin", b"x"), "宏"),
    ("藏宏.doc", make.ole_file("WordDocument", "Macros"), "宏"),
    ("资料.zip", make.crowded(1), "不收压缩包"),
    ("程序.exe", b"MZ" + bytes(200), "不收“exe”"),
    ("无扩展名", b"abc", "没有扩展名"),
    ("改名.pdf", make.docx_file(), "内容是 docx"),
    ("改名.docx", make.pdf_file(), "内容是 PDF"),
    ("网页.txt", b"<html><script>alert(1)</script>", "网页"),
    ("乱码.csv", bytes(range(128, 256)) * 8, "文字编码"),
    ("坏.pdf", b"%PDF-1.4\n" + bytes(300), "损坏"),
    ("机密名单.docx", make.docx_file(), "非涉密"),
    ("文.docx", make.docx_file("机密★", "甘肃省文件"), "非涉密"),
    ("文.docx", make.docx_file("秘密★3年"), "非涉密"),
    ("文.txt", "绝 密\n正文".encode("gbk"), "非涉密"),
]


@pytest.mark.parametrize(("name", "raw", "words"), BAD, ids=[f"{name}-{words}" for name, _, words in BAD])
def test_bad_files_are_refused_in_words(name: str, raw: bytes, words: str) -> None:
    assert words in refusal(name, raw)


def test_a_third_level_of_nesting_is_refused() -> None:
    inner = make.with_entry(make.docx_file(), "word/embeddings/b.docx", make.docx_file())
    assert "2 层" in refusal("套.docx", make.with_entry(make.docx_file(), "word/embeddings/a.docx", inner))


def test_a_type_outside_what_the_page_takes_is_refused_naming_those_it_takes() -> None:
    assert "xlsx、csv" in refusal("图.png", make.png_file(), only=("xlsx", "csv"))


class Counting(io.RawIOBase):
    """200 MB that counts what is read of it."""

    taken = 0

    def read(self, size: int = -1) -> bytes:
        Counting.taken += size
        return bytes(size)


def test_200_megabytes_are_refused_before_a_byte_is_read() -> None:
    stream: Any = Counting()
    with pytest.raises(BadInput, match="200 MB，超过单个文件上限 50 MB"):
        check_file(stream, name="大.pdf", size=200 * 1024 * 1024, limits=limits_on(DAY), on=DAY)
    assert Counting.taken == 0


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_every_encoding_an_office_meets_is_read(encoding: str) -> None:
    text = "单位代码,单位名称,联系电话\r\n620100,兰州市人民政府,0931-0000000\r\n" * 20
    assert decode(text.encode(encoding)) == text


def test_a_gbk_text_cut_in_the_middle_of_a_character_is_still_gbk() -> None:
    assert detect(("质" * 999).encode("gbk")[:-1]) == "gb18030"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\文件\\方案.docx", "方案.docx"),
        ("../../a.pdf", "a.pdf"),
        ("a\n\x00b.pdf", "ab.pdf"),
        ("", "未命名"),
    ],
)
def test_a_name_is_only_the_bare_name(given: str, kept: str) -> None:
    assert clean_name(given) == kept


def test_a_long_name_keeps_its_extension() -> None:
    assert clean_name("长" * 300 + ".pdf").endswith("长.pdf")
    assert len(clean_name("长" * 300 + ".pdf")) == 200
