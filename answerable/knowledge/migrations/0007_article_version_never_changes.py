"""Lets nobody change what an article said when it was published, not even by hand."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION knowledge_refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A published version of an article is never changed.'
        USING HINT = 'Publish the next version.';
END $$;
CREATE TRIGGER articleversion_never_changes
    BEFORE UPDATE OF text_id, number, title, summary, body, source_id, published_at
    ON knowledge_articleversion
    FOR EACH ROW EXECUTE FUNCTION knowledge_refuse_rewriting();
"""

ALLOW = """
DROP TRIGGER articleversion_never_changes ON knowledge_articleversion;
DROP FUNCTION knowledge_refuse_rewriting();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('knowledge', '0006_passage_terms'),
    ]

    operations = [
        migrations.RunSQL(REFUSE, ALLOW),
    ]
