"""Lets nobody change a line of a ticket's log, not even by hand."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION tickets_refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A line of a ticket''s log is never changed.'
        USING HINT = 'What happened since is a further line.';
END $$;
CREATE TRIGGER ticketevent_is_never_changed
    BEFORE UPDATE ON tickets_ticketevent
    FOR EACH ROW EXECUTE FUNCTION tickets_refuse_rewriting();
"""

ALLOW = """
DROP TRIGGER ticketevent_is_never_changed ON tickets_ticketevent;
DROP FUNCTION tickets_refuse_rewriting();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('tickets', '0001_first'),
    ]

    operations = [
        migrations.RunSQL(REFUSE, ALLOW),
    ]
