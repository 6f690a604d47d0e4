from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models
import django.db.models.deletion


class Migration(migrations.Migration):
    dependencies = [("routing", "0015_page_knows_its_ticket")]

    operations = [
        migrations.RenameModel("DeskWidths", "DeskLayout"),
        migrations.AddField(
            "DeskLayout",
            "folded",
            ArrayField(models.CharField(max_length=20), blank=True, default=list, size=None),
        ),
        migrations.AlterField(
            "DeskLayout",
            "agent",
            models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                primary_key=True,
                related_name="desk_layout",
                serialize=False,
                to="accounts.agent",
            ),
        ),
    ]
