import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0014_wordings_to_avoid"),
    ]

    operations = [
        migrations.AddField(
            model_name="attemptitem",
            name="chosen_number",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="attemptitem",
            name="chosen_on",
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.CreateModel(
            name="AnswerOperation",
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
                ("key", models.UUIDField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("saved", "kept"),
                            ("older", "a newer choice stands"),
                            ("closed", "handed in before"),
                            ("refused", "not an answer to the question"),
                        ],
                        max_length=10,
                    ),
                ),
                ("code", models.CharField(blank=True, max_length=30)),
                ("received_at", models.DateTimeField()),
                (
                    "attempt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="operations",
                        to="courses.attempt",
                    ),
                ),
            ],
            options={
                "verbose_name": "choice that came in",
                "verbose_name_plural": "choices that came in",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("attempt", "key"), name="a_choice_comes_in_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("code", ""), ("outcome__in", ["saved", "older"])),
                            models.Q(
                                ("outcome", "refused"),
                                models.Q(("code", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="choices_are_refused_with_a_reason",
                    ),
                ],
            },
        ),
    ]
