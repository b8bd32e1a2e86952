"""What others did in a round beside a walk, by services, on the data of a running product.

Run as `python -m tests.support.round_acts ACT …` in the product's environment; prints what the walk needs.
"""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

from tests.support.product import ROOT, Product

COUNTY = "620123-quality"


def play(product: Product, *words: str) -> str:
    """Runs an act on the data of this product."""
    command = [sys.executable, "-m", "tests.support.round_acts", *words]
    done = subprocess.run(command, env=product.env, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(words)}: {done.stdout[-2000:]}{done.stderr[-3000:]}"
    return done.stdout.strip()


def _round(code: str = "gs-quality") -> Any:
    from zhize.apps.assessment.models import Round

    rows = Round.objects.system("walk").select_related("jurisdiction__region", "year")
    return rows.filter(jurisdiction__code=code).first()


def _data() -> tuple[Any, Any]:
    from django.conf import settings

    from zhize.apps.cli.demo.stage import read_yaml

    data = read_yaml(Path(settings.REFERENCE_DIR) / "gansu" / "assessment.yaml")
    return data, data["round"]


def hand_in(*left: str) -> str:
    """Every prefecture files its goals and hands in its self-evaluation, as in the demonstration, except those of the
    regions named; prints how many."""
    from zhize.apps.assessment.selectors import objects_of
    from zhize.apps.cli.demo.assessment import _self_evaluation

    data, days = _data()
    rows = [row for row in objects_of(_round()) if row.unit.region.code not in left]
    for row in rows:
        _self_evaluation(row, data["objects"][row.unit.region.code], days)
    return str(len(rows))


def mark(*campaigns: str) -> str:
    """Two groups, the bureaux and the office mark what is theirs, as in the demonstration but for the marks of the campaign
    given (620100=16); prints the names of the groups."""
    from zhize.apps.assessment.services import inputs_collect
    from zhize.apps.cli.demo import assessment_marks
    from zhize.apps.cli.demo.stage import actor, at

    data, days = _data()
    for one in campaigns:
        region, value = one.split("=")
        data["objects"][region]["campaign"] = value
    round_, day = _round(), days["marked"]
    assessment_marks.groups(round_, data["groups"], days["checked"])
    inputs_collect(round_=round_, actor=actor("gs-office", day), now=at(day, 9))
    assessment_marks.marks(round_, data, day)
    return "、".join(one["label"] for one in data["groups"])


def county() -> str:
    """榆中县's second person, its open year and its issuing office; prints the name of its jurisdiction."""
    from django.contrib.auth.hashers import make_password

    from zhize.apps.cli.demo.stage import actor, at
    from zhize.apps.documents.services import issuer_create
    from zhize.apps.orgs.models import Jurisdiction, Post, User
    from zhize.apps.years.services import work_year_create, work_year_move

    since = date(2012, 1, 9)
    place = Jurisdiction.objects.system("walk").get(code=COUNTY)
    user = User.objects.create(
        username="yz-director", name="县质量办主任（演示）", password=make_password(os.environ["ZHIZE_DEMO_PASSWORD"]), is_demo=True,
        password_changed_at=at(since), created_at=at(since),
    )  # fmt: skip
    Post.objects.create(
        user=user, unit_id=place.office_unit_id, jurisdiction=place, role="office_director", title="办公室主任", starts_on=since
    )  # fmt: skip
    by: dict[str, Any] = {"actor": actor("yz-director", since), "now": at(since)}
    year = work_year_create(jurisdiction=place, starts_on=date(2012, 1, 1), is_demo=True, **by)
    work_year_move(year=year, action="open", version=None, **by)
    unit = place.office_unit
    issuer_create(
        data={"unit": unit, "name": "榆中县质量振兴领导小组办公室", "agency_code": "榆质振办"}, **by
    )
    return str(place.name)


def county_marks() -> str:
    """The office enters what came on paper and marks it: the first department well, the second badly; prints how many."""
    from zhize.apps.assessment import services
    from zhize.apps.assessment.selectors import entries_of, objects_of
    from zhize.apps.cli.demo.stage import actor, at

    day = date(2012, 12, 6)
    round_ = _round(COUNTY)
    marks = []
    rows = objects_of(round_)
    entries = entries_of(rows)
    for good, row in zip((True, False), rows, strict=True):
        facts: dict[str, dict[str, Any]] = {
            "plan": {"actual": 9 if good else 5, "target": 10},
            "sampling": {"count": 0 if good else 6},
            "work": {"value": "38" if good else "20"},
        }
        marks += [services.Mark(one.pk, facts[one.code], "") for one in entries[row.pk] if one.code in facts]
    services.marks_save(round_=round_, marks=marks, actor=actor("yz-office", day), now=at(day))
    return str(len(marks))


def totals(code: str = "gs-quality") -> str:
    """Every object with its total and grade, for who writes the walk."""
    from zhize.apps.assessment.selectors import objects_of

    return "\n".join(
        f"{one.name}\t{one.total}\t{one.grade}\t{one.demands}" for one in objects_of(_round(code))
    )


ACTS = {one.__name__: one for one in (hand_in, mark, county, county_marks, totals)}

if __name__ == "__main__":
    import django

    django.setup()
    print(ACTS[sys.argv[1]](*sys.argv[2:]))
