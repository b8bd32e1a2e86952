"""`zhize recompute`: every sealed score worked out again; `zhize bundle`: a sealed round for a third party."""

from __future__ import annotations

import sys
from pathlib import Path

import click

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.option("--check", is_flag=True, help="与封存的结果逐项比较；有差异时以退出码 1 结束")
@click.argument("pk", metavar="[ROUND]", type=int, required=False)
@click.option("--bundle", "bundle", type=FILE, help="复算导出的核验包，不用数据库")
def recompute(check: bool, pk: int | None, bundle: Path | None) -> None:
    """由封存的办法和计分依据，重新计算考核得分；写 ROUND（考核编号）的只算这一次."""
    from zhize.apps.assessment.services import check_bundle
    from zhize.kit.errors import ZhizeError

    try:
        found = _told(bundle.name, check_bundle(bundle)) if bundle else _sealed(pk)
    except ZhizeError as error:
        raise click.ClickException(str(error)) from error
    click.echo("核验通过：每个得分都能由封存内容得出。" if not found else f"发现 {found} 处不符。")
    sys.exit(1 if check and found else 0)


def _sealed(pk: int | None) -> int:
    """Every sealed round of the database, or one; gives how many things differ."""
    from zhize.apps.assessment import selectors
    from zhize.core.scoring.seal import recompute as repeat

    rounds = selectors.rounds_sealed(pk)
    if not rounds:
        raise click.ClickException(
            "没有已封存的考核。考核在登记审定时封存。" if pk is None else f"没有编号为 {pk} 的已封存考核。"
        )
    total = 0
    for round_ in rounds:
        for freeze in selectors.freezes_of(round_):
            problems = repeat(freeze.payload, freeze.sha256)
            total += _told(f"{round_.jurisdiction.code} {round_.title}（第{freeze.number}次封存）", problems)
    return total


def _told(name: str, problems: list[str]) -> int:
    click.echo(f"{name}：{'一致' if not problems else f'{len(problems)} 处不符'}")
    for text in problems:
        click.echo(f"  {text}")
    return len(problems)


@click.command()
@click.argument("pk", metavar="ROUND", type=int)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def bundle(pk: int, file: Path) -> None:
    """把一次已审定的考核导出为 FILE（zip），供第三方核验."""
    from zhize.apps.assessment import selectors
    from zhize.apps.assessment.services import bundle_export
    from zhize.kit import clock
    from zhize.kit.actor import system_actor
    from zhize.kit.errors import ZhizeError

    if file.exists():
        raise click.ClickException(f"{file.name} 已存在。请换一个文件名。")
    rounds = selectors.rounds_sealed(pk)
    if not rounds:
        raise click.ClickException(f"没有编号为 {pk} 的已封存考核。考核在登记审定时封存。")
    try:
        with file.open("w+b") as target:
            seal = bundle_export(
                round_=rounds[0], target=target, actor=system_actor("zhize bundle"), now=clock.now()
            )
    except ZhizeError as error:
        file.unlink()
        raise click.ClickException(str(error)) from error
    click.echo(f"已导出，封存摘要 {seal}")
