"""`zhize demo`: the demonstration into an empty database, up to a stage, or at the scale of a country."""

from __future__ import annotations

from datetime import datetime

import click

from zhize.apps.cli.demo import STAGES, demo_load
from zhize.apps.cli.demo.nation import TODAY, nation_load
from zhize.apps.cli.run import database_is_empty, load_cards, make_ready


@click.command()
@click.option(
    "--stage",
    type=click.Choice(list(STAGES)),
    envvar="ZHIZE_DEMO_STAGE",
    default="year",
    show_default=True,
    help="演到哪一步：年初（start）、一季度末（quarter）、全年（year）",
)
@click.option(
    "--scale",
    type=click.Choice(["gansu", "nation"]),
    default="gansu",
    show_default=True,
    help="gansu：甘肃一年；nation：31 省、333 市州、2800 县区（名称和代码按规则生成），停在 2012-04-16",
)
@click.option(
    "--seed", type=int, default=2012, show_default=True, help="nation 的种子，同一种子得到同样的数据"
)
def demo(stage: str, scale: str, seed: int) -> None:
    """在空库中装入演示数据：甘肃 2012 年，或全国规模."""
    from django.conf import settings

    make_ready()
    if not database_is_empty():
        raise click.ClickException(
            f"{settings.ZHIZE_HOME} 中已有数据，没有装入演示数据。演示数据只能装入空库，不与真实数据混在一起。\n"
            "请用 ZHIZE_HOME 指定一个新的数据目录，如 ZHIZE_HOME=演示 zhize demo。"
        )
    click.echo("正在装入演示数据……")
    if scale == "nation":
        total = nation_load(seed=seed, say=click.echo)
        click.echo(
            f"已装入 {sum(total.values()):,} 行，停在 {TODAY:%Y-%m-%d}。接着：zhize audit verify；zhize run，账号如 d010000-office。"
        )
        return
    demo_load(stage)
    load_cards()
    click.echo(f"已装入，停在 {STAGES[stage][0]:%Y-%m-%d}。接着：zhize run，账号和口令在启动时列出。")


@click.command("demo-day")
@click.argument("day", type=click.DateTime(["%Y-%m-%d"]))
def demo_day(day: datetime) -> None:
    """演示日期改为某日，系统不必重启（只用于演示数据）."""
    from django.conf import settings

    from zhize.kit import clock

    if not settings.ZHIZE_CLOCK_FILE.exists():
        raise click.ClickException(
            f"{settings.ZHIZE_HOME} 中不是演示数据，没有改日期。正式使用时日期就是当天，不能改。"
        )
    if settings.ZHIZE_CLOCK:
        raise click.ClickException(
            f"环境变量 ZHIZE_CLOCK 已把日期固定在 {settings.ZHIZE_CLOCK}，没有改日期。请去掉这个变量后再试。"
        )
    clock.hold_at(day.date())
    click.echo(f"演示日期已改为 {day:%Y-%m-%d}，下一次打开页面即按这一天显示。")
