"""What the law of a country says on a topic that lessons name."""

from datetime import date, timedelta
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.blocks import Topic
from courses.models.editions import in_language
from lms.people.choices import Country

# A number that nobody has dialled for three months is no help in an emergency.
CONTACTS_STAND_FOR = timedelta(days=90)
# Whoever answers for the law of a country reads each note once a year.
NOTES_STAND_FOR = timedelta(days=365)


class CountryNoteQuerySet(models.QuerySet):
    def shown(self, on: date):
        """Leave out contacts that were checked too long before that day."""
        return self.exclude(
            topic=Topic.CONTACTS, checked_on__lt=on - CONTACTS_STAND_FOR
        )

    def of_country(self, country: str):
        return self.filter(country=country)

    def of_countries(self, countries):
        return self.filter(country__in=countries)


class CountryNote(models.Model):
    """A country's note on a topic, in every language, with who checked it and when."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    country = models.CharField(_("country"), max_length=2, choices=Country)
    topic = models.CharField(_("topic"), max_length=40, choices=Topic)
    titles = models.JSONField(_("title"))
    texts = models.JSONField(_("text"))
    sources = models.JSONField(_("sources"), default=list)
    checked_on = models.DateField(_("checked on"))
    called_on = models.DateField(
        _("called on"),
        null=True,
        blank=True,
        help_text=_(
            "The day on which somebody called every number of the note. Empty while "
            "nobody has."
        ),
    )
    owners = models.JSONField(_("owner"))

    objects = CountryNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("country note")
        verbose_name_plural = _("country notes")
        ordering = ("topic", "country")
        constraints = [
            models.UniqueConstraint(
                fields=["country", "topic"], name="one_note_per_country_and_topic"
            ),
            models.CheckConstraint(
                condition=Q(country__in=Country.values),
                name="country_notes_are_about_a_country_of_the_region",
            ),
            models.CheckConstraint(
                condition=Q(called_on=None) | Q(topic=Topic.CONTACTS),
                name="only_contacts_are_called",
            ),
        ]

    def __str__(self):
        return f"{self.get_country_display()}: {self.get_topic_display()}"

    def title(self, language: str) -> str:
        return in_language(self.titles, language)

    def text(self, language: str) -> str:
        return in_language(self.texts, language)
