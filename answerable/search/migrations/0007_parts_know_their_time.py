"""Each part of the index knows since and until when its tickets last changed."""

from __future__ import annotations

from django.db import migrations, models

# 4096 numbers are a part. A document that is older than its ticket is made anew anyway.
FROM_DOCUMENTS = """
INSERT INTO search_part (number, since, until)
SELECT document.ticket_id / 4096, min(day), max(day)
FROM search_document document JOIN tickets_ticket ticket ON ticket.id = document.ticket_id
CROSS JOIN LATERAL (SELECT (ticket.last_at AT TIME ZONE 'UTC')::date AS day) AS changed
GROUP BY 1
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0006_pairs_and_standing")]

    operations = [
        migrations.CreateModel(
            "Part",
            [
                ("number", models.IntegerField(primary_key=True, serialize=False)),
                ("since", models.DateField()),
                ("until", models.DateField()),
            ],
        ),
        migrations.RunSQL(FROM_DOCUMENTS, migrations.RunSQL.noop),
    ]
