from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0011_numbers_are_called"),
    ]

    operations = [
        migrations.AddField(
            model_name="edition",
            name="despite",
            field=models.TextField(
                blank=True,
                db_default="",
                default="",
                max_length=400,
                verbose_name="why it was opened with a translation behind",
            ),
        ),
    ]
