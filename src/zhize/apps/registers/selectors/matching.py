"""Which subject a row means: by its code, else by its exact name, present or former. Set-wise, three statements."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from zhize.apps.registers.models import Subject, SubjectName, uscc_objection
from zhize.kit.actor import Actor
from zhize.kit.fields import Objection

CODE, NAME = "subject_code", "subject_name"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A subject as a row names it; a code or a name may be missing."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Match:
    """The subject meant; none and no objection: it is new. `learns_code`: known by name, the code comes with the row."""

    subject: Subject | None = None
    objection: Objection | None = None
    learns_code: bool = False

    @property
    def is_new(self) -> bool:
        return self.subject is None and self.objection is None


def subjects_meant(actor: Actor, wanted: Collection[Wanted]) -> dict[Wanted, Match]:
    """For each of these the subject meant.

    The code decides, anywhere in the country: one company is one subject. A row whose code and name disagree with the
    register is objected to, since a wrong code would put a record on another company's page. Without a code the exact
    name (or a former one) decides, among what this actor sees; two of one name need the code.
    """
    by_code, by_name = _held(actor, wanted)
    return {one: _match(one, by_code, by_name) for one in wanted}


def same_name(one: str, other: str) -> bool:
    """Whether two names are one: width and spaces do not matter. Sample: 甲公司（兰州） = 甲公司(兰州)."""
    return _plain(one) == _plain(other)


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split())


def _held(
    actor: Actor, wanted: Collection[Wanted]
) -> tuple[dict[str, Subject], dict[str, list[tuple[bool, Subject]]]]:
    """Subjects by code, wherever they are; visible ones by name, each with whether it is the present name."""
    codes = {one.code for one in wanted if one.code}
    names = {one.name for one in wanted if one.name}
    shared = Subject.objects.system("a code is one company in the country; only its name is compared")
    by_code = {row.uscc: row for row in shared.filter(uscc__in=codes).select_related("region")}
    by_name: dict[str, list[tuple[bool, Subject]]] = {}
    visible = Subject.objects.visible_to(actor)
    for row in visible.filter(name__in=names).select_related("region").order_by("pk"):
        by_name.setdefault(row.name, []).append((True, row))
    former = SubjectName.objects.filter(
        Q(subject__uscc__in=codes) | Q(name__in=names, subject__in=visible.values("pk"))
    )
    for one in former.select_related("subject__region").order_by("pk"):
        by_name.setdefault(one.name, []).append((False, one.subject))
    return by_code, by_name


def _match(one: Wanted, by_code: dict[str, Subject], by_name: dict[str, list[tuple[bool, Subject]]]) -> Match:
    if words := uscc_objection(one.code):
        return Match(objection=(CODE, words, "请核对营业执照；没有代码的请留空"))
    named = by_name.get(one.name, [])
    if one.code and (held := by_code.get(one.code)):
        known = {held.name, *(name for name, rows in by_name.items() for _, s in rows if s.pk == held.pk)}
        if one.name and not any(same_name(one.name, name) for name in known):
            what = f"这个代码登记的名称是“{held.name}”，与表中的“{one.name}”不同"
            return Match(objection=(CODE, what, "请核对代码；企业已更名的，请先在企业页面登记更名"))
        return Match(held)
    if not one.name:
        what = "没有登记过这个代码" if one.code else "没有填写名称"
        return Match(objection=(NAME, what, "请同时填写名称"))
    if one.code:
        free = [subject for is_present, subject in named if is_present and not subject.uscc]
        return Match(free[0], learns_code=True) if len(free) == 1 else Match()
    present = {subject.pk: subject for is_present, subject in named if is_present}
    meant = present or {subject.pk: subject for _, subject in named}
    if len(meant) > 1:
        return Match(
            objection=(
                CODE,
                f"有 {len(meant)} 个主体叫“{one.name}”",
                "请填写统一社会信用代码，以便认出是哪一个",
            )
        )
    return Match(next(iter(meant.values()), None))
