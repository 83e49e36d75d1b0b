"""Where people work: courts, ministries and organisations."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lms.people.choices import Country, InstitutionKind, Language


class InstitutionQuerySet(models.QuerySet):
    def in_country(self, country: str):
        return self.filter(country=country)


class Institution(models.Model):
    """A court, ministry or organisation, with a code that never changes."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    country = models.CharField(_("country"), max_length=2, choices=Country)
    kind = models.CharField(_("kind"), max_length=20, choices=InstitutionKind)
    name_es = models.CharField(_("name in Spanish"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )

    objects = InstitutionQuerySet.as_manager()

    class Meta:
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")
        ordering = ("country", "code")
        constraints = [
            models.CheckConstraint(
                condition=Q(country__in=Country.values),
                name="institutions_are_in_a_country_of_the_region",
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")),
                name="an_institution_is_not_its_own_parent",
            ),
        ]

    def __str__(self):
        return self.name_en if get_language() == Language.ENGLISH else self.name_es
