from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sla', '0008_movings'),
    ]

    operations = [
        migrations.CreateModel(
            name='Audit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('clocks', models.PositiveIntegerField()),
                ('differences', models.PositiveIntegerField()),
                ('says', models.JSONField(default=list)),
            ],
            options={
                'indexes': [models.Index(fields=['at'], name='audit_by_time')],
            },
        ),
    ]
