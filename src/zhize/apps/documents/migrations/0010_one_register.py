"""What was sent to offices within the product stands in their register of papers received, also what was sent before."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


def register_earlier(apps, schema_editor):
    """A line for each addressee of a document sent that is the office or group of a jurisdiction, in the order sent."""
    get = apps.get_model
    Addressee, Incoming = get("documents", "Addressee"), get("documents", "Incoming")
    Jurisdiction, Receipt = get("orgs", "Jurisdiction"), get("documents", "Receipt")
    homes = {}
    for row in Jurisdiction._base_manager.order_by("-pk"):
        homes |= {pk: row for pk in (row.group_unit_id, row.office_unit_id) if pk}
    signed = {
        (row.document_id, row.unit_id): row
        for row in Receipt._base_manager.filter(act="received")
    }
    rows = Addressee._base_manager.filter(document__state__in=("issued", "archived")).filter(
        Q(unit_id__in=homes) | Q(unit__answers_through_id__in=homes)
    )
    made = []
    for one in rows.select_related("document__issuer", "document__jurisdiction", "unit").order_by("document__issued_at", "pk"):
        document = one.document
        home = homes.get(one.unit_id) or homes.get(one.unit.answers_through_id)
        if home.pk == document.jurisdiction_id and one.unit_id == home.office_unit_id:
            continue
        receipt = signed.get((document.pk, one.unit_id))
        made.append(
            Incoming(
                jurisdiction=home, addressee=one, title=document.title, number=document.number,
                from_name=document.issuer.name if document.issuer else document.jurisdiction.name,
                dated_on=document.dated_on, received_on=(receipt.at if receipt else document.issued_at).date(),
                state="registered" if receipt else "arrived", registered_by=receipt.by if receipt else "系统送达",
                registered_at=receipt.at if receipt else document.issued_at,
            )
        )
    Incoming._base_manager.bulk_create(made, batch_size=500)
    if made and schema_editor.connection.vendor == "postgresql":
        # The table is altered once more at the end of this migration, which waiting checks of foreign keys forbid.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):

    dependencies = [
        ("documents", "0009_aftermath"),
    ]

    operations = [
        migrations.AddField(
            model_name="incoming",
            name="addressee",
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="incoming", to="documents.addressee", verbose_name="系统内来文"),
        ),
        migrations.AlterField(
            model_name="incoming",
            name="serial",
            field=models.CharField(blank=True, max_length=120, verbose_name="收文编号"),
        ),
        migrations.AlterField(
            model_name="incoming",
            name="state",
            field=models.CharField(choices=[("arrived", "待签收"), ("registered", "已登记"), ("proposed", "已拟办"), ("assigned", "承办中"), ("answered", "已回呈"), ("filed", "已阅存")], default="registered", max_length=12, verbose_name="办理状态"),
        ),
        migrations.RunPython(register_earlier, migrations.RunPython.noop),
    ]
