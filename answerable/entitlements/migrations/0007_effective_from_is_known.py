from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('entitlements', '0006_versions_counted_at_once'),
    ]

    operations = [
        migrations.AlterField(
            model_name='planversion',
            name='effective_from',
            field=models.DateTimeField(),
        ),
    ]
