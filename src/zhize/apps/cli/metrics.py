"""`zhize metrics`: loading the shipped cards and published figures, counting a period."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click
from django.conf import settings

from zhize.core.kernel.errors import CoreError
from zhize.kit import clock
from zhize.kit.actor import Actor, system_actor
from zhize.kit.errors import ZhizeError
from zhize.kit.fields import Outcome


@click.group()
def metrics() -> None:
    """指标卡和指标数据."""


@metrics.command()
def load() -> None:
    """载入随系统发布的指标卡；各地修订过的不覆盖."""
    from zhize.apps.metrics.services import cards_load

    try:
        _say("指标卡", cards_load(actor=system_actor("命令行载入指标卡"), now=clock.now()))
    except (ZhizeError, CoreError) as error:
        raise click.ClickException(str(error)) from error


@metrics.command("load-published")
@click.option("--jurisdiction", "code", required=True, help="辖区代码，如 gs-quality")
@click.option(
    "--file",
    "source",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="默认为参考数据中的 published.yaml",
)
def load_published(code: str, source: Path | None) -> None:
    """把公开发布过的数连同出处载入一个辖区."""
    from zhize.apps.metrics.services import published_load
    from zhize.apps.orgs.models import Jurisdiction

    found = Jurisdiction.objects.system("command").select_related("region").filter(code=code).first()
    if found is None:
        raise click.ClickException(f"没有代码为“{code}”的辖区。请用 zhize django-admin 核对，或先建立辖区。")
    path = source or Path(settings.REFERENCE_DIR, "gansu", "published.yaml")
    try:
        outcome = published_load(
            jurisdiction=found, path=path, actor=_acting(code, found.pk), now=clock.now()
        )
    except (ZhizeError, CoreError) as error:
        raise click.ClickException(str(error)) from error
    _say("公开发布的数", outcome)


@metrics.command()
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="默认今天")
def collect(day: datetime | None) -> None:
    """按台账、公式和各地区的数，为所有进行中的年度取数（每晚自动进行）."""
    from zhize.apps.metrics.tasks import collect_all

    now = clock.now()
    moment = now if day is None else now.replace(year=day.year, month=day.month, day=day.day)
    try:
        collect_all(moment)
    except (ZhizeError, CoreError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"已取数，截至 {_day(moment)}")


def _day(moment: datetime) -> date:
    return moment.date()


def _acting(code: str, pk: int) -> Actor:
    return system_actor("命令行载入公开发布的数", jurisdiction_id=pk, jurisdiction_code=code)


def _say(what: str, outcome: Outcome) -> None:
    click.echo(f"{what}：新增 {outcome.added}，更新 {outcome.changed}，不变 {outcome.same}")
