from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("lms", "0012_letters_with_secrets"),
    ]

    operations = [
        migrations.CreateModel(
            name="Installation",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(
                        default=1, primary_key=True, serialize=False
                    ),
                ),
                ("identity", models.UUIDField()),
                ("held_since", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "installation",
                "verbose_name_plural": "installations",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id", 1)),
                        name="a_database_is_of_one_installation",
                    )
                ],
            },
        ),
    ]
