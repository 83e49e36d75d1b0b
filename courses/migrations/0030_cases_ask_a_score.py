"""A run of a case keeps the score that it was asked for; earlier ones were asked none."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("courses", "0029_open_editions_keep_theirs")]

    operations = [
        migrations.AddField(
            model_name="caserun",
            name="asked",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        )
    ]
