"""Carries on from where the log was followed, with the mark that all followers have now."""

from django.db import migrations

# The last lines are looked at again, as they were before: it does nothing twice.
MARK = """
INSERT INTO tickets_logmark (name, upto, gaps, level_at, stumbles)
SELECT 'surveys', upto, jsonb_build_array(jsonb_build_array(greatest(upto - 2000, 1), upto, (
    SELECT coalesce(jsonb_agg(DISTINCT virtualtransaction), '[]') FROM pg_locks
    WHERE relation = 'tickets_ticketevent'::regclass AND mode = 'RowExclusiveLock'
))), now(), 0 FROM surveys_progress
ON CONFLICT (name) DO NOTHING
"""


class Migration(migrations.Migration):

    dependencies = [
        ('tickets', '0036_how_far_the_log_is_followed'),
        ('surveys', '0001_who_is_asked_how_it_went'),
    ]

    operations = [
        migrations.RunSQL(MARK, migrations.RunSQL.noop),
        migrations.DeleteModel(name='Progress'),
    ]
