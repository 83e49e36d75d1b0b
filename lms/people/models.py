"""Who a person is, where they work and since when, and what they agreed to."""

from uuid import uuid4

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lms.people.choices import Country, InstitutionKind, Language, Track
from lms.people.scope import ScopedQuerySet


class UserQuerySet(ScopedQuerySet):
    person_path = ""


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    """Creates people by e-mail; there are no user names."""

    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        """Return a new person with the given sign-in; `password=None` locks it."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str, **fields) -> "User":
        """Return a new administrator."""
        return self.create_user(
            email, password, is_superuser=True, is_staff=True, **fields
        )


class User(AbstractBaseUser, PermissionsMixin):
    """One person, one account. Closing or erasing it never deletes the row."""

    id = models.BigAutoField(primary_key=True)
    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail"), unique=True)
    legal_name = models.CharField(
        _("name as on the certificate"),
        max_length=120,
        help_text=_("Your full legal name, with accents."),
    )
    sort_name = models.CharField(_("name to sort by"), max_length=122, blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=Language, default=Language.SPANISH
    )
    country = models.CharField(_("country"), max_length=2, choices=Country, blank=True)
    track = models.CharField(_("profession"), max_length=12, choices=Track, blank=True)
    shielded = models.BooleanField(_("shielded"), default=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_staff = models.BooleanField(_("works for the platform"), default=False)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ("legal_name",)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(
                condition=Q(country__in=["", *Country.values]),
                name="people_live_in_a_country_of_the_region",
            ),
            models.CheckConstraint(
                condition=Q(track__in=["", *Track.values]),
                name="people_follow_a_known_track",
            ),
        ]

    def __str__(self):
        return self.legal_name

    def get_full_name(self) -> str:
        """Return the legal name, for Wagtail's screens."""
        return self.legal_name

    @property
    def has_post(self) -> bool:
        """Whether the second page of the sign-up has been filled in."""
        return bool(self.country and self.track)


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


class AffiliationQuerySet(ScopedQuerySet):
    person_path = "person"

    def standing(self, on):
        """Keep the affiliations in force on that day."""
        return self.filter(Q(until_on=None) | Q(until_on__gte=on), from_on__lte=on)


class Affiliation(models.Model):
    """Where a person works, from when until when; history does not move with them."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="affiliations"
    )
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="affiliations"
    )
    institution_typed = models.CharField(
        _("institution not in the list"), max_length=200, blank=True
    )
    track = models.CharField(_("profession"), max_length=12, choices=Track)
    position = models.CharField(_("position"), max_length=120, blank=True)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="affiliations_confirmed",
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="affiliations_end_after_they_begin",
            ),
            models.CheckConstraint(
                condition=(Q(institution=None) & ~Q(institution_typed=""))
                | (~Q(institution=None) & Q(institution_typed="")),
                name="affiliations_name_one_institution",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="confirmed_affiliations_say_by_whom",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(until_on=None),
                name="one_standing_affiliation_per_person",
            ),
        ]

    def __str__(self):
        return self.institution_typed or str(self.institution)


class ConsentQuerySet(ScopedQuerySet):
    person_path = "person"


class Consent(models.Model):
    """That a person agreed to a version of the privacy notice, and when."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="consents"
    )
    version = models.CharField(max_length=20)
    at = models.DateTimeField()

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "version"], name="one_consent_per_person_and_version"
            )
        ]

    def __str__(self):
        return self.version
