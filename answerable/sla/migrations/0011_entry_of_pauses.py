from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sla', '0010_version_without_an_index'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='clockentry',
            index=models.Index(condition=models.Q(('verb__in', ['pause', 'resume'])), fields=['clock'], name='entry_of_pauses'),
        ),
    ]
