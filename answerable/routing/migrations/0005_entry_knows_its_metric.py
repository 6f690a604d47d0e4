from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('routing', '0004_entry_knows_its_customers_list'),
    ]

    operations = [
        migrations.AddField(
            model_name='queueentry',
            name='metric',
            field=models.CharField(blank=True, db_default='', default='', max_length=20),
        ),
    ]
