"""When a material was first handed in; what is there already was seen by those it was given to, and stays so."""

from typing import Any

from django.db import migrations, models


def as_registered(apps: Any, schema_editor: Any) -> None:
    rows = apps.get_model("documents", "Evidence")._base_manager
    rows.update(handed_in_at=models.F("created_at"))


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_official_documents")]

    operations = [
        migrations.AddField(
            model_name="evidence",
            name="handed_in_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="首次报送"),
        ),
        migrations.RunPython(as_registered, migrations.RunPython.noop),
    ]
