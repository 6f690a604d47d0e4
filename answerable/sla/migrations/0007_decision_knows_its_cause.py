from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sla', '0006_clock_unfinished_once'),
    ]

    operations = [
        migrations.AddField(
            model_name='decision',
            name='cause',
            field=models.CharField(choices=[('opening', 'The request came in'), ('admission', 'An agent said whose it is'), ('severity', 'Its severity changed; the facts are those of before'), ('turn', 'The customer wrote or asked for something later'), ('endorsement', 'A colleague stands behind it')], db_default='opening', default='opening', max_length=20),
        ),
        migrations.AddField(
            model_name='decision',
            name='metric',
            field=models.CharField(db_default='first_response', default='first_response', max_length=20),
        ),
    ]
