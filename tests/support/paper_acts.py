"""What others did with documents before a walk begins, by services, on the data of a running product.

Run as `python -m tests.support.paper_acts ACT …` in the product's environment; prints what the walk needs.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Any

import django

SIGNER = "办公室主任（演示）"


def _office() -> tuple[Any, Any, Any]:
    """Who works in the province's office, its jurisdiction, and the product's now."""
    from zhize.apps.orgs.models import User
    from zhize.apps.orgs.selectors import actor_of, hats_of, own_jurisdiction
    from zhize.kit.clock import now

    user, at = User.objects.get(username="gs-office"), now()
    actor = actor_of(user, hats_of(user, at.date())[0])
    return actor, own_jurisdiction(actor), at


def issuers() -> str:
    """The director registers the office, and the government's office drafted for; prints how many were missing."""
    from zhize.apps.documents.models import Issuer
    from zhize.apps.documents.services import issuer_create
    from zhize.apps.orgs.models import Unit, User
    from zhize.apps.orgs.selectors import actor_of, hats_of

    _actor, jurisdiction, at = _office()
    user = User.objects.get(username="gs-office-director")
    director = actor_of(user, hats_of(user, at.date())[0])
    if Issuer.objects.system("walk").filter(jurisdiction=jurisdiction).exists():
        return "0"
    office = Unit.objects.system("walk").get(pk=jurisdiction.office_unit_id)
    other = Unit.objects.system("walk").get(code="gs-bgt")
    names = {"name": "甘肃省推进质量振兴工作领导小组办公室", "agency_code": "甘质振办"}
    issuer_create(data={"unit": office, **names}, actor=director, now=at)
    issuer_create(
        data={"unit": other, "name": "甘肃省人民政府办公厅", "is_external": True}, actor=director, now=at
    )
    return "2"


def sign_for(number: str, *left: str) -> str:
    """Every addressee of the document with this number signs, except those named; prints how many signed."""
    from zhize.apps.documents.models import OfficialDocument
    from zhize.apps.documents.selectors import addressees_of
    from zhize.apps.documents.services import official_receive
    from zhize.kit.actor import system_actor

    _actor, _jurisdiction, at = _office()
    document = OfficialDocument.objects.system("walk").get(number=number)
    waiting = [one for one in addressees_of(document) if one.unit.name not in left]
    for one in waiting:
        who = replace(system_actor("a walk"), unit_id=one.unit_id, name="经办人（演示）")
        official_receive(document=document, actor=who, now=at)
    return str(len(waiting))


def minutes(upto: str) -> str:
    """Minutes are signed until the series of the year stands at this number; prints the number it stands at."""
    from zhize.apps.documents.services import official_check, official_draft, official_sign
    from zhize.kit.officialdoc import para

    actor, jurisdiction, at = _office()
    last = 0
    while last < int(upto):
        document = official_draft(
            jurisdiction=jurisdiction, kind="minutes", title="专题会议纪要", addressee_ids=(), source=None, actor=actor, now=at,
            blocks=[para("会议听取了演示汇报。")],
        )  # fmt: skip
        document = official_check(document=document, version=None, actor=actor, now=at)
        document = official_sign(
            document=document, signed_by=SIGNER, signed_on=at.date(), version=None, actor=actor, now=at
        )
        assert document.given is not None
        last = document.given.number
    return str(last)


def notice(title: str, *codes: str) -> str:
    """A notice issued to these units (by their codes), asking for 承办确认; prints its number."""
    from zhize.apps.documents.services import official_check, official_draft, official_issue, official_sign
    from zhize.apps.orgs.models import Unit
    from zhize.kit.officialdoc import heading, para

    actor, jurisdiction, at = _office()
    units = Unit.objects.system("walk").filter(name__in=codes).values_list("pk", flat=True)
    by: dict[str, Any] = {"version": None, "actor": actor, "now": at}
    document = official_draft(
        jurisdiction=jurisdiction, kind="notice", title=title, addressee_ids=list(units), source=None, asks_taking=True,
        blocks=[heading("一、任务"), para("请抓好落实。")], actor=actor, now=at,
    )  # fmt: skip
    document = official_check(document=document, **by)
    document = official_sign(document=document, signed_by=SIGNER, signed_on=at.date(), **by)
    return official_issue(document=document, dated_on=at.date(), **by).number


def liaisons(*names: str) -> str:
    """Lines of unit and account: who answers for each of these units, itself or the unit that answers for it."""
    from django.db.models import F
    from django.db.models.functions import Coalesce

    from zhize.apps.orgs.models import Post, Unit

    acting = Coalesce(F("answers_through_id"), F("pk"))
    units = Unit.objects.system("walk").filter(name__in=names).annotate(acting=acting)
    posts = Post.objects.system("walk").filter(
        role__in=("liaison", "clerk", "office_director", "office_staff")
    )
    accounts = dict(posts.order_by("role", "-pk").values_list("unit_id", "user__username"))
    return "\n".join(f"{unit.name}\t{accounts[unit.acting]}" for unit in units if unit.acting in accounts)


def city_year(code: str = "lz-quality", account: str = "lz-office") -> str:
    """The prefecture's own year is open; prints its label."""
    from datetime import date

    from zhize.apps.cli.demo.stage import actor, at
    from zhize.apps.orgs.models import Jurisdiction
    from zhize.apps.years.models import WorkYear
    from zhize.apps.years.services import work_year_create, work_year_move

    jurisdiction = Jurisdiction.objects.system("walk").get(code=code)
    if (
        found := WorkYear.objects.system("walk")
        .filter(jurisdiction=jurisdiction, starts_on__year=2012)
        .first()
    ):
        return str(found.label)
    day = date(2012, 1, 9)
    by = {"actor": actor(account, day), "now": at(day)}
    year = work_year_create(jurisdiction=jurisdiction, starts_on=date(2012, 1, 1), is_demo=True, **by)
    return str(work_year_move(year=year, action="open", version=None, **by).label)


ACTS = (issuers, sign_for, minutes, notice, liaisons, city_year)

if __name__ == "__main__":
    django.setup()
    print({act.__name__: act for act in ACTS}[sys.argv[1]](*sys.argv[2:]))
