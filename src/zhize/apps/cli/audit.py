"""`zhize audit`: check the log, sign it, hand it to a third party."""

from __future__ import annotations

import sys
from pathlib import Path

import click

EXISTING_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
EXISTING_DIR = click.Path(exists=True, file_okay=False, path_type=Path)


@click.group()
def audit() -> None:
    """审计记录：核验、签检查点、导出."""


@audit.command()
@click.option("--chain", "code", help="只核验这一条链（辖区代码）")
@click.option("--checkpoints", "folder", type=EXISTING_DIR, help="检查点文件所在目录（存放在别处的副本）")
@click.option("--public-key", "keys", type=EXISTING_FILE, multiple=True, help="只信任这些公钥（PEM）")
def verify(code: str | None, folder: Path | None, keys: tuple[Path, ...]) -> None:
    """逐条核验审计链；发现问题时以退出码 1 结束."""
    from zhize.apps.audit import selectors
    from zhize.kit.errors import ZhizeError

    try:
        checkpoints = selectors.checkpoints_read(folder=folder, key_files=keys or None, chain=code)
    except ZhizeError as error:
        raise click.ClickException(str(error)) from error
    if code and code not in {*selectors.chain_codes(), *checkpoints.marks}:
        raise click.ClickException(f"没有代码为 {code} 的审计链。请核对辖区代码，或不加 --chain 核验全部。")
    clean = True
    for finding in selectors.guards_report():
        clean = False
        click.echo(str(finding))
    for report in selectors.chains_verify(checkpoints, only=code):
        clean = clean and report.is_clean
        click.echo(_words(report))
        for finding in report.findings:
            click.echo(f"  {finding}")
        if report.more:
            click.echo(f"  ……另有 {report.more} 处，从略")
    click.echo("核验通过。" if clean else "核验发现问题：请保全数据库和检查点文件，查明原因。")
    sys.exit(0 if clean else 1)


def _words(report: object) -> str:
    from zhize.apps.audit.selectors import ChainReport

    assert isinstance(report, ChainReport)  # nosec B101 - for the type checker; selectors are imported late
    state = "完好" if report.is_clean else f"{len(report.findings) + report.more} 处问题"
    return f"{report.chain}：{report.count} 条，{state}；签名检查点到第 {report.signed_upto} 条，其后 {report.unsigned} 条尚未签名"


@audit.command()
def checkpoint() -> None:
    """现在就为各条链签检查点（平时每天自动一次）."""
    from zhize.apps.audit.selectors import checkpoint_last
    from zhize.apps.audit.services import checkpoint_write
    from zhize.kit import clock
    from zhize.kit.actor import system_actor

    outcome = checkpoint_write(actor=system_actor("zhize audit checkpoint"), now=clock.now())
    for row in outcome.signed:
        last = checkpoint_last(row.chain)
        click.echo(last[1] if last else row.chain)
    click.echo(f"新签 {len(outcome.signed)} 个" + (f"，写入 {outcome.file.name}" if outcome.file else ""))
    for finding in outcome.refused:
        click.echo(f"未签：{finding}", err=True)
    sys.exit(1 if outcome.refused else 0)


@audit.command()
@click.argument("chain")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--reason", required=True, help="用途，记入审计")
def export(chain: str, file: Path, reason: str) -> None:
    """把一条链连同检查点、公钥、批量行文件导出为 FILE（zip），供第三方核验."""
    from zhize.apps.audit.services import export_write
    from zhize.kit import clock
    from zhize.kit.actor import system_actor
    from zhize.kit.errors import ZhizeError

    if file.exists():
        raise click.ClickException(f"{file.name} 已存在。请换一个文件名。")
    try:
        with file.open("w+b") as target:
            made = export_write(
                chain=chain,
                target=target,
                reason=reason,
                actor=system_actor("zhize audit export"),
                now=clock.now(),
            )
    except ZhizeError as error:
        file.unlink()
        raise click.ClickException(str(error)) from error
    click.echo(f"已导出第 1 至 {made.seq} 条，SHA-256 {made.sha256}")
