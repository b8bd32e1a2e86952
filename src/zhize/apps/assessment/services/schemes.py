"""A jurisdiction's own scheme: read, looked over, kept as a new edition."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from zhize.apps.assessment import mapping, policies, selectors
from zhize.apps.assessment.log_types import SCHEME_SAVED
from zhize.apps.assessment.models import SchemeEdition
from zhize.apps.assessment.services.common import checked, demand_keeping
from zhize.apps.orgs.models import Jurisdiction
from zhize.core.kernel.errors import CoreError
from zhize.core.scoring.findings import Finding
from zhize.core.scoring.writing import digest_of
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.errors import BadInput, Problem
from zhize.kit.things import ThingRef

KIND = "assessment.scheme"


@transaction.atomic
def scheme_save(
    *,
    jurisdiction: Jurisdiction,
    code: str,
    source: str,
    valid_from: date,
    body: Mapping[str, Any],
    accepted: str = "",
    actor: Actor,
    now: datetime,
) -> SchemeEdition:
    """Keeps a scheme as the next edition of `code`; older ones and the rounds made by them stay as they are.

    `body` is what `core.scoring` reads. What cannot be understood is refused with its place; findings (parts that do not
    add up, holes, breaches of the burden rules) are not, but must be answered for in `accepted`.
    """
    demand_keeping(
        policies.may_keep_rounds(actor)
        and jurisdiction.pk in (actor.jurisdiction_id, *_system(actor, jurisdiction))
    )
    try:
        scheme, plain = mapping.edition_body(body)
    except CoreError as error:
        raise BadInput(error.what, where=error.where, why=error.why, remedy=error.remedy) from error
    found = selectors.scheme_findings(scheme)
    if found and not accepted.strip():
        raise BadInput(
            f"办法有{len(found)}处需要决定：请逐处改正，或写明保留的理由", [_problem(one) for one in found]
        )
    earlier = SchemeEdition.objects.system("the next number").filter(jurisdiction=jurisdiction, code=code)
    edition = SchemeEdition(
        jurisdiction=jurisdiction,
        code=code,
        number=earlier.count() + 1,
        title=scheme.title,
        source=source.strip(),
        valid_from=valid_from,
        body=plain,
        sha256=digest_of(scheme),
        accepted=accepted.strip(),
        created_at=now,
        created_by=actor.name,
    )
    checked(edition, "考核办法")
    edition.save()
    record(
        SCHEME_SAVED,
        actor=actor,
        thing=ThingRef(KIND, edition.pk),
        now=now,
        after={
            "code": code,
            "number": edition.number,
            "title": edition.title,
            "source": edition.source,
            "sha256": edition.sha256,
            "accepted": edition.accepted,
            "findings": [str(one) for one in found],
        },
        jurisdiction_code=jurisdiction.code,
    )
    return edition


def _system(actor: Actor, jurisdiction: Jurisdiction) -> tuple[int, ...]:
    return (jurisdiction.pk,) if actor.is_system else ()


def _problem(one: Finding) -> Problem:
    return Problem(one.what, f"{one.weight.label} · {one.where}", "", f"{one.remedy}；仍予保留的，请写明理由")
