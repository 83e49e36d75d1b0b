"""Letters may hold a code or a link, encrypted, until it is sent or has run out."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("lms", "0011_former_addresses")]

    operations = [
        migrations.AddField(
            model_name="letter",
            name="sealed",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.AddField(
            model_name="letter",
            name="until_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=Q(("given_up_at", None), ("sent_at", None))
                | Q(("sealed", "")),
                name="letters_that_are_over_keep_no_secret",
            ),
        ),
    ]
