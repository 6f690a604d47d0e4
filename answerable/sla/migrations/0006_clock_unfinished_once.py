from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sla', '0005_clocks_of_every_metric'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='clock',
            name='clock_by_metric',
        ),
        migrations.AddConstraint(
            model_name='clock',
            constraint=models.UniqueConstraint(condition=models.Q(('outcome__in', ['running', 'paused'])), fields=('ticket', 'metric'), name='clock_unfinished_once'),
        ),
    ]
