"""Raw mail is kept as it is, not compressed: it costs less to write, and parts can be read alone."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('email', '0013_ledger_is_searched'),
    ]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE email_inboundmail ALTER COLUMN raw SET STORAGE EXTERNAL",
            "ALTER TABLE email_inboundmail ALTER COLUMN raw SET STORAGE EXTENDED",
        ),
    ]
