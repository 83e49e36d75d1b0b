"""The eleven countries, the tracks and the languages that Campus knows."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Country(models.TextChoices):
    """Members of the Regional Conference on Migration (ISO 3166-1 alpha-2 codes)."""

    BELIZE = "BZ", _("Belize")
    CANADA = "CA", _("Canada")
    COSTA_RICA = "CR", _("Costa Rica")
    DOMINICAN_REPUBLIC = "DO", _("Dominican Republic")
    EL_SALVADOR = "SV", _("El Salvador")
    GUATEMALA = "GT", _("Guatemala")
    HONDURAS = "HN", _("Honduras")
    MEXICO = "MX", _("Mexico")
    NICARAGUA = "NI", _("Nicaragua")
    PANAMA = "PA", _("Panama")
    UNITED_STATES = "US", _("United States")


class Track(models.TextChoices):
    """What a person does for a living, which decides what a course asks of them."""

    JUDGE = "judge", _("Judge or magistrate")
    PROSECUTOR = "prosecutor", _("Prosecutor or investigator")
    OPI = "opi", _("Child protection or migration officer (OPI)")
    OTHER = "other", _("Other institution")


class Language(models.TextChoices):
    """The languages of screens, lessons and mails."""

    SPANISH = "es", _("Spanish")
    ENGLISH = "en", _("English")

    @property
    def in_a_sentence(self) -> str:
        """Its name inside a sentence, where Spanish has no capital for it."""
        return str(IN_A_SENTENCE[self])


IN_A_SENTENCE = {
    Language.SPANISH: pgettext_lazy("in a sentence", "Spanish"),
    Language.ENGLISH: pgettext_lazy("in a sentence", "English"),
}


class InstitutionKind(models.TextChoices):
    """The kind of work an institution does."""

    JUDICIARY = "judiciary", _("Judiciary")
    PROSECUTION = "prosecution", _("Prosecution")
    MIGRATION = "migration", _("Migration")
    CHILD_PROTECTION = "child-protection", _("Child protection")
    HEALTH = "health", _("Health")
    EDUCATION = "education", _("Education")
    LABOUR = "labour", _("Labour")
    COMMERCE = "commerce", _("Commerce")
    TOURISM = "tourism", _("Tourism")
    FOREIGN_AFFAIRS = "foreign-affairs", _("Foreign affairs")
    CIVIL_SOCIETY = "civil-society", _("Civil society")
    COORDINATION = "coordination", _("Coordination")


class Role(models.TextChoices):
    """What a mandate lets its holder do; nobody declares one at sign-up."""

    SECRETARIAT = "secretariat", _("Regional secretariat")
    COUNTRY_OWNER = "country-owner", _("Country owner")
    TRAINER = "trainer", _("National trainer")
    MINISTRY = "ministry", _("Ministry officer")
    PROTECTION = "protection", _("Officer for shielded people")
