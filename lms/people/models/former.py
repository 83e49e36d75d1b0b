"""Which addresses did a person give up? A mark of each, from which nobody reads it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.people.scope import ScopedQuerySet


class FormerAddressQuerySet(ScopedQuerySet):
    person_path = "person"


class FormerAddress(models.Model):
    """That a confirmed address was a person's once.

    `digest` is a keyed hash (`lms.people.addresses.former_digest`): an erasure finds by
    it what was written under the address, which itself is kept nowhere.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="former_addresses"
    )
    digest = models.CharField(max_length=64)
    given_up_at = models.DateTimeField()

    objects = FormerAddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "digest"],
                name="a_person_gives_an_address_up_once",
            )
        ]

    def __str__(self):
        return f"{self.person_id}"
