"""`zhize doctor`: what is installed, what is missing, and what to do about each."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import click
from django.conf import settings

import zhize
from zhize.kit import clock

LOW_DISK = 2 * 1024**3


@dataclass(frozen=True, slots=True)
class Line:
    """One finding: ok, a remark (works without), or a fault; and the remedy."""

    mark: str
    what: str
    remedy: str = ""


def ok(what: str) -> Line:
    return Line("✓", what)


def remark(what: str, remedy: str) -> Line:
    return Line("○", what, remedy)


def fault(what: str, remedy: str) -> Line:
    return Line("✗", what, remedy)


@click.command()
def doctor() -> None:
    """检查本机：程序、数据库、字体、目录、磁盘，每条附解决办法."""
    faults = 0
    for check in CHECKS:
        for line in check():
            faults += line.mark == "✗"
            click.echo(f" {line.mark} {line.what}" + (f"\n     办法：{line.remedy}" if line.remedy else ""))
    if faults:
        raise click.ClickException(f"{faults} 项需要处理（见 ✗）")


def check_program() -> Iterator[Line]:
    yield ok(f"质责 {zhize.__version__}，Python {platform.python_version()}（{sys.executable}）")


def check_database() -> Iterator[Line]:
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    where = settings.DATABASES["default"]
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version"
            )
            version = cursor.fetchone()[0]
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        yield fault(f"连不上数据库 {where['NAME']}：{error}", "检查 ZHIZE_DATABASE_URL、数据库服务和账号")
        return
    yield ok(f"数据库 {connection.vendor} {version}：{where['NAME']}")
    if pending:
        yield fault(f"有 {len(pending)} 个数据库升级未执行", "运行 zhize prepare（先 zhize backup）")
    else:
        yield ok("数据库结构是最新的")
    if connection.vendor == "postgresql" and shutil.which("pg_dump") is None:
        yield fault("没有 pg_dump，无法备份 PostgreSQL", "apt-get install postgresql-client")


def check_folders() -> Iterator[Line]:
    home = Path(settings.ZHIZE_HOME)
    for folder in (home, Path(settings.MEDIA_ROOT)):
        nearest = next(p for p in (folder, *folder.parents) if p.exists())
        if os.access(nearest, os.W_OK):
            yield ok(f"可写：{folder}")
        else:
            yield fault(f"不可写：{folder}", "改正目录权限，或用 ZHIZE_HOME 指定别处")
    free = shutil.disk_usage(home).free
    text = f"磁盘剩余 {free / 1e9:.1f} GB"
    yield ok(text) if free > LOW_DISK else fault(text, "清理磁盘：不足 2 GB 时上传和导入会失败")
    key = home / "secret_key"
    if key.exists() and key.stat().st_mode & 0o077:
        yield fault(f"签名密钥可被他人读取：{key}", f"chmod 600 {key}")


def check_static() -> Iterator[Line]:
    from zhize.apps.cli.run import static_is_stale

    if static_is_stale():
        yield remark("静态文件尚未收集或不是最新", "运行 zhize prepare（zhize run 会自动做）")
    else:
        yield ok("静态文件已收集")
    catalogue = Path(settings.LOCALE_PATHS[0]) / "en" / "LC_MESSAGES" / "django.mo"
    if catalogue.exists():
        yield ok("英文界面已编译")
    else:
        yield remark("英文界面未编译，英文用户将看到中文", "在源码目录运行 make setup")


def check_fonts() -> Iterator[Line]:
    try:
        folder = resources.files("pylopdf_fonts_zh_cn")
        fonts = [f.name for f in folder.rglob("*") if f.suffix in {".ttf", ".otf", ".ttc"}]  # type: ignore[attr-defined]
    except ModuleNotFoundError:
        fonts = []
    if fonts:
        yield ok(f"中文字体：{len(fonts)} 个（随程序安装）")
    else:
        yield fault("没有中文字体，公文和图表无法排版", "重新运行 make setup")


def check_settings() -> Iterator[Line]:
    if settings.DEBUG:
        yield fault("调试模式已打开，会向用户显示内部信息", "去掉 ZHIZE_DEBUG")
    if shown := clock.demonstration_date():
        yield remark(f"时钟停在 {shown}（演示用）", "正式使用时另用数据目录，并去掉 ZHIZE_CLOCK")
    if not settings.SESSION_COOKIE_SECURE:
        yield remark(
            "未启用 HTTPS（ZHIZE_HTTPS），只适合本机试用", "正式使用时置于 HTTPS 之后并设 ZHIZE_HTTPS=1"
        )


CHECKS: tuple[Callable[[], Iterator[Line]], ...] = (
    check_program,
    check_database,
    check_folders,
    check_static,
    check_fonts,
    check_settings,
)
