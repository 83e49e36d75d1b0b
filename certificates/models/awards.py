"""What was awarded: frozen at issue, and only its standing changes afterwards."""

from datetime import date
from uuid import uuid4

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from certificates import rules
from courses.models import Activity, Attempt, Enrolment
from courses.models.editions import in_language
from lms.people.choices import Language, Role, Track
from lms.people.scope import (
    ScopedQuerySet,
    at_institutions_of,
    one_person,
    standing_mandates,
)


class Why(models.TextChoices):
    """The class of reason for which a certificate is changed; everybody may read it."""

    ERROR = "error", _("issued in error")
    DECEPTION = "deception", _("obtained by deception")
    IDENTITY = "identity", _("the identity was not the holder’s")
    REQUEST = "request", _("at the holder’s request")
    INQUIRY = "inquiry", _("under inquiry")
    CLEARED = "cleared", _("the inquiry found nothing against it")
    EARLIER = "earlier", _("revoked before reasons had classes")

    @classmethod
    def to_choose(cls):
        return [why for why in cls if why is not cls.EARLIER]


REVOKES = [Why.ERROR, Why.DECEPTION, Why.IDENTITY, Why.REQUEST]


def private_storage():
    return storages["private"]


class CertificateQuerySet(ScopedQuerySet):
    person_path = "holder"
    dated_by = ("issued_at",)

    def rendered(self):
        return self.exclude(rendered_at=None)

    def not_rendered(self):
        """Keep those that wait for their file; an erased person's waits for none."""
        return self.filter(rendered_at=None, erased_at=None)

    def with_successor(self):
        return self.select_related("superseded_by")

    def issued_before(self, instant):
        return self.filter(issued_at__lt=instant)

    def suspended(self):
        return self.filter(suspended_at__isnull=False, lifted_at=None)

    def revocable_by(self, viewer, *, on):
        """Keep what the viewer may ask to revoke, or agree to; never their own.

        The secretariat all, by code and without a name; a ministry officer those of
        people who worked, at issue, where their mandate reaches.
        """
        region = standing_mandates(viewer, Role.SECRETARIAT, on=on)
        ours = at_institutions_of(viewer, person="holder", moment="issued_at", on=on)
        return (
            self.if_signed_in(viewer)
            .filter(Exists(region) | ours)
            .exclude(one_person(viewer, path="holder"))
        )

    def with_pass_lost(self):
        """Keep those whose final test counts as passed no more, while none decided.

        Nothing is revoked by it: people decide.
        """
        mine = Attempt.objects.filter(enrolment=OuterRef("enrolment"))
        passed = mine.filter(activity__kind=Activity.Kind.FINAL, passed=True)
        return self.filter(Exists(mine.lost()), ~Exists(passed), revoked_at=None)

    def standing(self, on):
        """Keep those that `rules.standing` calls valid on that day."""
        return self.filter(
            Q(valid_until=None) | Q(valid_until__gte=on),
            Q(suspended_at=None) | Q(lifted_at__isnull=False),
            revoked_at=None,
            superseded_by=None,
        )


class Certificate(models.Model):
    """An award as it was issued; name, texts, edition, hours and file never change."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    code = models.CharField(max_length=26, unique=True, editable=False)
    enrolment = models.OneToOneField(
        Enrolment, models.PROTECT, related_name="certificate"
    )
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="certificates"
    )
    holder_name = models.CharField(max_length=120)
    name_salt = models.CharField(max_length=32)
    name_hash = models.CharField(max_length=64)
    language = models.CharField(max_length=2, choices=Language)
    track = models.CharField(max_length=12, choices=Track)
    titles = models.JSONField()
    issuer = models.JSONField()
    edition_label = models.CharField(max_length=24)
    norms_on = models.DateField()
    minutes = models.PositiveIntegerField()  # online
    minutes_in_person = models.PositiveIntegerField(default=0)
    issued_at = models.DateTimeField()
    valid_until = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_reason = models.CharField(max_length=255, blank=True)
    revoked_for = models.CharField(
        max_length=12, choices=Why, blank=True, default="", db_default=""
    )
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    revoked_second = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    # The last suspension, and when it was lifted.
    suspended_at = models.DateTimeField(null=True, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    pdf = models.FileField(
        storage=private_storage, upload_to="certificates", blank=True
    )
    sha256 = models.CharField(max_length=64, blank=True)
    rendered_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)
    # Its holder was erased: name and file are gone, the facts and the hashes stay.
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_reason="")
                | (Q(revoked_at__isnull=False) & ~Q(revoked_reason="")),
                name="revoked_certificates_say_why",
            ),
            models.CheckConstraint(
                condition=Q(
                    revoked_at=None,
                    revoked_for="",
                    revoked_by=None,
                    revoked_second=None,
                )
                | Q(revoked_at__isnull=False, revoked_for=Why.EARLIER)
                | Q(
                    revoked_at__isnull=False,
                    revoked_for__in=REVOKES,
                    revoked_by__isnull=False,
                    revoked_second__isnull=False,
                )
                & ~Q(revoked_by=F("revoked_second")),
                name="two_people_revoke_a_certificate_for_a_class_of_reason",
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None)
                | Q(suspended_at__isnull=False, lifted_at__gte=F("suspended_at")),
                name="suspensions_are_lifted_after_they_began",
            ),
            models.CheckConstraint(
                condition=Q(rendered_at=None, sha256="", pdf="")
                | (
                    Q(rendered_at__isnull=False, erased_at=None)
                    & ~Q(sha256="")
                    & ~Q(pdf="")
                )
                | (
                    Q(rendered_at__isnull=False, erased_at__isnull=False, pdf="")
                    & ~Q(sha256="")
                ),
                name="rendered_certificates_have_a_file_and_its_hash",
            ),
            models.CheckConstraint(
                condition=Q(supersedes=None) | ~Q(supersedes=F("id")),
                name="a_certificate_does_not_supersede_itself",
            ),
        ]

    def __str__(self):
        return str(self.id)

    def standing(self, on: date) -> rules.Standing:
        """Return what it is worth on that day; asked of rows `with_successor`."""
        return rules.standing(
            valid_until=self.valid_until,
            revoked=self.revoked_at is not None,
            suspended=self.is_suspended,
            superseded=hasattr(self, "superseded_by"),
            on=on,
        )

    @property
    def is_suspended(self) -> bool:
        return self.suspended_at is not None and self.lifted_at is None

    @property
    def may_be_shown_with_name(self) -> bool:
        """Whether its holder may let others see the name: not beside a reason."""
        ended = self.revoked_at is not None or self.is_suspended
        return self.erased_at is None and not ended

    @property
    def is_rendered(self) -> bool:
        return self.rendered_at is not None

    @property
    def has_file(self) -> bool:
        """Whether the file can be downloaded; the hash outlives an erased one."""
        return self.is_rendered and self.erased_at is None

    def title(self, language: str) -> str:
        return in_language(self.titles, language)
