"""At which secret address does somebody's calendar read their deadlines?"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.people.scope import ScopedQuerySet


class CalendarFeedQuerySet(ScopedQuerySet):
    person_path = "person"


class CalendarFeed(models.Model):
    """The address of one person, the newest only: another one ends it.

    The token is drawn from the site's key, the person and `counter`; only its hash is
    kept, so that a stolen table opens no calendar.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="calendar_feed"
    )
    counter = models.PositiveIntegerField(default=1)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("address of a calendar")
        verbose_name_plural = _("addresses of calendars")

    def __str__(self):
        return str(self.pk)
