"""Versions that were published so far counted from that instant on."""

from django.db import migrations

FILL = "UPDATE entitlements_planversion SET effective_from = published_at"


class Migration(migrations.Migration):

    dependencies = [
        ('entitlements', '0005_contracts_follow_what_was_signed'),
    ]

    operations = [
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
