"""The rules of what a kind may carry: a report no request, a request its closing words, nothing that adds to the burden below."""

from __future__ import annotations

from collections.abc import Iterator

from .check_text import Said, place
from .findings import CheckRules, Draft


def report_without_request(draft: Draft, rules: CheckRules) -> Iterator[Said]:
    """报告不得夹带请示事项: a superior need not answer a report."""
    if draft.kind != "report":
        return
    for number, part in enumerate(draft.parts, 1):
        if found := next((words for words in rules.request_words if words in part.text), ""):
            yield place(number, part), f"报告夹带了请示事项（“{found}”）", "请示事项另写请示，一文一事"


def request_ending(draft: Draft, rules: CheckRules) -> Iterator[Said]:
    """A request ends by asking."""
    if draft.kind != "request" or not rules.request_words or not draft.parts:
        return
    if not any(words in part.text for part in draft.parts for words in rules.request_words):
        yield "结尾", "请示没有请求批示的结束语", f"以“妥否，{rules.request_words[0]}。”结尾"


def request_down(draft: Draft, _rules: CheckRules) -> Iterator[Said]:
    """请示 and 报告 go up: neither may be sent to a unit of a lower region."""
    if draft.kind not in ("request", "report"):
        return
    for one in draft.addressees:
        if one.below:
            yield (
                f"主送机关·{one.name}",
                f"{draft.kind_word}是上行文，不能主送下级的{one.name}",
                "改用通知或函，或改选主送机关",
            )


def orders_upwards(draft: Draft, _rules: CheckRules) -> Iterator[Said]:
    """通知, 通报 and 批复 go down or sideways, never to the government the office serves."""
    if draft.kind not in ("notice", "circular", "reply") or draft.issuer_kind == "government":
        return
    for one in draft.addressees:
        if one.kind == "government" and not one.below:
            yield (
                f"主送机关·{one.name}",
                f"不能用“{draft.kind_word}”向本级政府（{one.name}）行文",
                "请求批准用请示，汇报工作用报告，告知情况可抄送",
            )


def burden(draft: Draft, rules: CheckRules) -> Iterator[Said]:
    """What the rules on relieving the lower levels forbid to ask of them."""
    for number, part in enumerate(draft.parts, 1):
        if found := next((words for words in rules.burden_words if words in part.text), ""):
            yield (
                place(number, part),
                f"出现加重基层负担的要求（“{found}”）",
                "删去，或说明依据并报批；能从系统取得的数据不再要求报送",
            )


def length(draft: Draft, rules: CheckRules) -> Iterator[Said]:
    """Longer than the limit of pages, counted in characters of the text without its attachments."""
    said = sum(len(part.text) for part in draft.parts if part.level >= 0)
    if rules.body_chars and said > rules.body_chars:
        yield "正文", f"正文 {said} 字，超过 {rules.body_chars} 字", "压缩篇幅，细目放进附件"
