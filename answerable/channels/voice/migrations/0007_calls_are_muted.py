from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("voice", "0006_recordings_of_a_provider"),
    ]

    operations = [
        migrations.AddField(
            model_name="call",
            name="is_muted",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
