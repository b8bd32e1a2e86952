"""Where a document stands between 核稿 and 印发: whose countersignature is out, which steps it still lacks."""

from __future__ import annotations

from datetime import date

from zhize.apps.documents.models import Countersign, OfficialDocument, OfficialStep
from zhize.core.papers.flow import lacking
from zhize.kit.rules import Rule, rule


def countersigns_of(document: OfficialDocument) -> list[Countersign]:
    """Everybody asked about a document the actor sees, by round and official order. One statement."""
    rows = Countersign.objects.system("of a document the actor sees").filter(document=document)
    return list(rows.select_related("unit", "scan").order_by("round", "order", "pk"))


def round_of(document: OfficialDocument) -> int:
    """The round of countersigning: it begins anew whenever the document went back to its drafter. One statement."""
    steps = OfficialStep.objects.system("rounds of a document")
    return 1 + steps.filter(document=document, action="return").count()


def flow_rule(document: OfficialDocument, day: date) -> Rule:
    return rule("documents/flow", on=day, jurisdiction=document.jurisdiction.code)


def steps_lacking(document: OfficialDocument, action: str, day: date) -> tuple[str, ...]:
    """The steps (recheck, seal) that must come before `action`. What another organ signed it rechecked and sealed itself."""
    if document.issuer is not None and document.issuer.is_external:
        return ()
    rules = flow_rule(document, day)
    done = OfficialStep.objects.system("steps behind a document").filter(document=document).order_by("pk")
    behind: set[str] = set()
    for taken in done.values_list("action", flat=True):  # a return undoes what came before it
        behind = set() if taken == "return" else behind | {taken}
    return lacking(
        document.state,
        document.kind,
        action=action,
        done=behind & {"recheck", "seal"},
        may_skip={"recheck": rules["recheck"], "seal": rules["seal"]},
        has_seal=document.issuer.has_seal if document.issuer else True,
    )
