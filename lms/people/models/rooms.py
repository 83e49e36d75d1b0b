"""When a room full of learners signs in from one network address."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lms.people.scope import ScopedQuerySet


class RoomWindowQuerySet(ScopedQuerySet):
    person_path = "trainer"

    def open(self, at):
        return self.filter(opened_at__lte=at, until_at__gt=at, closed_at=None)

    def at_address(self, digest: str):
        return self.filter(address_hash=digest)


class RoomWindow(models.Model):
    """For some minutes, that many people may sign in from the trainer's address.

    Of the address only a keyed hash is kept (`rules.address_hash`).
    """

    trainer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="room_windows"
    )
    address_hash = models.CharField(max_length=64)
    places = models.PositiveSmallIntegerField(_("people in the room"))
    opened_at = models.DateTimeField()
    until_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = RoomWindowQuerySet.as_manager()

    class Meta:
        verbose_name = _("room window")
        verbose_name_plural = _("room windows")
        indexes = [
            models.Index(fields=["address_hash", "until_at"], name="rooms_by_address")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_at__gt=F("opened_at")),
                name="rooms_close_after_they_open",
            )
        ]

    def __str__(self):
        return f"{self.places} {self.until_at:%H:%M}"
