"""Words in small letters without accents, as they are and by their stems: by two functions, as
PostgreSQL has none of its own that needs no extension."""

from __future__ import annotations

from django.db import migrations

FOLDED = r"""
CREATE FUNCTION search_folded(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN lower(regexp_replace(normalize(words, NFKD), '[\u0300-\u036f]', '', 'g'))
"""
INDEXED = """
CREATE FUNCTION search_indexed(config regconfig, words text, weight "char") RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN setweight(to_tsvector('simple', coalesce(words, ''))
    || to_tsvector(config, coalesce(words, '')), weight)
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0001_index_of_tickets")]

    operations = [
        migrations.RunSQL(FOLDED, "DROP FUNCTION search_folded(text)"),
        migrations.RunSQL(INDEXED, "DROP FUNCTION search_indexed(regconfig, text, \"char\")"),
    ]
