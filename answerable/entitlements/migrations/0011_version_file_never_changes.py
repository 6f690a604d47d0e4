"""Keeps the files of a version as they were when it was published, as the version itself."""

from django.db import migrations

REFUSE = """
CREATE TRIGGER versionfile_never_changes
    BEFORE UPDATE OR DELETE ON entitlements_versionfile
    FOR EACH ROW EXECUTE FUNCTION entitlements_refuse_rewriting();
"""
ALLOW = "DROP TRIGGER versionfile_never_changes ON entitlements_versionfile"


class Migration(migrations.Migration):

    dependencies = [
        ('entitlements', '0010_draft_and_version_files'),
    ]

    operations = [
        migrations.RunSQL(REFUSE, ALLOW),
    ]
