"""From here on the database itself refuses to change or remove what the log holds (ADR 0004)."""

from typing import Any

from django.db import migrations

from zhize.apps.audit.models import GUARDS
from zhize.kit.append_only import install, remove


def forwards(apps: Any, schema_editor: Any) -> None:
    install(schema_editor.connection, GUARDS)


def backwards(apps: Any, schema_editor: Any) -> None:
    remove(schema_editor.connection, GUARDS)


class Migration(migrations.Migration):

    dependencies = [
        ("audit", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(forwards, backwards),
    ]
