"""Editions that are open keep the questions that their tests ask today."""

from django.db import migrations
from django.db.models import Q


def keep(apps, schema_editor):
    questions = apps.get_model("courses", "Question").objects.filter(retired_at=None)
    measured = questions.filter(Q(use="final") | Q(anchor=True))
    for edition in apps.get_model("courses", "Edition").objects.all():
        modules = set(edition.activities.values_list("module", flat=True)) - {None}
        edition.questions.set(measured.filter(module__in=modules))


def forget(apps, schema_editor):
    apps.get_model("courses", "Edition").questions.through.objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("courses", "0028_editions_keep_questions")]

    operations = [migrations.RunPython(keep, forget)]
