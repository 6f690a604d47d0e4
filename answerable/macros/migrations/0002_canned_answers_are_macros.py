"""What agents sent often in chats is a macro: its texts by language, and how often it was used."""

from django.db import migrations

TAKE = """
INSERT INTO macros_macro (name, team, product, acts, used, changed_at)
SELECT name, '', '', '[]', sum(used), now() FROM chat_cannedanswer
WHERE removed_at IS NULL GROUP BY name;
INSERT INTO macros_macrotext (macro_id, language, body)
SELECT macro.id, answer.language, answer.body FROM chat_cannedanswer AS answer
JOIN macros_macro AS macro ON macro.name = answer.name
WHERE answer.removed_at IS NULL;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("chat", "0002_rules_guests_and_the_line"),
        ("macros", "0001_first"),
    ]

    operations = [migrations.RunSQL(TAKE, migrations.RunSQL.noop)]
