"""Words that stand side by side, and how a ticket stands, are in the index, too.

A pair is a number below 2^20 that its two words are hashed to. Documents that are there have none
until they are made anew, which the loop does when it has nothing else to do: their rows are left
alone here, as there may be millions.
"""

from __future__ import annotations

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

PAIRS = """
CREATE FUNCTION search_pairs(words text) RETURNS integer[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (
    SELECT coalesce(
        array_agg(DISTINCT ('x' || left(md5(word || ' ' || following), 5))::bit(20)::integer), '{}')
    FROM (
        SELECT lexeme AS word, place, lead(lexeme) OVER (ORDER BY place) AS following,
            lead(place) OVER (ORDER BY place) AS next_place
        FROM unnest(to_tsvector('simple', coalesce(words, ''))) AS said, unnest(positions) AS place
    ) AS stands
    WHERE next_place = place + 1
)
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0005_names_are_found_when_mistyped")]

    operations = [
        migrations.RunSQL(PAIRS, "DROP FUNCTION search_pairs(text)"),
        migrations.AddField(
            "document",
            "pairs",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.IntegerField(), null=True, size=None
            ),
        ),
        migrations.RemoveIndex("document", "document_by_word"),
        migrations.AddIndex(
            "document",
            django.contrib.postgres.indexes.GinIndex(
                fastupdate=False, fields=["words", "pairs"], name="document_by_word_and_pair"
            ),
        ),
        migrations.AddIndex(
            "document",
            models.Index(
                condition=models.Q(("pairs__isnull", True)),
                fields=["ticket"],
                name="document_from_before",
            ),
        ),
    ]
