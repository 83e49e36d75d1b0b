"""Certificates that were revoked before say that their reason has no class."""

from django.db import migrations

EARLIER = "earlier"


def say_so(apps, schema_editor):
    certificates = apps.get_model("certificates", "Certificate").objects
    certificates.exclude(revoked_at=None).filter(revoked_for="").update(
        revoked_for=EARLIER
    )


def forget(apps, schema_editor):
    certificates = apps.get_model("certificates", "Certificate").objects
    certificates.filter(revoked_for=EARLIER).update(revoked_for="")


class Migration(migrations.Migration):
    dependencies = [("certificates", "0011_suspended_and_revoked_for")]

    operations = [migrations.RunPython(say_so, forget)]
