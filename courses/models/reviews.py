"""Who has read a lesson as an expert and stands by it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models.identity import Activity
from lms.people.choices import Language


class Reviewer(models.TextChoices):
    """Who must read a lesson before it may be called reviewed."""

    ANTI_TRAFFICKING = (
        "anti-trafficking-trainer",
        _("a trainer in the fight against trafficking"),
    )
    CHILD_RIGHTS = "child-rights-lawyer", _("a lawyer for the rights of the child")
    SURVIVORS = "survivor-organisation", _("an organisation led by survivors")
    COUNTRY = "country-owner", _("the person in charge of the country’s note")


class Review(models.Model):
    """The signature of a named reviewer under one revision in one language.

    Another text needs another signature: what is published later is pending again.
    """

    lesson = models.ForeignKey(Activity, models.PROTECT, related_name="reviews")
    language = models.CharField(max_length=2, choices=Language)
    revision = models.BigIntegerField(unique=True)
    reviewer = models.CharField(_("reviewed as"), max_length=30, choices=Reviewer)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="reviews"
    )
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")

    def __str__(self):
        return f"{self.lesson_id} {self.language} {self.at:%Y-%m-%d}"
