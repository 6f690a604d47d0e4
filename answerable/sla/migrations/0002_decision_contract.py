import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('entitlements', '0001_first'),
        ('sla', '0001_first'),
    ]

    operations = [
        migrations.AddField(
            model_name='decision',
            name='contract',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='entitlements.contract'),
        ),
    ]
