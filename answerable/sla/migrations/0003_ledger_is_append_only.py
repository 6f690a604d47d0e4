"""Lets nobody change or delete a line of a ledger, not even by hand."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION sla_refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('answerable.erasing', true) = 'on' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'A line of a ledger is never changed or deleted.'
        USING HINT = 'A mistake is corrected by a further line. Who erases a whole '
            'demonstration says SET LOCAL answerable.erasing = ''on'' first.';
END $$;
CREATE TRIGGER clockentry_is_append_only
    BEFORE UPDATE OR DELETE ON sla_clockentry
    FOR EACH ROW EXECUTE FUNCTION sla_refuse_rewriting();
"""

ALLOW = """
DROP TRIGGER clockentry_is_append_only ON sla_clockentry;
DROP FUNCTION sla_refuse_rewriting();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('sla', '0002_decision_contract'),
    ]

    operations = [
        migrations.RunSQL(REFUSE, ALLOW),
    ]
