from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tickets', '0004_lists_by_state'),
    ]

    operations = [
        migrations.AlterField(
            model_name='ticket',
            name='state',
            field=models.CharField(choices=[('review', 'For review'), ('open', 'Open'), ('waiting', 'Waiting for the customer'), ('held', 'On hold'), ('resolved', 'Resolved')], default='open', max_length=20),
        ),
        migrations.AlterField(
            model_name='ticketevent',
            name='verb',
            field=models.CharField(choices=[('opened', 'Opened'), ('wrote', 'Wrote'), ('answered', 'Answered'), ('noticed', 'Noticed'), ('noted', 'Noted'), ('delivered', 'Delivered'), ('undelivered', 'Undelivered'), ('taken', 'Taken'), ('assigned', 'Assigned'), ('admitted', 'Admitted'), ('resolved', 'Resolved'), ('reopened', 'Reopened'), ('claim_confirmed', 'Claim Confirmed'), ('claim_changed', 'Claim Changed'), ('severity_changed', 'Severity Changed'), ('promised', 'Promised'), ('clock_started', 'Clock Started'), ('clock_met', 'Clock Met'), ('clock_missed', 'Clock Missed'), ('clock_retargeted', 'Clock Retargeted'), ('clock_corrected', 'Clock Corrected'), ('clock_paused', 'Clock Paused'), ('clock_resumed', 'Clock Resumed'), ('clock_reopened', 'Clock Reopened'), ('clock_ended', 'Clock Ended'), ('clock_moved', 'Clock Moved'), ('clock_doubted', 'Clock Doubted'), ('escalated', 'Escalated'), ('ladder_stopped', 'Ladder Stopped'), ('ladder_resumed', 'Ladder Resumed'), ('severity_set', 'Severity Set'), ('held', 'Held'), ('hold_ended', 'Hold Ended'), ('dismissed', 'Dismissed'), ('endorsed', 'Endorsed'), ('handed_over', 'Handed Over'), ('another_look_asked', 'Another Look Asked'), ('workaround_given', 'Workaround Given'), ('call_asked', 'Call Asked'), ('call_attempted', 'Call Attempted'), ('call_connected', 'Call Connected'), ('chat_asked', 'Chat Asked'), ('chat_picked_up', 'Chat Picked Up'), ('chat_left', 'Chat Left'), ('merged', 'Merged'), ('unmerged', 'Unmerged'), ('split', 'Split'), ('continued', 'Continued')], max_length=30),
        ),
    ]
