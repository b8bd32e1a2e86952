"""The `zhize` command: everything an operator does. Each verb is a thin door to a service.

A verb is a line in `VERBS` and a module that holds the click command; it is imported only when asked for.
"""

from __future__ import annotations

import importlib
import os
import sys

import click

# verb -> module:command, in the order of `zhize --help`
VERBS = {
    "run": "zhize.apps.cli.run:run",
    "prepare": "zhize.apps.cli.run:prepare",
    "found": "zhize.apps.cli.found:found",
    "demo": "zhize.apps.cli.demonstrate:demo",
    "demo-day": "zhize.apps.cli.demonstrate:demo_day",
    "web": "zhize.apps.cli.run:web",
    "worker": "zhize.apps.cli.run:worker",
    "beat": "zhize.apps.cli.beat:beat",
    "calc": "zhize.apps.cli.calc:calc",
    "regulations": "zhize.apps.cli.regulations:regulations",
    "metrics": "zhize.apps.cli.metrics:metrics",
    "doctor": "zhize.apps.cli.doctor:doctor",
    "backup": "zhize.apps.cli.backup:backup",
    "restore": "zhize.apps.cli.restore:restore",
    "audit": "zhize.apps.cli.audit:audit",
    "recompute": "zhize.apps.cli.recompute:recompute",
    "bundle": "zhize.apps.cli.recompute:bundle",
}


def set_up() -> None:
    """Django with the product's settings; the second call does nothing."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhize.config.settings")
    import django

    django.setup()


class LazyGroup(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*VERBS, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return super().get_command(ctx, cmd_name)
        set_up()  # a verb may import models at its head, and `zhize --help` asks for all of them
        module, _, name = VERBS[cmd_name].partition(":")
        command = getattr(importlib.import_module(module), name)
        assert isinstance(command, click.Command)  # nosec B101 - a wrong line in VERBS, found by its test
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """质责 Zhize."""
    set_up()


@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("args", nargs=-1, type=click.UNPROCESSED)
def django_admin(args: tuple[str, ...]) -> None:
    """Django 的管理命令 (migrate, collectstatic, shell)."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["zhize django-admin", *args])


if __name__ == "__main__":
    sys.exit(main())
