import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_first'),
        ('sla', '0013_clock_by_due'),
        ('tickets', '0010_event_keeps_fewer_indexes'),
    ]

    operations = [
        migrations.AlterField(
            model_name='clockentry',
            name='agent',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to='accounts.agent'),
        ),
        migrations.AlterField(
            model_name='clockentry',
            name='clock',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='sla.clock'),
        ),
        migrations.AlterField(
            model_name='clockentry',
            name='event',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, to='tickets.ticketevent'),
        ),
        migrations.AddIndex(
            model_name='clockentry',
            index=models.Index(condition=models.Q(('event__isnull', False)), fields=['event'], name='entry_by_event'),
        ),
    ]
