from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('routing', '0003_order_by_band_kind_and_slack'),
    ]

    operations = [
        migrations.AddField(
            model_name='queueentry',
            name='metric',
            field=models.CharField(blank=True, db_default='', default='', max_length=20),
        ),
    ]
