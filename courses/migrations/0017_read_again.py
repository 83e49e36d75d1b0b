from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0016_tests_with_a_time_limit"),
    ]

    operations = [
        migrations.AddField(
            model_name="editionactivity",
            name="read_again",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
