from django.db import migrations, models
import django.db.models.deletion


class Migration(migrations.Migration):

    dependencies = [
        ('entitlements', '0002_version_says_by_whom_and_from_when'),
    ]

    operations = [
        migrations.CreateModel(
            name='PlanText',
            fields=[
                ('version', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='written', serialize=False, to='entitlements.planversion')),
                ('text', models.TextField()),
            ],
        ),
    ]
