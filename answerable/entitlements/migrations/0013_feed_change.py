import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_api_token'),
        ('entitlements', '0012_feed'),
    ]

    operations = [
        migrations.CreateModel(
            name='FeedChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('days', models.JSONField()),
                ('found_at', models.DateTimeField()),
                ('dismissed_at', models.DateTimeField(null=True)),
                ('dismissed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agent')),
                ('version', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='feed_change', to='entitlements.planversion')),
            ],
        ),
    ]
