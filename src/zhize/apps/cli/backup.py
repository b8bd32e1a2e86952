"""`zhize backup DIR`: everything needed to go on elsewhere, while the product runs."""

from __future__ import annotations

import os
from pathlib import Path

import click
from django.conf import settings
from django.utils import timezone

import zhize
from zhize.apps.cli import snapshot


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
def backup(folder: Path) -> None:
    """备份数据库、文件与密钥到新目录 DIR（可在运行中进行）."""
    if folder.exists() and any(folder.iterdir()):
        raise click.ClickException(f"{folder} 不是空目录，没有备份。请换一个新目录，避免新旧备份混在一起。")
    home = Path(settings.ZHIZE_HOME)
    if home in (folder.absolute(), *folder.absolute().parents):
        raise click.ClickException(
            f"{folder} 在数据目录 {home} 之内，备份会把自己也备进去。请选择数据目录之外的位置。"
        )
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.chmod(folder, 0o700)  # noqa: PTH101  (the copy holds the secret key)
    try:
        kind = snapshot.copy_database(settings.DATABASES["default"], folder)
    except RuntimeError as error:
        raise click.ClickException(str(error)) from error
    snapshot.copy_home(home, folder)
    made = snapshot.write_manifest(folder, database=kind, version=zhize.__version__, now=timezone.now())
    size = sum(values["bytes"] for values in made.files.values())
    click.echo(f"已备份到 {folder}：{kind} 数据库，共 {len(made.files)} 个文件，{size / 1e6:.1f} MB")
    click.echo("其中含签名密钥（secret_key），请像保管公章一样保管。恢复：zhize restore DIR")
