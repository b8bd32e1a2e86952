"""Numbered text of a plan: which clauses are items, which are steps of one, which hold none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..regulation.assign import assign
from ..regulation.holders import Role, Sort
from ..regulation.lexicon import Lexicon
from ..regulation.model import Clause, Document
from ..regulation.parse import parse
from ..regulation.sorts import SILENT, DocumentSort, document_sort
from ..regulation.subjects import co_actors
from .found import Column, Draft, Words

STEP = 60  # children shorter than this on average, under a heading of its own, are steps of one item
TOPIC = 8  # a heading this short (产品质量方面) names a field of work, not a piece of it
_FEWEST = 8  # a paragraph shorter than this is no item
# 目标：合格率达到92%以上。 · 完成时限：2012年6月底
_LABELLED = re.compile(r"^\s*(?P<head>[\u4e00-\u9fff]{2,8})[：:]\s*(?P<words>.+)$")
# 主要任务 · 重点工作安排 · 2012年工作任务
# 4月底前 · 十月 · 第三季度 · 上半年
_DATED = re.compile("[0-9一二三四五六七八九十]月|季度|半年")
# （监督处负责） · （责任处室：稽查处、法规处）: only offices of the unit itself
_OFFICES = re.compile(
    r"（(?:[\u4e00-\u9fff]{2,6}：)?(?P<names>[\u4e00-\u9fff、]{1,28}[处科股室])(?:牵头)?(?:负责|承办|落实)?）"
)
_OTHER = (*SILENT, DocumentSort.ARTICLES)
_FRAME = re.compile(r"(?:任务|工作|重点|安排|方面|内容|措施)$")


def drafts_of_prose(text: str, words: Words, lexicon: Lexicon) -> tuple[list[Draft], list[str], list[str]]:
    """Reads: text without tables. Writes: an item for each clause that is one; the headings left out, with their number;
    what is odd about the file."""
    if not text.strip():
        return [], [], []
    document, folded = parse(text, lexicon), lexicon.folded(text)
    drafts: dict[str, Draft] = {}
    left: list[str] = []
    inside: dict[str, str] = {}
    for part in document.parts:
        stack = [(clause, "") for clause in reversed(part.clauses)]
        while stack:
            clause, above = stack.pop()
            if any(word in _title(clause) for word in words.not_items):
                left.append(f"{clause.marker.strip()}{_title(clause)}")
            elif _is_item(clause):
                if sum(len(one.text) for one in clause.walk()) >= _FEWEST:
                    drafts[str(clause.ref)] = _draft(clause, above, words)
                    a, b = clause.start, clause.end
                    helpers = co_actors(text, folded, a, b, lexicon)
                    drafts[str(clause.ref)].co_acts += [one.name for one in helpers if one.sort is Sort.UNIT]
                    inside.update((str(one.ref), str(clause.ref)) for one in clause.walk())
            else:
                stack.extend((child, f"{above}{_title(clause)}") for child in reversed(clause.children))
    sort = _holders(text, document, lexicon, drafts, inside)
    notes = [f"这份文件像是{sort.label}，不像工作计划，请核对是否选错了文件"] if sort in _OTHER else []
    return list(drafts.values()), left, notes


def _is_item(clause: Clause) -> bool:
    """A clause with words of its own beside the heading, or whose children are short steps; else its children are asked."""
    if not clause.children:
        return True
    own = clause.text.removeprefix(clause.heading).strip("。：: \n") if clause.heading else clause.text
    if clause.heading and not own:
        sizes = [len(child.text) for child in clause.children]
        plain = not any(child.heading or child.children for child in clause.children)
        dated = 2 * sum(bool(_DATED.search(child.text)) for child in clause.children) >= len(sizes)
        topic = _FRAME.search(clause.heading) or (len(clause.heading) < TOPIC and not dated)
        return plain and not topic and sum(sizes) < STEP * len(sizes)
    return not (own.endswith("：") and _FRAME.search(own.rstrip("：")))


def _title(clause: Clause) -> str:
    if clause.heading:
        return clause.heading.strip("。：: ")
    return re.split("[。；：，\n]", clause.text, maxsplit=1)[0].strip()


def _draft(clause: Clause, above: str, words: Words) -> Draft:
    draft = Draft(clause.ref.printed(), _title(clause), above=above)
    body = [clause.text.removeprefix(clause.heading).lstrip("。 \n") if clause.heading else clause.text]
    body += [f"{one.marker.strip()}{one.text}" for child in clause.children for one in child.walk()]
    plain = []
    for line in "\n".join(body).split("\n"):
        hit = _LABELLED.match(line)
        column = words.column(hit["head"]) if hit else None
        if hit and column and column is not Column.OTHER:
            draft.put(column, hit["words"].strip())
        elif line.strip():
            plain.append(line.strip())
    for hit in _OFFICES.finditer("\n".join(plain)):
        draft.put(Column.PERSON, hit["names"])
    plain = [_OFFICES.sub("", line) for line in plain]
    draft.text = _after(draft.title, "\n".join(plain))
    return draft


def _after(title: str, text: str) -> str:
    """The words after the title, where the text begins with it and goes on."""
    rest = (
        text.removeprefix(title).lstrip("。：: \n") if text.startswith((f"{title}。", f"{title}：")) else text
    )
    return rest or text


def _holders(
    text: str, document: Document, lexicon: Lexicon, drafts: dict[str, Draft], inside: dict[str, str]
) -> DocumentSort:
    """（省质监局牵头，省工商局配合）: the units a bracket or line names, to the item it stands in; its words leave the text."""
    assigned = assign(text, document, lexicon)
    for bracket in assigned.brackets:
        draft = drafts.get(inside.get(str(bracket.clause), ""))
        if draft is None:
            continue
        for holder in bracket.holders:
            if holder.sort is Sort.INTERNAL:
                draft.put(Column.PERSON, holder.name)
            elif holder.sort is not Sort.COLLECTIVE:
                _role(draft, holder.role).append(holder.name)
        draft.text = _without(draft.text, bracket.text)
    return document_sort(document, assigned)


def _role(draft: Draft, role: Role) -> list[str]:
    if role is Role.CO_ACT:
        return draft.co_acts
    if role in (Role.SUPPORT, Role.GUIDE, Role.ASSESS):
        return draft.supports
    return draft.lead


def _without(text: str, words: str) -> str:
    return "\n".join(_lines(text, words)).strip()


def _lines(text: str, words: str) -> Iterator[str]:
    for line in text.split("\n"):
        short = line.replace(f"（{words}）", "").replace(f"({words})", "").strip()
        if short and short != words:
            yield short
