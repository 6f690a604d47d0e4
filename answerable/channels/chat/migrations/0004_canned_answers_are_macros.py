"""What agents send often is a macro now; it was taken over before this."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("chat", "0003_when_each_side_saw_it"),
        ("macros", "0002_canned_answers_are_macros"),
    ]

    operations = [migrations.DeleteModel(name="CannedAnswer")]
