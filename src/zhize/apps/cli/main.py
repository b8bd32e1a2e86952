"""The `zhize` command: everything an operator does. Each verb is a thin door to a service."""

from __future__ import annotations

import os
import sys

import click


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """质责 Zhize."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhize.config.settings")
    import django

    django.setup()


@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("args", nargs=-1, type=click.UNPROCESSED)
def django_admin(args: tuple[str, ...]) -> None:
    """Django's own management commands (migrate, collectstatic, shell)."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["zhize django-admin", *args])


if __name__ == "__main__":
    sys.exit(main())
