from django.db import migrations

MARK = """
UPDATE routing_queueentry SET is_critical = true
FROM tickets_ticket WHERE tickets_ticket.id = routing_queueentry.ticket_id
  AND tickets_ticket.severity = 'business_critical'
"""


class Migration(migrations.Migration):

    dependencies = [
        ('routing', '0007_entry_knows_that_it_is_critical'),
        ('tickets', '0004_lists_by_state'),
    ]

    operations = [
        migrations.RunSQL(MARK, migrations.RunSQL.noop),
    ]
