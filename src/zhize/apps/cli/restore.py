"""`zhize restore DIR`: first says what it would do; with --yes does it, keeping what was there before."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click
from django.conf import settings
from django.utils import timezone

from zhize.apps.cli import snapshot

DATABASE = "zhize.sqlite3"


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--into", type=click.Path(path_type=Path, file_okay=False), help="恢复到哪个数据目录，默认为 ZHIZE_HOME"
)
@click.option("--yes", is_flag=True, help="确认执行；不带此项只作预演")
def restore(folder: Path, into: Path | None, yes: bool) -> None:
    """从备份目录 DIR 恢复；默认只预演，加 --yes 执行."""
    home = (into or Path(settings.ZHIZE_HOME)).absolute()
    try:
        manifest = snapshot.read_manifest(folder)
    except RuntimeError as error:
        raise click.ClickException(str(error)) from error
    if problems := snapshot.problems_of(folder, manifest):
        raise click.ClickException("备份不完整，没有恢复：\n  " + "\n  ".join(problems[:20]))
    target = settings.DATABASES["default"]
    _check_kind(manifest.database, target)
    old = _old_data(home)
    click.echo(
        f"备份制作于 {manifest.made_at}（版本 {manifest.version}），{len(manifest.files)} 个文件校验无误。"
    )
    click.echo(
        f"将恢复到数据目录 {home}" + (f"，数据库 {target['NAME']}" if manifest.database != "sqlite" else "")
    )
    if old:
        click.echo(f"该目录现有 {len(old)} 个文件，将整体移到旁边保留，不会删除。")
    if manifest.database == "postgresql":
        click.echo("目标 PostgreSQL 数据库中的同名表将被备份内容替换。")
    if not yes:
        click.echo("以上只是预演，没有改动任何数据。确认无误后加 --yes 再运行一次。")
        return
    database = home / DATABASE if into else Path(str(target["NAME"]))
    with _not_running(home):
        kept = [_set_aside(home)] if old else []
    with _not_running(home):  # the folder that is there now
        if manifest.database == "sqlite" and database.exists():  # kept outside the data folder, by setting
            kept.append(_set_aside(database))
        _put_back(folder, home, manifest, target, database)
    for path in kept:
        click.echo(f"原有数据保留在 {path}")
    click.echo("已恢复。请运行 zhize audit verify 核对审计链，再运行 zhize run。")


def _check_kind(kind: str, target: Mapping[str, Any]) -> None:
    configured = "sqlite" if "sqlite" in target["ENGINE"] else "postgresql"
    if kind != configured:
        raise click.ClickException(
            f"备份来自 {kind}，而现在设置的是 {configured}，没有恢复。\n请先把 ZHIZE_DATABASE_URL 设为 {kind} 数据库。"
        )


def _old_data(home: Path) -> list[Path]:
    """What is in the data folder already; the key that a mere start of this command makes does not count."""
    made_by_start = {"secret_key", "run.lock"}
    found = list(snapshot.files_under(home)) if home.exists() else []
    return found if {str(p.relative_to(home)) for p in found} - made_by_start else []


@contextlib.contextmanager
def _not_running(home: Path) -> Iterator[None]:
    """Holds the lock of `zhize run`, so that nobody writes while data are put back."""
    import fcntl

    home.mkdir(parents=True, exist_ok=True)
    with (home / "run.lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise click.ClickException(
                f"{home} 中的系统正在运行，没有恢复。请先停止（Ctrl-C）再恢复。"
            ) from None
        yield


def _set_aside(home: Path) -> Path:
    kept = home.with_name(f"{home.name}.before-restore-{timezone.now():%Y%m%d-%H%M%S}")
    home.rename(kept)
    return kept


def _put_back(
    folder: Path, home: Path, manifest: snapshot.Manifest, target: Mapping[str, Any], database: Path
) -> None:
    if (folder / snapshot.HOME).exists():
        shutil.copytree(folder / snapshot.HOME, home, dirs_exist_ok=True)
    if manifest.database == "sqlite":
        shutil.copy2(folder / snapshot.SQLITE, database)
        return
    try:
        snapshot.run_postgres(
            "pg_restore", target, "--clean", "--if-exists", "--no-owner", "--single-transaction", "-d",
            str(target["NAME"]), str(folder / snapshot.POSTGRES),
        )  # fmt: skip
    except RuntimeError as error:
        raise click.ClickException(f"{error}\n数据库保持恢复前的样子（整个恢复是一个事务）。") from error
