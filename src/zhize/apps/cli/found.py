"""`zhize found`: the first office of an empty installation."""

from __future__ import annotations

import click

LEVELS = ("province", "prefecture", "county", "zone")


@click.command()
@click.option("--code", prompt="行政区划代码（如 620100）", help="地区的行政区划代码（GB/T 2260）")
@click.option("--name", prompt="地区名称（如 兰州市）", help="地区名称")
@click.option("--level", type=click.Choice(LEVELS), prompt="层级", help="省级、市州级、县级、功能区")
@click.option("--programme", prompt="工作领域（如 质量振兴）", help="责任制度管的是什么工作")
@click.option("--programme-code", default="main", show_default=True, help="工作领域的代码")
@click.option("--group", default="", help="领导小组名称；不写为“地区+工作领域+工作领导小组”")
def found(code: str, name: str, level: str, programme: str, programme_code: str, group: str) -> None:
    """全新安装后做一次：建立本地区的辖区、领导小组和办公室，给出四个起步账号."""
    from zhize.apps.orgs.services import Place, office_found
    from zhize.kit import clock
    from zhize.kit.actor import system_actor
    from zhize.kit.errors import ZhizeError

    place = Place(code, name, level, programme, programme_code, group)
    try:
        jurisdiction, accounts = office_found(place=place, actor=system_actor("zhize found"), now=clock.now())
    except ZhizeError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"已建立{jurisdiction.name}。以下口令只显示这一次，首次登录时必须修改：")
    for account in accounts:
        click.echo(f"  {account.user.username:<12} {account.password}  {account.post.title}")
    click.echo("接着：zhize run --no-demo，用 sysadmin 登记单位和人员，用 office 登记制度文件。")
