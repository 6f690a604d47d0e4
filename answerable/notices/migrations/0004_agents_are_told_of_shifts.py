import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0017_agents_choose_how_long_to_undo"),
        ("notices", "0003_customers_are_told"),
    ]

    operations = [
        migrations.CreateModel(
            name="ShiftTold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
                ("agent", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.agent")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("agent", "key"), name="shift_told_once")],
            },
        ),
    ]
