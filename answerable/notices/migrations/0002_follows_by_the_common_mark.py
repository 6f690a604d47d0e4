"""Carries on from where the log was followed, with the mark that all followers have now."""

from django.db import migrations

# Who writes now may bring a number that was missing.
MARK = """
INSERT INTO tickets_logmark (name, upto, gaps, level_at, stumbles)
SELECT 'notices', upto, (
    SELECT coalesce(jsonb_agg(jsonb_build_array(gap, gap, (
        SELECT coalesce(jsonb_agg(DISTINCT virtualtransaction), '[]') FROM pg_locks
        WHERE relation = 'tickets_ticketevent'::regclass AND mode = 'RowExclusiveLock'
    ))), '[]')
    FROM unnest(gaps) AS gap
), now(), 0 FROM notices_following
ON CONFLICT (name) DO NOTHING
"""


class Migration(migrations.Migration):

    dependencies = [
        ('tickets', '0036_how_far_the_log_is_followed'),
        ('notices', '0001_first'),
    ]

    operations = [
        migrations.RunSQL(MARK, migrations.RunSQL.noop),
        migrations.DeleteModel(name='Following'),
    ]
