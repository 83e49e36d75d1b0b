"""Two people revoke for a class of reason, and what is revoked stays so.

No constraint knows what a row was before: a trigger does. SQLite drops the triggers of
a table whose columns change; a later migration of this table makes them anew
(`tests/certificates/test_models.py` fails where one forgot).
"""

from django.db import migrations, models

NAME = "revoked_certificates_stay_revoked"
TABLE = "certificates_certificate"
WHEN = "OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS NULL"
MAKE = {
    "sqlite": [
        f"CREATE TRIGGER {NAME} BEFORE UPDATE ON {TABLE} WHEN {WHEN} "
        f"BEGIN SELECT RAISE(ABORT, '{NAME}'); END"
    ],
    "postgresql": [
        f"CREATE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"RAISE EXCEPTION '{NAME}' USING ERRCODE = '23000'; END $$",
        f"CREATE TRIGGER {NAME} BEFORE UPDATE ON {TABLE} FOR EACH ROW "
        f"WHEN ({WHEN}) EXECUTE FUNCTION {NAME}()",
    ],
}
DROP = {
    "sqlite": [f"DROP TRIGGER IF EXISTS {NAME}"],
    "postgresql": [
        f"DROP TRIGGER IF EXISTS {NAME} ON {TABLE}",
        f"DROP FUNCTION IF EXISTS {NAME}()",
    ],
}


def make_triggers(apps, schema_editor):
    for statement in MAKE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop_triggers(apps, schema_editor):
    for statement in DROP[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("certificates", "0012_earlier_revocations")]

    operations = [
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("revoked_at", None),
                        ("revoked_by", None),
                        ("revoked_for", ""),
                        ("revoked_second", None),
                    ),
                    models.Q(("revoked_at__isnull", False), ("revoked_for", "earlier")),
                    models.Q(
                        ("revoked_at__isnull", False),
                        ("revoked_by__isnull", False),
                        (
                            "revoked_for__in",
                            ["error", "deception", "identity", "request"],
                        ),
                        ("revoked_second__isnull", False),
                        models.Q(
                            ("revoked_by", models.F("revoked_second")), _negated=True
                        ),
                    ),
                    _connector="OR",
                ),
                name="two_people_revoke_a_certificate_for_a_class_of_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("lifted_at", None),
                    models.Q(
                        ("lifted_at__gte", models.F("suspended_at")),
                        ("suspended_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="suspensions_are_lifted_after_they_began",
            ),
        ),
        migrations.RunPython(make_triggers, drop_triggers),
    ]
