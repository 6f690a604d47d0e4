from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('entitlements', '0011_version_file_never_changes'),
    ]

    operations = [
        migrations.CreateModel(
            name='Feed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('url', models.CharField(max_length=2000, unique=True)),
                ('data', models.BinaryField(null=True)),
                ('got_at', models.DateTimeField(null=True)),
                ('etag', models.CharField(blank=True, default='', max_length=500)),
                ('last_modified', models.CharField(blank=True, default='', max_length=100)),
                ('tried_at', models.DateTimeField()),
                ('trouble', models.JSONField(null=True)),
                ('failing_since', models.DateTimeField(null=True)),
            ],
        ),
    ]
