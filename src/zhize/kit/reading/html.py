"""A web page as plain text: blocks as lines, ordered lists with their numbers, tables as `| a | b |`; scripts and menus left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from zhize.kit.errors import BadInput
from zhize.kit.reading.numerals import written

_SILENT = {"script", "style", "noscript", "template", "head", "nav", "footer", "header", "aside", "form", "button", "select", "svg", "iframe", "object", "figure"}  # fmt: skip
_BLOCKS = {"p", "div", "section", "article", "main", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "blockquote", "pre", "center", "hr", "address", "body", "html"}  # fmt: skip
_LIST_STYLES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_BLANKS = {0xA0: " ", 0x200B: None, 0xFEFF: None, 0xAD: None}


def html_text(content: str) -> str:
    """The words of a page. Raises `BadInput` for a page without any."""
    if not content.strip():
        raise BadInput("网页是空的", remedy="请在浏览器中打开网页，另存为完整网页后上传，或复制正文粘贴")
    try:
        root = lxml_html.fromstring(
            content, parser=lxml_html.HTMLParser(remove_comments=True, no_network=True)
        )
    except (etree.ParserError, ValueError) as error:
        raise BadInput("网页读不出文字", remedy="请复制正文粘贴") from error
    lines = "".join(_walk(root)).split("\n")
    tidy = [" ".join(line.translate(_BLANKS).split(" ")).rstrip() for line in lines]
    return "\n".join(line for line in tidy if line.strip(" \u3000"))


def _walk(root: Any) -> Iterator[str]:
    """Text in order, a new line at the borders of blocks; without recursion (pages nest deep)."""
    stack: list[Any] = [("open", root)]
    while stack:
        what, one = stack.pop()
        if what == "text":
            yield one
            continue
        tag = one.tag if isinstance(one.tag, str) else ""
        if what == "close":
            yield "\n"
        elif tag in _SILENT or not tag:
            pass
        elif tag == "br":
            yield "\n"
        elif tag == "table" and _is_data(one):
            yield "\n" + "\n".join(_table(one)) + "\n"
        else:
            if tag in _BLOCKS:
                yield "\n" + (_number(one) if tag == "li" else "")
                stack.append(("close", one))
            for child in reversed(one):
                if child.tail:
                    stack.append(("text", _flow(child.tail)))
                stack.append(("open", child))
            if one.text:
                stack.append(("text", one.text if tag == "pre" else _flow(one.text)))


def _flow(text: str) -> str:
    """Line breaks of the source are no line breaks of the page; between Chinese characters they are nothing."""
    parts = [part.strip(" \t\r") for part in text.split("\n")]
    return "".join(parts) if len(parts) > 1 else text


def _number(item: Any) -> str:
    """The number a browser prints before an item of an ordered list."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return ""
    number = _int(parent.get("start"), 1) - 1
    for sibling in parent.iterchildren("li"):
        number = _int(sibling.get("value"), number + 1)
        if sibling is item:
            break
    return written(number, _LIST_STYLES.get(parent.get("type") or "", "decimal")) + ". "


def _int(text: str | None, default: int) -> int:
    try:
        return int(text or "")
    except ValueError:
        return default


def _is_data(table: Any) -> bool:
    """A table with two or more columns in two or more rows; layout tables are looked through."""
    rows = list(table.iter("tr"))
    return sum(1 for row in rows if len(row.xpath("./td|./th")) > 1) > 1 and not table.xpath(".//table")


def _table(table: Any) -> Iterator[str]:
    spanning: dict[int, int] = {}
    for row in table.iter("tr"):
        cells: list[str] = []
        for cell in row.xpath("./td|./th"):
            while spanning.get(len(cells), 0) > 0:
                spanning[len(cells)] -= 1
                cells.append("〃")
            at = len(cells)
            words = " ".join("".join(_walk(cell)).split())
            cells.append(words.replace("|", "｜"))
            if (rows := _int(cell.get("rowspan"), 1)) > 1:
                spanning[at] = rows - 1
        while spanning.get(len(cells), 0) > 0:
            spanning[len(cells)] -= 1
            cells.append("〃")
        if any(cells):
            yield "| " + " | ".join(cells) + " |"
