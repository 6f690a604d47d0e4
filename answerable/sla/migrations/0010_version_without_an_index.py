import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('entitlements', '0001_first'),
        ('sla', '0009_audits'),
    ]

    operations = [
        migrations.AlterField(
            model_name='clock',
            name='plan_version',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='entitlements.planversion'),
        ),
    ]
