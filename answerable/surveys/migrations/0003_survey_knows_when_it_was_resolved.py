"""Keeps with each survey when its ticket was resolved, for the report of whom nobody asked."""

from django.db import migrations, models

AS_IN_THE_LOG = """
UPDATE surveys_survey SET resolved_at = event.at
FROM tickets_ticketevent event WHERE event.id = surveys_survey.resolved_id
"""


class Migration(migrations.Migration):

    dependencies = [
        ('surveys', '0002_follows_by_the_common_mark'),
    ]

    operations = [
        migrations.AddField(
            model_name='survey',
            name='resolved_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.RunSQL(AS_IN_THE_LOG, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name='survey',
            name='resolved_at',
            field=models.DateTimeField(),
        ),
        migrations.AddIndex(
            model_name='survey',
            index=models.Index(condition=models.Q(('left_out', ''), _negated=True), fields=['resolved_at'], include=('left_out', 'plan'), name='survey_left_out'),
        ),
    ]
