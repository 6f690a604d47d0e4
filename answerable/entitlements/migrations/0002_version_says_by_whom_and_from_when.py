from django.db import migrations, models
import django.db.models.deletion


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_first'),
        ('entitlements', '0001_first'),
    ]

    operations = [
        migrations.AddField(
            model_name='plan',
            name='retired_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='planversion',
            name='effective_from',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='planversion',
            name='note',
            field=models.CharField(blank=True, db_default='', default='', max_length=500),
        ),
        migrations.AddField(
            model_name='planversion',
            name='published_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agent'),
        ),
    ]
