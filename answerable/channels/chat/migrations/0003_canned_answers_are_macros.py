"""What agents send often is a macro now; it was taken over before this."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("chat", "0002_rules_guests_and_the_line"),
        ("macros", "0002_canned_answers_are_macros"),
    ]

    operations = [migrations.DeleteModel(name="CannedAnswer")]
