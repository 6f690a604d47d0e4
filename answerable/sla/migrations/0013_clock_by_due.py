from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sla', '0012_excuses_and_appeals'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='clock',
            index=models.Index(condition=models.Q(('kind', 'guarantee')), fields=['due_at'], name='clock_by_due'),
        ),
        migrations.AddIndex(
            model_name='clock',
            index=models.Index(condition=models.Q(('kind', 'guarantee'), ('outcome', 'missed')), fields=['due_at'], name='clock_missed_by_due'),
        ),
    ]
