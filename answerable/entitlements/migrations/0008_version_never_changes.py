"""Lets nobody change or delete what was published, not even by hand."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION entitlements_refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('answerable.erasing', true) = 'on' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'A published version of a plan is never changed or deleted.'
        USING HINT = 'Publish the next version. Who erases a whole demonstration, or a plan that '
            'was never sold, says SET LOCAL answerable.erasing = ''on'' first.';
END $$;
CREATE TRIGGER planversion_never_changes
    BEFORE UPDATE OR DELETE ON entitlements_planversion
    FOR EACH ROW EXECUTE FUNCTION entitlements_refuse_rewriting();
CREATE TRIGGER plantext_never_changes
    BEFORE UPDATE OR DELETE ON entitlements_plantext
    FOR EACH ROW EXECUTE FUNCTION entitlements_refuse_rewriting();
"""

ALLOW = """
DROP TRIGGER plantext_never_changes ON entitlements_plantext;
DROP TRIGGER planversion_never_changes ON entitlements_planversion;
DROP FUNCTION entitlements_refuse_rewriting();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('entitlements', '0007_effective_from_is_known'),
    ]

    operations = [
        migrations.RunSQL(REFUSE, ALLOW),
    ]
