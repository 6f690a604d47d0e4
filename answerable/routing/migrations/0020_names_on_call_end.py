from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("routing", "0019_names_on_call_become_rotas")]

    operations = [migrations.DeleteModel(name="OnCall")]
