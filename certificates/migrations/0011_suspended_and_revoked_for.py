"""Certificates know a suspension, a class of reason and two people; changes are asked.

Everything new is empty or has a value of the database: the release before writes on.
"""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

WHY = [
    ("error", "issued in error"),
    ("deception", "obtained by deception"),
    ("identity", "the identity was not the holder’s"),
    ("request", "at the holder’s request"),
    ("inquiry", "under inquiry"),
    ("cleared", "the inquiry found nothing against it"),
    ("earlier", "revoked before reasons had classes"),
]
MOMENTS = [
    (model, moment)
    for model in ("certificate", "reportline")
    for moment in ("suspended_at", "lifted_at")
]


def person(*, null=False, **more):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
        null=null,
        blank=null,
        **more,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("certificates", "0010_share_links"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        *[
            migrations.AddField(
                model_name=model,
                name=moment,
                field=models.DateTimeField(blank=True, null=True),
            )
            for model, moment in MOMENTS
        ],
        migrations.AddField(
            model_name="certificate",
            name="revoked_for",
            field=models.CharField(
                blank=True, choices=WHY, db_default="", default="", max_length=12
            ),
        ),
        migrations.AddField(
            model_name="certificate", name="revoked_by", field=person(null=True)
        ),
        migrations.AddField(
            model_name="certificate", name="revoked_second", field=person(null=True)
        ),
        migrations.CreateModel(
            name="StandingChange",
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
                    "uuid",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                ),
                ("why", models.CharField(choices=WHY, max_length=12)),
                ("asked_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("asked_by", person()),
                ("agreed_by", person(null=True)),
                (
                    "certificate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="standing_changes",
                        to="certificates.certificate",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of a certificate",
                "verbose_name_plural": "changes of certificates",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agreed_by", None), ("done_at", None)),
                            models.Q(
                                ("agreed_by__isnull", False),
                                ("done_at__isnull", False),
                                models.Q(
                                    ("agreed_by", models.F("asked_by")), _negated=True
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="two_people_change_a_certificate",
                    ),
                ],
            },
        ),
    ]
