"""Takes a ticket's status away when its state changes: it was a word for the state before."""

from django.db import migrations

TAKE_AWAY = """
CREATE FUNCTION tickets_take_status_away() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.status_id := NULL;
    RETURN NEW;
END $$;
CREATE TRIGGER status_goes_with_its_state
    BEFORE UPDATE OF state ON tickets_ticket
    FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state AND OLD.status_id = NEW.status_id)
    EXECUTE FUNCTION tickets_take_status_away();
"""

LEAVE = """
DROP TRIGGER status_goes_with_its_state ON tickets_ticket;
DROP FUNCTION tickets_take_status_away();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('tickets', '0025_what_tickets_are_filed_by'),
    ]

    operations = [
        migrations.RunSQL(TAKE_AWAY, LEAVE),
    ]
