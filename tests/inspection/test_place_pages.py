"""The checklist in the browser: one item a form, the next empty one after it; both sides sign; the paper."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.inspection.conftest import Plan
from tests.inspection.test_draws import unit_of
from tests.inspection.test_places import add, again, finished
from tests.kit.bad_files import pdf_file
from tests.world import World

from zhize.apps.inspection.models import EntryPicture
from zhize.apps.inspection.selectors.inspections import items_of
from zhize.apps.inspection.selectors.places import lines_of

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]


def test_a_member_fills_in_item_by_item_and_both_sign(world: World, ready: Plan, sign_in: SignIn) -> None:
    checked = unit_of(world, ready)
    clerk, unit = sign_in("clerk"), sign_in("sibling")
    named = reverse("inspection:place_add", args=[checked.pk])
    assert clerk.post(named, {"name": "市质监局"}).status_code == 400
    assert clerk.post(named, {"name": "市质监局", "note": "查阅台账"}).status_code == 302
    place = again(checked.places.system("test").get())
    page = reverse("inspection:place", args=[place.pk])
    first, number, words = items_of(checked.inspection)
    assert page in clerk.get(reverse("inspection:inspection", args=[checked.inspection_id])).content.decode()
    shown = clerk.get(page).content.decode()
    assert "0/3" in shown and "保存这一项" in shown
    bad = clerk.post(f"{page}entry/", {"item": first.pk, "version": 0, "verdict": "fails"})
    assert bad.status_code == 400 and "没有写情况" in bad.content.decode()
    photo = SimpleUploadedFile("现场.pdf", pdf_file(), "application/pdf")
    given = {"item": first.pk, "version": 0, "verdict": "fails", "words": "没有纪要", "pictures": photo}
    assert clerk.post(f"{page}entry/", given).headers["Location"] == f"{page}#item-{number.pk}"
    picture = reverse("inspection:picture", args=[EntryPicture.objects.system("test").get().pk])
    assert unit.get(picture).status_code == 200 and sign_in("other").get(picture).status_code == 404
    clerk.post(f"{page}entry/", {"item": number.pk, "version": 0, "number": "12.5"})
    clerk.post(f"{page}entry/", {"item": words.pk, "version": 0, "words": "有特色"})
    assert "3/3" in clerk.get(page).content.decode()
    assert clerk.post(f"{picture}remove/").status_code == 302
    done = {
        "version": 1,
        "visited_on": place.checked.inspection.created_at.date().isoformat(),
        "present": "副局长",
    }
    assert clerk.post(f"{page}finish/", done).status_code == 302
    form = {"side": "unit", "digest": again(place).digest}
    assert "被查单位签字" in unit.get(page).content.decode()
    assert clerk.post(f"{page}sign/", form).status_code == 403
    assert unit.post(f"{page}sign/", form).status_code == 302
    assert clerk.post(f"{page}sign/", form | {"side": "group"}).status_code == 302
    assert again(place).state == "signed"
    told = {"item": first.pk, "verdict": "meets", "words": "", "reason": "补交"}
    assert clerk.post(f"{page}correct/", told).status_code == 302
    assert "理由：补交" in unit.get(page).content.decode()
    for ending in ("docx", "pdf"):
        assert unit.get(page, {"as": ending}).status_code == 200


def test_paper_signatures_carry_a_scan_that_both_sides_open(
    world: World, ready: Plan, sign_in: SignIn
) -> None:
    place = finished(world, add(world, unit_of(world, ready)))
    page, clerk = reverse("inspection:place", args=[place.pk]), sign_in("clerk")
    day = place.checked.inspection.created_at.date().isoformat()
    paper = {"side": "unit", "name": "演示", "on": day}
    assert clerk.post(f"{page}paper/", paper).status_code == 400
    scan = SimpleUploadedFile("签字.pdf", pdf_file(), "application/pdf")
    assert clerk.post(f"{page}paper/", paper | {"scan": scan}).status_code == 302
    shown = sign_in("sibling").get(page).content.decode()
    assert "纸质签字" in shown
    signature = place.signatures.system("test").get()
    assert sign_in("sibling").get(reverse("inspection:scan", args=[signature.pk])).status_code == 200
    assert clerk.post(f"{page}reopen/", {"version": 2, "reason": "要改"}).status_code == 302
    assert again(place).state == "recording"


def test_statements_of_a_place_do_not_grow(world: World, ready: Plan, sign_in: SignIn) -> None:
    place, clerk = add(world, unit_of(world, ready)), sign_in("clerk")
    url = reverse("inspection:place", args=[place.pk])

    def statements() -> int:
        clerk.get(url)
        with CaptureQueriesContext(connection) as captured:
            assert clerk.get(url).status_code == 200
        return len(captured)

    few = statements()
    for item in items_of(place.checked.inspection):
        data = {"item": item.pk, "version": 0, "verdict": "na"}
        photo = SimpleUploadedFile("现场.pdf", pdf_file(), "application/pdf")
        clerk.post(f"{url}entry/", data | {"pictures": photo})
    assert sum(1 for line in lines_of(place) if line.filled) == 3
    assert statements() <= few + 1
