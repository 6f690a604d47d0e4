import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tickets', '0007_holds'),
        ('accounts', '0001_first'),
    ]

    operations = [
        migrations.CreateModel(
            name='SeverityChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('before', models.CharField(max_length=40)),
                ('after', models.CharField(max_length=40)),
                ('reason', models.TextField(blank=True)),
                ('made_at', models.DateTimeField()),
                ('in_force_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name='severitychange',
            name='agent',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='accounts.agent'),
        ),
        migrations.AddField(
            model_name='severitychange',
            name='contact',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='accounts.contact'),
        ),
        migrations.AddField(
            model_name='severitychange',
            name='notice',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='severity_change', to='tickets.message'),
        ),
        migrations.AddField(
            model_name='severitychange',
            name='ticket',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='severity_changes', to='tickets.ticket'),
        ),
        migrations.AddIndex(
            model_name='severitychange',
            index=models.Index(fields=['ticket', 'id'], name='severity_by_ticket'),
        ),
    ]
