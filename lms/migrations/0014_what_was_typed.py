from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("lms", "0013_mail_of_copies_is_held"),
    ]

    operations = [
        migrations.CreateModel(
            name="TypedForm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("owner", models.CharField(db_index=True, max_length=64)),
                ("browser", models.CharField(db_index=True, max_length=64)),
                ("place", models.CharField(max_length=64, unique=True)),
                ("sealed", models.TextField()),
                ("ends_at", models.DateTimeField(db_index=True)),
            ],
            options={
                "verbose_name": "form that was typed",
                "verbose_name_plural": "forms that were typed",
            },
        ),
    ]
