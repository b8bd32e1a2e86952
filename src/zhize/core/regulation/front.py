"""Stage 3: what stands around the clauses: notes, title, number, addressees, date, contents, signature, attachments."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..kernel.numerals import han_to_int
from ..kernel.refs import Mark
from .markers import Line

# 【质责项目自行改写的文本，非官方原文】 / # source: … / <!-- INFO -->
_NOTE = re.compile(r" *(?:【[^】]*】|# *source.*|<!--.*-->) *\n?$")
# 甘政发〔2011〕25号
NUMBER = re.compile(r"[\u4e00-\u9fff]{2,12}(?:〔|（)\d{4}(?:〕|）)第?\d{1,4}号")
# 目　　录
_CONTENTS = re.compile(r" *目 *录 *\n?$")
# 二〇一一年七月十二日 / 2019年1月12日
_DATE = re.compile(
    r" *([〇零一二三四五六七八九]{4}|\d{4})年([一二三四五六七八九十]{1,3}|\d{1,2})月([一二三四五六七八九十]{1,3}|\d{1,2})日"
)
# 《甘肃省推进质量振兴工作责任制度》已经省政府同意，现予印发
_ISSUED = re.compile(
    r"《([^《》\n]{4,80}(?:《[^》\n]*》[^《》\n]*)?)》(?:已经|业经|，)?[^。\n]{0,40}(?:印发|请[^。\n]{0,10}执行)"
)
# 各市、自治州人民政府，省政府有关部门：
_ADDRESSED = re.compile(r" *[^。；\n]{2,200}：\s*$")
# 附件：1.… / 附件2 / | 附件1 / …表 |
_ATTACHED = re.compile(r" *附件 *(\d{1,2}|[一二三四五六七八九十])? *(?:\n|$)|\| *附件 *(\d{1,2}) *[/|：]")
_ATTACHMENT_LIST = re.compile(r" *附件：")
_CLOSING = re.compile(r" *（(?:此件|本件)[^）]{0,20}） *$")
# 发布时间：2020-02-03 【字体：大 打印】 / 信息来源：… 浏览次数：: what a web page sets around a document
_CHROME = re.compile(
    r" *(?:(?:发布|发文|更新|公开)?(?:时间|日期)：\d{4}|(?:信息|文章|文件)?来源：|(?:浏览|点击|阅读)(?:次数|量|数)|【?字体：|索引号|主题分类|发文机构：|有效性：|(?:分享|打印|关闭)(?:本页|窗口)?\W*$)"
)
# — 3 — / 第3页 共12页
PAGE = re.compile(r" *(?:[—–\-－] *\d{1,4} *[—–\-－]|第 *\d{1,4} *页[，, ]*(?:共 *\d{1,4} *页)?) *$")


@dataclass(frozen=True, slots=True)
class Layout:
    """Which lines are notes, contents, body, tail, attachments (as indices into the lines)."""

    body: int
    tail: int
    attachments: tuple[tuple[int, int], ...]
    silent: frozenset[int]


def layout_of(lines: Sequence[Line]) -> Layout:
    """Find the parts. Reads: lines. Writes: indices of body, tail, attachments, and lines that are no clauses."""
    body = 0
    while body < len(lines) and _NOTE.match(lines[body].folded):
        body += 1
    silent = (
        _contents(lines)
        | _attachment_list(lines)
        | {i for i, line in enumerate(lines) if PAGE.match(line.bare) or _CHROME.match(line.folded)}
    )
    starts = [
        (i, _attachment_number(found))
        for i, line in enumerate(lines)
        if i >= body and (found := _ATTACHED.match(line.folded))
    ]
    first_clause = next(
        (i for i, line in enumerate(lines) if line.mark is not Mark.NONE and i not in silent), len(lines)
    )
    starts = [(i, n) for i, n in starts if i > first_clause]
    end = starts[0][0] if starts else len(lines)
    return Layout(body, _tail(lines, body, end), tuple(starts), frozenset(silent))


def _attachment_number(found: re.Match[str]) -> int:
    text = found[1] or found[2] or "1"
    return int(text) if text.isdigit() else han_to_int(text) or 1


def _contents(lines: Sequence[Line]) -> set[int]:
    """A table of contents ends where its first entry comes again."""
    for at, line in enumerate(lines[:400]):
        if _CONTENTS.match(line.folded):
            first = next((lines[i].bare for i in range(at + 1, min(at + 5, len(lines))) if lines[i].bare), "")
            first = re.sub(r"[…\. ]*\d*$", "", first)
            for again in range(at + 2, len(lines)):
                if first and lines[again].bare.startswith(first) and again > at + 2:
                    return set(range(at, again))
            return {at}
    return set()


def _attachment_list(lines: Sequence[Line]) -> set[int]:
    """附件：1.… with its following numbers: no clauses."""
    out: set[int] = set()
    for at, line in enumerate(lines):
        if not _ATTACHMENT_LIST.match(line.folded):
            continue
        out.add(at)
        expected = 2
        for after in range(at + 1, min(at + 20, len(lines))):
            if lines[after].mark is Mark.ARABIC and lines[after].numbers == (expected,):
                out.add(after)
                expected += 1
            elif lines[after].bare:
                break
    return out


def _tail(lines: Sequence[Line], body: int, end: int) -> int:
    """Signature, date, （此件公开发布） after the last clause. A line without a date is tail only next to one."""
    at, seen_date, last = end, False, end
    while at > body:
        line = lines[at - 1]
        if line.mark is not Mark.NONE:
            break
        bare = line.bare
        if not bare:
            at -= 1
            continue
        if _CLOSING.match(bare):
            last = at - 1
        elif (dated := _DATE.match(bare)) and dated.end() == len(bare):
            seen_date, last = True, at - 1
        elif seen_date and len(bare) <= 30 and not re.search(r"[。；，：|]", bare):
            last = at - 1
        else:
            break
        at -= 1
    return last


@dataclass(frozen=True, slots=True)
class Front:
    """What the opening says about the document."""

    title: str
    doc_no: str
    addressees: tuple[str, ...]
    issue_date: str


def front_of(text: str, lines: Sequence[Line], first: int, tail: int, end: int) -> Front:
    """Title, number, addressees, date. Reads: lines before the first clause and after the last. Writes: front."""
    opening = lines[:first]
    folded = "".join(line.folded for line in opening)
    begin = opening[0].start if opening else 0
    number_line = next(
        (line for line in opening if (n := NUMBER.match(line.bare)) and n.end() == len(line.bare)), None
    )
    addressed = next((line for line in opening if _is_addressees(line.folded)), None)
    issued = _ISSUED.search(folded)
    if issued:
        title = text[begin + issued.start(1) : begin + issued.end(1)]
    else:
        stop = number_line or addressed
        title = _heading(text, opening, stop)
    dates = [
        found
        for line in (*opening, *lines[tail:end])
        if (found := _DATE.match(line.bare)) and len(line.bare) <= found.end() + 40
    ]
    return Front(
        title=title,
        doc_no=text[number_line.start : number_line.end].strip() if number_line else "",
        addressees=_addressees(text, addressed) if addressed else (),
        issue_date=_iso(dates[0]) if dates else "",
    )


def _heading(text: str, opening: Sequence[Line], stop: Line | None) -> str:
    out: list[str] = []
    for line in opening:
        if line is stop or line.bare.startswith("|"):
            break
        bare = text[line.start : line.end].strip().lstrip("# ").strip()
        if _NOTE.match(line.folded) or _CHROME.match(line.folded) or not bare:
            if out:
                break
            continue
        if bare.endswith(("。", "：", "；")) or len(bare) > 80 or _DATE.match(line.bare):
            break
        out.append(re.sub(r"(?<=[\u4e00-\u9fff])[ \u3000](?=[\u4e00-\u9fff])", "", bare))
        if len(out) == 4:
            break
    return "".join(out)


def _is_addressees(folded: str) -> bool:
    bare = folded.strip()
    return (
        bool(_ADDRESSED.match(folded))
        and bare[0] in "各省市县区中国"
        and any(w in bare for w in ("政府", "部门", "单位", "局", "委"))
    )


def _addressees(text: str, line: Line) -> tuple[str, ...]:
    bare = text[line.start : line.end].strip().rstrip("：:")
    return tuple(piece.strip() for piece in re.split("[，,]", bare) if piece.strip())


def _iso(found: re.Match[str]) -> str:
    year, month, day = (int(g) if g.isdigit() else han_to_int(g) or 0 for g in found.groups())
    return f"{year:04d}-{month:02d}-{day:02d}" if 1 <= month <= 12 and 1 <= day <= 31 else ""


def is_note(line: Line) -> bool:
    """A line of front matter that is no part of the document."""
    return bool(_NOTE.match(line.folded))
