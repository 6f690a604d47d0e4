"""Names of accounts and people by the forms that mistyped words have too (core/typos.py): by a
function and two indexes, so that nothing has to be kept beside the names."""

from __future__ import annotations

from django.db import migrations

SHAPES = r"""
CREATE FUNCTION search_shapes(names text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (
    SELECT coalesce(array_agg(DISTINCT shape), '{}') FROM (
        SELECT left(word, 8) AS head, length(word) >= 7 AS is_long
        FROM regexp_split_to_table(search_folded(names), '[^[:alnum:]]+') AS word
        WHERE length(word) >= 4 AND word !~ '^[0-9]+$'
    ) AS heads CROSS JOIN LATERAL (
        SELECT head AS shape
        UNION ALL SELECT left(head, one - 1) || substr(head, one + 1)
        FROM generate_series(1, length(head)) AS one
        UNION ALL SELECT left(head, one - 1) || substr(head, one + 1, two - one - 1)
            || substr(head, two + 1)
        FROM generate_series(1, length(head)) AS one, generate_series(1, length(head)) AS two
        WHERE is_long AND one < two
    ) AS shaped
)
"""
PEOPLE = (
    "CREATE INDEX contact_by_shape ON accounts_contact"
    " USING gin (search_shapes(name || ' ' || split_part(email, '@', 1)))"
)
ACCOUNTS = "CREATE INDEX customer_by_shape ON accounts_customer USING gin (search_shapes(name))"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0013_names_are_searched"),
        ("search", "0004_document_needs_no_mark"),
    ]

    operations = [
        migrations.RunSQL(SHAPES, "DROP FUNCTION search_shapes(text)"),
        migrations.RunSQL(PEOPLE, "DROP INDEX contact_by_shape"),
        migrations.RunSQL(ACCOUNTS, "DROP INDEX customer_by_shape"),
    ]
