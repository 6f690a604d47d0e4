from django.db import migrations, models

# A ticket on hold stands in the band of those that wait, but does not wait for its customer; one
# that waits may have a clock that runs all the same.
FILL = """
UPDATE routing_queueentry AS entry SET
  customer_band = CASE WHEN ticket.state = 'waiting' THEN 0 WHEN entry.kind = 'guarantee' THEN 1
    WHEN entry.kind = 'aim' THEN 2 ELSE 3 END,
  customer_due_at = CASE WHEN ticket.state <> 'waiting' THEN entry.due_at END
FROM tickets_ticket AS ticket WHERE ticket.id = entry.ticket_id
"""


class Migration(migrations.Migration):

    dependencies = [
        ('routing', '0005_entry_knows_its_metric'),
        ('tickets', '0008_severity_changes'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='queueentry',
            name='queue_of_customer',
        ),
        migrations.RemoveField(
            model_name='queueentry',
            name='customer_band',
        ),
        migrations.AddField(
            model_name='queueentry',
            name='customer_band',
            field=models.PositiveSmallIntegerField(choices=[(0, 'Waits for the customer'), (1, 'A guaranteed reply is due'), (2, 'A reply is aimed for'), (3, 'Everything else')], db_default=3, default=3),
        ),
        migrations.AddField(
            model_name='queueentry',
            name='customer_due_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name='queueentry',
            index=models.Index(models.F('customer'), models.F('customer_band'), models.F('customer_due_at'), models.OrderBy(models.F('act_by'), descending=True), models.OrderBy(models.F('ticket'), descending=True), name='queue_of_customer'),
        ),
    ]
