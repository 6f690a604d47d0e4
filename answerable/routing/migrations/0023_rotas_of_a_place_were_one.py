"""Until now a place had one rota: whatever was entered there later entered it anew."""

from django.db import migrations


def join(apps, schema_editor):
    """Let each row renew the first one of its place."""
    Rota = apps.get_model("routing", "Rota")
    first = {}
    for rota in Rota.objects.order_by("pk"):
        if rota.place in first:
            Rota.objects.filter(pk=rota.pk).update(renews=first[rota.place])
        else:
            first[rota.place] = rota.pk


class Migration(migrations.Migration):

    dependencies = [("routing", "0022_rota_is_entered_anew")]

    operations = [migrations.RunPython(join, migrations.RunPython.noop)]
