"""Who a person is, and what they agreed to."""

from uuid import uuid4

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.folding import folded_text
from lms.people.choices import Country, Language, Track
from lms.people.scope import ScopedQuerySet


class UserQuerySet(ScopedQuerySet):
    person_path = ""
    dated_by = ()

    def open(self):
        """Keep the accounts that may sign in."""
        return self.filter(is_active=True)


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


class FoldedName(models.CharField):
    """The names as people type and sort them: written whenever the row is saved.

    The databases differ in what they make of case, accents and the order of letters.
    """

    def pre_save(self, person, add):
        names = f"{person.sort_name or person.legal_name} {person.legal_name}"
        folded = " ".join(folded_text(names).split())[: self.max_length]
        setattr(person, self.attname, folded)
        return folded


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
    folded_name = FoldedName(max_length=500, blank=True, editable=False)
    language = models.CharField(
        _("language"), max_length=2, choices=Language, default=Language.SPANISH
    )
    country = models.CharField(_("country"), max_length=2, choices=Country, blank=True)
    track = models.CharField(_("profession"), max_length=12, choices=Track, blank=True)
    shielded = models.BooleanField(_("shielded"), default=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_staff = models.BooleanField(_("works for the platform"), default=False)
    # Held one at some time: whoever never did is spared the question at every page.
    holds_mandate = models.BooleanField(default=False, editable=False)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)
    # When we wrote that an account nobody uses will be erased.
    warned_at = models.DateTimeField(null=True, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged_from",
    )

    # The one mandate by which a program acts for them: no other shows it anything.
    by_mandate: int | None = None

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ("legal_name",)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        indexes = [
            # Whom no list names: they are few, and left out of long ones.
            models.Index(
                fields=["id"],
                condition=Q(shielded=True) | Q(erased_at__isnull=False),
                name="people_in_no_list",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(country__in=["", *Country.values]),
                name="people_live_in_a_country_of_the_region",
            ),
            models.CheckConstraint(
                condition=Q(track__in=["", *Track.values]),
                name="people_follow_a_known_track",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(is_active=False),
                name="nobody_signs_in_to_a_closed_account",
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(closed_at__isnull=False, legal_name=""),
                name="erased_people_have_no_name",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None)
                | (Q(closed_at__isnull=False) & ~Q(merged_into=F("id"))),
                name="merged_accounts_are_closed",
            ),
        ]

    def __str__(self):
        return self.legal_name

    def get_full_name(self) -> str:
        """Return the legal name, for Wagtail's screens."""
        return self.legal_name

    @property
    def has_post(self) -> bool:
        """Whether it is known where the person works and what they do."""
        return bool(self.country and self.track)


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


class NameChangeQuerySet(ScopedQuerySet):
    person_path = "person"


class NameChange(models.Model):
    """That a legal name was changed, from what to what, by whom and why."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="name_changes"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="name_changes_made"
    )
    at = models.DateTimeField()
    before = models.CharField(max_length=120)
    after = models.CharField(max_length=120)
    reason = models.CharField(_("reason"), max_length=255)

    objects = NameChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of a name")
        verbose_name_plural = _("changes of a name")

    def __str__(self):
        return f"{self.at:%Y-%m-%d}"


class NameRequestQuerySet(ScopedQuerySet):
    """Whoever asked sees it; who decides sees it through the approval."""

    person_path = "person"

    def open(self):
        """Keep those that were neither answered, taken back nor replaced."""
        return self.filter(over_at=None)


class NameRequest(models.Model):
    """That somebody whose post was ever confirmed asks for another legal name.

    Until their institution says yes (`lms.belonging.names`) the name before stands
    everywhere.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="names_asked"
    )
    before = models.CharField(max_length=120)
    after = models.CharField(max_length=120)
    sort_name = models.CharField(max_length=122, blank=True)
    reason = models.CharField(_("reason"), max_length=255)
    asked_at = models.DateTimeField()
    over_at = models.DateTimeField(null=True, blank=True)

    objects = NameRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for another name")
        verbose_name_plural = _("requests for another name")
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(over_at=None),
                name="one_open_name_request_per_person",
            ),
            models.CheckConstraint(
                condition=~Q(before=F("after")), name="name_requests_change_the_name"
            ),
        ]

    def __str__(self):
        return str(self.uuid)
