import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_first'),
        ('entitlements', '0001_first'),
        ('sla', '0011_entry_of_pauses'),
        ('tickets', '0009_excuses_are_told'),
    ]

    operations = [
        migrations.CreateModel(
            name='Appeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.TextField()),
                ('at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(null=True)),
                ('upheld', models.BooleanField(null=True)),
                ('answer', models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.TextField()),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Excuse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40)),
                ('says', models.CharField(max_length=200)),
                ('words', models.TextField()),
                ('evidence', models.TextField(blank=True)),
                ('appealable', models.BooleanField()),
                ('at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name='appeal',
            name='contact',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.contact'),
        ),
        migrations.AddField(
            model_name='appeal',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agent'),
        ),
        migrations.AddField(
            model_name='comment',
            name='agent',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agent'),
        ),
        migrations.AddField(
            model_name='comment',
            name='clock',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='sla.clock'),
        ),
        migrations.AddField(
            model_name='excuse',
            name='agent',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agent'),
        ),
        migrations.AddField(
            model_name='excuse',
            name='clock',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='excuses', to='sla.clock'),
        ),
        migrations.AddField(
            model_name='excuse',
            name='message',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='tickets.message'),
        ),
        migrations.AddField(
            model_name='appeal',
            name='excuse',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='appeal', to='sla.excuse'),
        ),
        migrations.AddConstraint(
            model_name='excuse',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('clock',), name='excuse_stands_alone'),
        ),
        migrations.AddIndex(
            model_name='appeal',
            index=models.Index(condition=models.Q(('decided_at', None)), fields=['at'], name='appeal_waiting'),
        ),
        migrations.AddConstraint(
            model_name='appeal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('upheld', None)), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('upheld__isnull', False)), _connector='OR'), name='appeal_is_decided_by_somebody'),
        ),
    ]
