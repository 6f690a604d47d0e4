"""Each contract has followed the version that was signed, from its beginning."""

from django.db import migrations

FOLLOW = """
INSERT INTO entitlements_adoption (contract_id, plan_version_id, from_at)
SELECT id, plan_version_id, starts_at FROM entitlements_contract ORDER BY id
"""
FORGET = "DELETE FROM entitlements_adoption"


class Migration(migrations.Migration):

    dependencies = [
        ('entitlements', '0004_adoption'),
    ]

    operations = [
        migrations.RunSQL(FOLLOW, FORGET),
    ]
