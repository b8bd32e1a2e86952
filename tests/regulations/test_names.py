"""Names the directory does not know: mapped, registered, a collective, or no holder; remembered for the next document."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from tests.regulations.checking import read_text, rows
from tests.world import World

from zhize.apps.orgs.models import Membership, Unit
from zhize.apps.regulations import selectors, services
from zhize.apps.regulations.models import DutyHolder, PrintedName, RegulationVersion
from zhize.kit.errors import BadInput, NotAllowed

pytestmark = pytest.mark.django_db
TEXT = """粮食质量工作制度
一、工作职责
（一）省粮食局：负责粮食质量监测。
（二）省林业局：开展林产品品质研究。
（三）省体育局：承担体育器材检验；建立检验档案。
（四）省民政局：做好殡葬用品质量管理。
"""


@pytest.fixture
def version(world: World, now: datetime) -> RegulationVersion:
    return read_text(world, now, TEXT)


def _unknown(version: RegulationVersion) -> list[str]:
    directory = selectors.directory_of(version.regulation.jurisdiction)
    return [one.name for one in selectors.checking_names(version, directory, Decimal("0.4")).unknown]


def test_a_name_is_decided_once_and_holds_for_the_next_document(
    world: World, version: RegulationVersion, now: datetime
) -> None:
    gs, by = world.jurisdiction["gs"], {"actor": world.actor("office"), "now": now}
    assert _unknown(version) == ["省粮食局", "省林业局", "省体育局", "省民政局"]
    decisions = {
        "省粮食局": services.Means(unit_id=world.unit["gsj"].pk),
        "省体育局": services.Means(reason="技术机构，不承担行政职责"),
        "省林业局": services.Means(collective=DutyHolder.Collective.OTHER),
    }
    services.names_decide(jurisdiction=gs, decisions=decisions, **by)
    assert _unknown(version) == ["省民政局"]
    names = {"names": ["省民政局"], "kind": "department", "members_from": None}
    assert services.names_register(jurisdiction=gs, **names, **by) == 1
    services.rows_accept(version=version, least=0, **by)
    with pytest.raises(BadInput, match="还有 2 项"):  # nobody is left to hold them
        services.version_confirm(version=version, **by)
    for row in rows(version):
        if row.clause.path == "1.3":
            services.row_drop(row=row, version=None, **by)
    services.version_confirm(version=version, **by)
    held = DutyHolder.objects.filter(duty__jurisdiction=gs)
    assert held.get(printed="省粮食局").unit_id == world.unit["gsj"].pk
    assert held.get(printed="省林业局").collective == "other"
    assert not held.filter(printed="省体育局").exists()
    again = read_text(world, now, TEXT, code="second")
    assert _unknown(again) == []


def test_new_units_are_registered_unchecked_and_made_members(
    world: World, version: RegulationVersion, now: datetime
) -> None:
    gs, by = world.jurisdiction["gs"], {"actor": world.actor("office"), "now": now}
    services.names_register(
        jurisdiction=gs, names=["省粮食局"], kind="department", members_from=date(2012, 1, 1), **by
    )
    unit = Unit.objects.system("test").get(name="省粮食局")
    assert (unit.region_id, unit.confirmed) == (gs.region_id, False)
    assert Membership.objects.system("test").get(unit=unit).valid_from == date(2012, 1, 1)
    with pytest.raises(BadInput, match="已经在单位名录中"):
        services.names_register(
            jurisdiction=gs, names=["省粮食局"], kind="department", members_from=None, **by
        )
    with pytest.raises(NotAllowed):
        services.names_register(
            jurisdiction=gs, names=["省某局"], kind="department", members_from=None,
            actor=world.actor("liaison"), now=now,
        )  # fmt: skip


def test_leaving_a_name_out_asks_for_the_reason(world: World, now: datetime) -> None:
    with pytest.raises(BadInput, match="理由"):
        services.names_decide(
            jurisdiction=world.jurisdiction["gs"], decisions={"有关单位": services.Means()},
            actor=world.actor("office"), now=now,
        )  # fmt: skip


def test_the_page_lists_each_name_once_and_takes_a_decision(
    client: Client, world: World, version: RegulationVersion
) -> None:
    client.force_login(world.user["office"], "django.contrib.auth.backends.ModelBackend")
    here = reverse("regulations:confirm", kwargs={"pk": version.pk})
    assert client.get(here).content.decode().count('name="each" value="省粮食局"') == 1
    names = reverse("regulations:names", kwargs={"pk": version.pk})
    wrong = client.post(names, {"act": "map", "each": ["省粮食局"], "unit": ["省某局"]})
    assert wrong.status_code == 400 and "省某局" in wrong.content.decode()
    client.post(names, {"act": "map", "each": ["省粮食局", "省体育局"], "unit": ["省工商局", ""]})
    client.post(names, {"act": "leave", "name": ["省体育局"], "reason": "技术机构"})
    page = client.get(here).content.decode()
    assert 'value="省粮食局"' not in page and "省粮食局 → 省工商局" in page
    kept = PrintedName.objects.system("test").get(name="省体育局")
    client.post(reverse("regulations:name_forget", kwargs={"pk": kept.pk}), {"version": version.pk})
    assert 'name="each" value="省体育局"' in client.get(here).content.decode()


def test_ticked_names_go_to_the_units_most_like_them(client: Client, world: World, now: datetime) -> None:
    client.force_login(world.user["office"], "django.contrib.auth.backends.ModelBackend")
    text = "粮食质量工作制度\n一、工作职责\n（一）市工商局：负责市场检查。\n"
    version = read_text(world, now, text)
    names = reverse("regulations:names", kwargs={"pk": version.pk})
    assert client.post(names, {"act": "near"}).status_code == 400  # nothing ticked
    client.post(names, {"act": "near", "name": ["市工商局"]})
    assert PrintedName.objects.system("test").get(name="市工商局").unit_id == world.unit["gsj"].pk
