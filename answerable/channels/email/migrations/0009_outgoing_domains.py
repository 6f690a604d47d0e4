from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("email", "0008_outgoing_test"),
    ]

    operations = [
        # What waits while this release is installed; of the rest nobody asks.
        migrations.RunSQL(
            "UPDATE email_outgoingmail SET domain = lower(split_part(\"to\", '@', 2))"
            " WHERE settled_at IS NULL",
            migrations.RunSQL.noop,
        ),
    ]
