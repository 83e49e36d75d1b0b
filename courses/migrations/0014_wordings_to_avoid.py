import django.db.models.deletion
from django.db import migrations, models

import courses.models.wordings


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0013_recordings_have_captions"),
    ]

    operations = [
        migrations.CreateModel(
            name="Wording",
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
                (
                    "key",
                    models.SlugField(
                        help_text="A short name that it keeps, whatever becomes of its pattern.",
                        max_length=60,
                        unique=True,
                        verbose_name="key",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("es", "Spanish"), ("en", "English")],
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                (
                    "pattern",
                    models.CharField(
                        help_text="A regular expression. Large and small letters are the same to it, and every space of a text is a single one.",
                        max_length=200,
                        validators=[courses.models.wordings.check_pattern],
                        verbose_name="pattern",
                    ),
                ),
                ("reasons", models.JSONField(verbose_name="because")),
                (
                    "exceptions",
                    models.JSONField(default=dict, verbose_name="exception"),
                ),
                (
                    "severity",
                    models.CharField(
                        choices=[
                            ("error", "Error: nothing is published with it"),
                            ("advice", "Advice: whoever writes is told"),
                        ],
                        default="error",
                        max_length=6,
                        verbose_name="severity",
                    ),
                ),
                (
                    "discussed",
                    models.BooleanField(
                        default=False,
                        help_text="Lessons speak about this term; they may write it in italics.",
                        verbose_name="term under discussion",
                    ),
                ),
                (
                    "term",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="wordings",
                        to="courses.glossaryterm",
                        verbose_name="use instead",
                    ),
                ),
            ],
            options={
                "verbose_name": "wording to avoid",
                "verbose_name_plural": "wordings to avoid",
                "ordering": ("language", "key"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("language", "pattern"),
                        name="a_pattern_stands_once_in_a_language",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("severity__in", ["error", "advice"])),
                        name="wordings_are_errors_or_advice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("language__in", ["es", "en"])),
                        name="wordings_are_of_a_language_of_campus",
                    ),
                ],
            },
        ),
    ]
