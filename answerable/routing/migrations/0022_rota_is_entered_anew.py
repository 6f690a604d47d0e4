import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("routing", "0021_rota_has_hours")]

    operations = [
        migrations.AddField(
            model_name="rota",
            name="renews",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="routing.rota"),
        ),
    ]
