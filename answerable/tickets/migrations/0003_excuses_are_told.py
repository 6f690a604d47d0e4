from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tickets', '0002_log_is_never_changed'),
    ]

    operations = [
        migrations.AlterField(
            model_name='ticketevent',
            name='verb',
            field=models.CharField(choices=[('opened', 'Opened'), ('wrote', 'Wrote'), ('answered', 'Answered'), ('noticed', 'Noticed'), ('noted', 'Noted'), ('delivered', 'Delivered'), ('undelivered', 'Undelivered'), ('taken', 'Taken'), ('assigned', 'Assigned'), ('admitted', 'Admitted'), ('resolved', 'Resolved'), ('reopened', 'Reopened'), ('claim_confirmed', 'Claim Confirmed'), ('claim_changed', 'Claim Changed'), ('severity_changed', 'Severity Changed'), ('promised', 'Promised'), ('clock_started', 'Clock Started'), ('clock_met', 'Clock Met'), ('clock_missed', 'Clock Missed'), ('clock_retargeted', 'Clock Retargeted'), ('clock_corrected', 'Clock Corrected'), ('escalated', 'Escalated'), ('ladder_stopped', 'Ladder Stopped'), ('excused', 'Excused'), ('appealed', 'Appealed'), ('appeal_decided', 'Appeal Decided'), ('miss_commented', 'Miss Commented')], max_length=30),
        ),
    ]
