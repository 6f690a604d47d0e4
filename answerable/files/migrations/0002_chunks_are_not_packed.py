from django.db import migrations


class Migration(migrations.Migration):
    # Most files are packed already: to try again costs time at writing and gains nothing.

    dependencies = [
        ('files', '0001_first'),
    ]

    operations = [
        migrations.RunSQL(
            'ALTER TABLE files_filechunk ALTER COLUMN data SET STORAGE EXTERNAL',
            'ALTER TABLE files_filechunk ALTER COLUMN data SET STORAGE EXTENDED',
        ),
    ]
