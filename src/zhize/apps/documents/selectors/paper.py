"""A document put together for the writers and for the check before sending, under the rules of its day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from zhize.apps.documents import mapping
from zhize.apps.documents.models import Addressee, OfficialDocument
from zhize.core.kernel.findings import Finding
from zhize.core.papers.check import check
from zhize.kit.chinese import in_chinese
from zhize.kit.officialdoc import Layout, Paper, layout_on
from zhize.kit.rules import rule, rule_as


def kind_rules(document: OfficialDocument, day: date) -> mapping.KindRules:
    """The kinds in force on the document's date, or on `day` while it has none."""
    on = document.dated_on or day
    return rule_as(mapping.KindRules, on=on, jurisdiction=document.jurisdiction.code)


def kind_rule(document: OfficialDocument, day: date) -> mapping.KindRule:
    return kind_rules(document, day).of(document.kind)


@in_chinese
def paper_words(
    document: OfficialDocument, addressees: Sequence[Addressee], day: date
) -> tuple[Paper, Layout]:
    """What stands on the paper, and the layout of its date. Two statements at most."""
    on = document.dated_on or day
    layout = layout_on(on, document.jurisdiction.code)
    return mapping.paper_of(document, addressees, kind_rule(document, day), layout, day), layout


@in_chinese
def findings_of(
    document: OfficialDocument, addressees: Sequence[Addressee], today: date
) -> tuple[Finding, ...]:
    """发文前体检 of the document as it stands (`papers.check`), under the rules of the jurisdiction today."""
    rules = rule("documents/checks", on=today, jurisdiction=document.jurisdiction.code)
    draft = mapping.draft_of(document, addressees, kind_rule(document, today))
    return check(draft, mapping.check_rules(rules, today))
