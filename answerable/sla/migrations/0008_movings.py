import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sla', '0007_decision_knows_its_cause'),
        ('accounts', '0001_first'),
        ('entitlements', '0001_first'),
    ]

    operations = [
        migrations.CreateModel(
            name='Moving',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('moved', models.PositiveIntegerField(default=0)),
                ('kept', models.PositiveIntegerField(default=0)),
                ('finished_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name='moving',
            name='agent',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='accounts.agent'),
        ),
        migrations.AddField(
            model_name='moving',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='movings', to='entitlements.planversion'),
        ),
        migrations.AddConstraint(
            model_name='moving',
            constraint=models.UniqueConstraint(condition=models.Q(('finished_at', None)), fields=('version',), name='moving_once_at_a_time'),
        ),
    ]
