"""The first migration of an app makes every table at once, as its last operation leaves it."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from zhize.kit.founding import Founding

OURS = [one for one in apps.get_app_configs() if one.name.startswith("zhize.") and [*one.get_models()]]


def _founding() -> Founding:
    return Founding(
        [
            migrations.CreateModel("Book", [("id", models.BigAutoField(primary_key=True))]),
            migrations.CreateModel(
                "Page",
                [
                    ("id", models.BigAutoField(primary_key=True)),
                    ("number", models.IntegerField()),
                    ("book", models.ForeignKey("library.book", models.CASCADE)),
                ],
            ),
            migrations.AddField(
                "Book", "first", models.ForeignKey("library.page", models.CASCADE, null=True)
            ),
            migrations.AddIndex("Page", models.Index(fields=["number"], name="library_page_number")),
            migrations.AddConstraint(
                "Page", models.UniqueConstraint(fields=["book", "number"], name="library_page_once")
            ),
        ]
    )


def _tables() -> set[str]:
    return {name for name in connection.introspection.table_names() if name.startswith("library_")}


@pytest.mark.django_db(transaction=True)
def test_tables_that_point_at_each_other_come_with_index_and_constraint_and_go_again() -> None:
    before, after, step = ProjectState(), ProjectState(), _founding()
    step.state_forwards("library", after)
    with connection.schema_editor() as editor:
        step.database_forwards("library", editor, before, after)
    try:
        with connection.cursor() as cursor:
            kept = connection.introspection.get_constraints(cursor, "library_page")
            columns = {
                one.name for one in connection.introspection.get_table_description(cursor, "library_book")
            }
        assert kept["library_page_number"]["index"]
        assert kept["library_page_once"]["unique"]
        assert columns == {"id", "first_id"}
    finally:
        with connection.schema_editor() as editor:
            step.database_backwards("library", editor, after, before)
    assert _tables() == set()


@pytest.mark.parametrize("app", OURS, ids=lambda app: app.label)
def test_every_app_begins_with_one(app: object) -> None:
    first = import_module(f"{app.name}.migrations.0001_initial")  # type: ignore[attr-defined]
    assert [type(one) for one in first.Migration.operations] == [Founding], (
        "wrap the operations of a new app's first migration: operations = [Founding([…])]"
    )
