"""The rules of 公开属性, and of the words printed for addressees who are not chosen from the register of units."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .check_text import Said, personal, place
from .findings import CheckRules, Draft

OPEN, CLOSED = "open", "closed"
# Samples: "各市（州）人民政府", "兰州市政府"; not "兰州市人民政府办公室", "各市州政府质量办"
_GOVERNMENT = re.compile(r"(?:人民)?政府(?=$|[、，,；;：:）)])")


def open_personal(draft: Draft, rules: CheckRules) -> Iterator[Said]:
    """What everybody may read names nobody's identity number or mobile."""
    if draft.publicity != OPEN:
        return
    for where, what, _remedy in personal(draft, rules):
        yield where, f"公文定为主动公开，却{what}", "删去个人信息，或改为依申请公开、不予公开"


def open_upwards(draft: Draft, _rules: CheckRules) -> Iterator[Said]:
    """请示 and 报告 are of a matter not yet decided: they are not published by themselves."""
    if draft.publicity == OPEN and draft.kind in ("request", "report"):
        yield (
            "公开属性",
            f"{draft.kind_word}定为主动公开",
            "内部请示、汇报的过程性信息一般不主动公开，请改选或核实",
        )


def open_inward(draft: Draft, rules: CheckRules) -> Iterator[Said]:
    """A document for everybody that says it is for the house alone."""
    if draft.publicity != OPEN:
        return
    for number, part in enumerate(draft.parts, 1):
        if found := next((words for words in rules.inward_words if words in part.text), ""):
            yield place(number, part), f"公文定为主动公开，正文却写明“{found}”", "改选公开属性，或删去这句话"


def line_government(draft: Draft, rules: CheckRules) -> Iterator[Said]:
    """A free line of addressees that names a government, by an office or a department: as with chosen units."""
    if draft.issuer_kind in ("government", "leading_group") or draft.kind in ("request", "report"):
        return
    text = "".join(part.text for part in draft.parts)
    if _GOVERNMENT.search(draft.address_line) and not any(words in text for words in rules.consent_words):
        consent = (rules.consent_words or ("经本级政府同意",))[0]
        yield (
            "主送机关",
            f"印刷用语“{draft.address_line[:20]}”直接写了政府，{draft.issuer or '办公室'}不能主送政府",
            f"改为其办公室或领导小组办公室；经本级政府同意的，在正文写明“{consent}”",
        )


def line_central(draft: Draft, rules: CheckRules) -> Iterator[Said]:
    """A free line that names a central organ: it gets a 函, or a 请示 or 报告 through the own government; no orders."""
    if draft.kind in ("letter", "request", "report", "opinions"):
        return
    if found := next((words for words in rules.central_words if words in draft.address_line), ""):
        yield (
            "主送机关",
            f"印刷用语写了“{found}”，不能用“{draft.kind_word}”向上级或不相隶属机关布置工作",
            "商洽工作、请求批准有关事项用函，或列入抄送",
        )


def line_alone(draft: Draft, _rules: CheckRules) -> Iterator[Said]:
    """A line for many and no unit chosen: nobody would be told or sign. A letter to an organ outside is sent on paper."""
    if draft.addressed and draft.address_line.strip() and not draft.addressees and draft.kind != "letter":
        yield (
            "收文单位",
            f"主送机关只写了印刷用语“{draft.address_line[:20]}”，没有选择收文单位",
            "选择收文单位，印发后才会送达并要求签收；确在系统外送达的可不选",
        )
