"""Who was on call as a single name becomes a rota of one, which counts as always."""

from datetime import UTC, date, datetime, time

from django.db import migrations

LONG_AGO = date(2000, 1, 1)


def make_rotas(apps, schema_editor):
    """Let each name be a rota without hand-overs."""
    OnCall = apps.get_model("routing", "OnCall")
    Rota = apps.get_model("routing", "Rota")
    Rota.objects.bulk_create(
        Rota(
            place=one.place,
            people=[one.agent_id],
            first_day=LONG_AGO,
            hand_over=time(),
            zone="UTC",
            days=0,
            since=datetime.combine(LONG_AGO, time(), tzinfo=UTC),
        )
        for one in OnCall.objects.order_by("place")
    )


def make_names(apps, schema_editor):
    """Go back: the first person of the rota that was entered last has the place."""
    OnCall = apps.get_model("routing", "OnCall")
    Rota = apps.get_model("routing", "Rota")
    for rota in Rota.objects.order_by("pk"):
        OnCall.objects.filter(place=rota.place).delete()
        if rota.people:
            OnCall.objects.create(place=rota.place, agent_id=rota.people[0])


class Migration(migrations.Migration):

    dependencies = [("routing", "0018_on_call_is_a_rota")]

    operations = [migrations.RunPython(make_rotas, make_names)]
