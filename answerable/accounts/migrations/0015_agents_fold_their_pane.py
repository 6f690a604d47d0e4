import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0014_account_notes"),
    ]

    operations = [
        migrations.AddField(
            model_name='agent',
            name='pane_folded',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), db_default=None, null=True, size=None),
        ),
    ]
