from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sla', '0004_entry_may_reopen'),
        ('tickets', '0006_ticket_may_follow_or_be_merged'),
    ]

    operations = [
        migrations.AddField(
            model_name='clock',
            name='counts_from',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='clock',
            name='doubt',
            field=models.CharField(blank=True, db_default='', default='', max_length=200),
        ),
        migrations.AddField(
            model_name='clock',
            name='paused_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='clockentry',
            name='counts_from',
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name='clock',
            name='metric',
            field=models.CharField(choices=[('first_response', 'First reply'), ('next_response', 'Next reply'), ('status_update', 'Status update'), ('triage', 'Decision on the severity'), ('callback_start', 'Callback'), ('chat_pickup', 'Pick-up of a chat'), ('escalation_response', "A lead's reply"), ('workaround', 'Workaround'), ('resolution', 'Solution')], max_length=20),
        ),
        migrations.AlterField(
            model_name='clock',
            name='outcome',
            field=models.CharField(choices=[('running', 'running'), ('paused', 'paused'), ('met', 'met'), ('missed', 'missed'), ('void', 'void'), ('superseded', 'superseded')], default='running', max_length=10),
        ),
        migrations.AlterField(
            model_name='clockentry',
            name='verb',
            field=models.CharField(choices=[('start', 'start'), ('pause', 'pause'), ('resume', 'resume'), ('retarget', 'retarget'), ('move', 'move'), ('meet', 'meet'), ('miss', 'miss'), ('answer', 'answer'), ('correct', 'correct'), ('reopen', 'reopen'), ('void', 'void'), ('dismiss', 'dismiss'), ('supersede', 'supersede')], max_length=10),
        ),
        migrations.AddIndex(
            model_name='clock',
            index=models.Index(condition=models.Q(('doubt', ''), _negated=True), fields=['ticket'], name='clock_in_doubt'),
        ),
    ]
