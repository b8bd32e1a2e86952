"""发文前体检: what is looked at before a document goes out. Method `papers.check`.

Each rule is a function from the draft to its findings; severities and words are data (rules/documents/checks.yaml).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..kernel.findings import Finding, Severity
from . import check_address, check_customs, check_text
from .findings import CheckRules, Draft

Said = tuple[str, str, str]
Rule = Callable[[Draft, CheckRules], Iterator[Said]]


def check(draft: Draft, rules: CheckRules) -> tuple[Finding, ...]:
    """All findings, those that stop the document first, else in the order of the rules."""
    found = [
        Finding(name, severity, *said)
        for name, rule in RULES.items()
        if (severity := rules.severity(name)) is not Severity.OFF
        for said in rule(draft, rules)
    ]
    return tuple(sorted(found, key=lambda one: one.severity is not Severity.REFUSE))


def _title(draft: Draft, _rules: CheckRules) -> Iterator[Said]:
    if not draft.title.strip():
        yield "标题", "没有标题", f"写明事由和文种，如“关于……的{draft.kind_word}”"


def _title_form(draft: Draft, rules: CheckRules) -> Iterator[Said]:
    title = draft.title.strip()
    if title and draft.addressed and not title.endswith(draft.kind_word):
        yield "标题", f"标题末尾不是文种“{draft.kind_word}”", f"改为“关于……的{draft.kind_word}”，或改选文种"
    if len(title) > rules.title_chars:
        yield (
            "标题",
            f"标题 {len(title)} 字，超过 {rules.title_chars} 字，排版会多于三行",
            "压缩事由部分，细节放进正文",
        )


def _issuer(draft: Draft, _rules: CheckRules) -> Iterator[Said]:
    if not draft.issuer:
        yield "落款", "没有发文主体", "选择发文主体；还没有的，请先在“发文主体”中登记机关代字"


def _addressees(draft: Draft, _rules: CheckRules) -> Iterator[Said]:
    if draft.addressed and not draft.addressees and not draft.address_line.strip():
        yield "主送机关", "没有主送机关", "选择主送单位；普发性公文也要列明范围"


def _one_superior(draft: Draft, _rules: CheckRules) -> Iterator[Said]:
    if draft.kind == "request" and len(draft.addressees) > 1:
        yield (
            "主送机关",
            f"请示主送了 {len(draft.addressees)} 个机关",
            "请示只主送一个上级机关，其他需要知晓的列入抄送",
        )


def _body(draft: Draft, _rules: CheckRules) -> Iterator[Said]:
    if not any(part.text.strip() for part in draft.parts):
        yield "正文", "没有正文", "写明目的、依据和事项"


def _vertical(draft: Draft, _rules: CheckRules) -> Iterator[Said]:
    if draft.kind == "letter":
        return
    for one in draft.addressees:
        central = one.governance == "central"
        below = one.governance == "vertical_below_province" and not one.province
        if central or below:
            why = "中央垂直管理" if central else "省以下垂直管理"
            yield (
                f"主送机关·{one.name}",
                f"{one.name}由{why}，不相隶属，不能用“{draft.kind_word}”向其布置工作",
                "改用函单独商请，或列入抄送",
            )


def _governments(draft: Draft, rules: CheckRules) -> Iterator[Said]:
    if draft.issuer_kind in ("government", "leading_group"):
        return
    text = "".join(part.text for part in draft.parts)
    if any(words in text for words in rules.consent_words):
        return
    for one in draft.addressees:
        if one.kind == "government" and one.below:
            yield (
                f"主送机关·{one.name}",
                f"{draft.issuer or '办公室'}不能直接主送{one.name}",
                f"改为主送其领导小组办公室；确需主送政府的，经本级政府同意并在正文写明“{(rules.consent_words or ('经本级政府同意',))[0]}”",
            )


RULES: dict[str, Rule] = {
    "title.missing": _title,
    "issuer.missing": _issuer,
    "addressees.missing": _addressees,
    "body.missing": _body,
    "request.one_superior": _one_superior,
    "request.down": check_customs.request_down,
    "order.upwards": check_customs.orders_upwards,
    "report.no_request": check_customs.report_without_request,
    "vertical.letter_only": _vertical,
    "government.through_office": _governments,
    "address.government": check_address.line_government,
    "address.central": check_address.line_central,
    "publicity.personal": check_address.open_personal,
    "secrecy.words": check_text.secrecy,
    "personal.data": check_text.personal,
    "day.impossible": check_text.impossible_days,
    "deadline.short": check_text.short_deadlines,
    "headings.order": check_text.heading_order,
    "headings.level": check_text.heading_level,
    "attachments.mentioned": check_text.attachments,
    "title.form": _title_form,
    "request.ending": check_customs.request_ending,
    "burden.words": check_customs.burden,
    "length.long": check_customs.length,
    "address.alone": check_address.line_alone,
    "publicity.upwards": check_address.open_upwards,
    "publicity.inward": check_address.open_inward,
}
