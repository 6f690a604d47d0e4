"""Lets one action take words out of the log for good; all else about a line stays as it is."""

from django.db import migrations

ALLOW = """
CREATE OR REPLACE FUNCTION tickets_refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF coalesce(current_setting('answerable.redacting', true), '') = 'on'
        AND to_jsonb(OLD) - 'data' = to_jsonb(NEW) - 'data' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'A line of a ticket''s log is never changed.'
        USING HINT = 'What happened since is a further line.';
END $$;
"""

REFUSE = """
CREATE OR REPLACE FUNCTION tickets_refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A line of a ticket''s log is never changed.'
        USING HINT = 'What happened since is a further line.';
END $$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('tickets', '0036_how_far_the_log_is_followed'),
    ]

    operations = [
        migrations.RunSQL(ALLOW, REFUSE),
    ]
