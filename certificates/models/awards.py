"""What was awarded: frozen at issue, and only its standing changes afterwards."""

from datetime import date
from uuid import uuid4

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from certificates import rules
from courses.models import Enrolment
from courses.models.editions import in_language
from lms.people.choices import Language, Track
from lms.people.scope import ScopedQuerySet


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

    def standing(self, on):
        """Keep those that `rules.standing` calls valid on that day."""
        return self.filter(
            Q(valid_until=None) | Q(valid_until__gte=on),
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
            superseded=hasattr(self, "superseded_by"),
            on=on,
        )

    @property
    def is_rendered(self) -> bool:
        return self.rendered_at is not None

    @property
    def has_file(self) -> bool:
        """Whether the file can be downloaded; the hash outlives an erased one."""
        return self.is_rendered and self.erased_at is None

    def title(self, language: str) -> str:
        return in_language(self.titles, language)
