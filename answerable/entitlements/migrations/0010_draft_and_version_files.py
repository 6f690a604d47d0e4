import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('entitlements', '0009_plan_draft'),
    ]

    operations = [
        migrations.CreateModel(
            name='DraftFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(max_length=500)),
                ('data', models.BinaryField()),
                ('kept_at', models.DateTimeField()),
                ('draft', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='entitlements.plandraft')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('draft', 'place'), name='draft_file_by_place')],
            },
        ),
        migrations.CreateModel(
            name='VersionFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(max_length=500)),
                ('data', models.BinaryField()),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='entitlements.planversion')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('version', 'place'), name='version_file_by_place')],
            },
        ),
    ]
