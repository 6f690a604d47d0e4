import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("routing", "0023_rotas_of_a_place_were_one")]

    operations = [
        migrations.AddField(
            model_name="cover",
            name="rota",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="routing.rota"),
        ),
    ]
