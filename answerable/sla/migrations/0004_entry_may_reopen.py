from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sla', '0003_ledger_is_append_only'),
    ]

    operations = [
        migrations.AlterField(
            model_name='clockentry',
            name='verb',
            field=models.CharField(choices=[('start', 'start'), ('retarget', 'retarget'), ('meet', 'meet'), ('miss', 'miss'), ('answer', 'answer'), ('correct', 'correct'), ('reopen', 'reopen'), ('void', 'void')], max_length=10),
        ),
    ]
