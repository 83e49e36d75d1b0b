"""Which letters are to go out, which went, and which came back?

A row is written in the transaction of what it tells about, so it is lost or kept with
it; `lms.mail.outbox` sends it.
"""

import json
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lms.keys import unseal
from lms.people.choices import Language
from lms.people.scope import ScopedQuerySet

WAITING = Q(sent_at=None, given_up_at=None)
ONE = 1  # the only row of `Installation`


class LetterQuerySet(ScopedQuerySet):
    """That one was written is in sight with the person it went to."""

    person_path = "person"
    dated_by = ("asked_at",)

    def waiting(self):
        """Keep those neither sent nor given up."""
        return self.filter(WAITING)

    def due(self, at):
        """Keep those to be tried at that moment: nobody has them in hand."""
        return self.waiting().filter(next_at__lte=at)

    def over_since(self, instant):
        """Keep those that were sent, or given up, by then."""
        return self.filter(Q(sent_at__lte=instant) | Q(given_up_at__lte=instant))

    def most_urgent_first(self):
        """Put first what is of use for a while only: somebody waits at a screen."""
        return self.order_by(
            F("until_at").asc(nulls_last=True), "-urgent", "next_at", "pk"
        )

    def came_back(self):
        """Keep those that a mail server refused or returned, and nothing came after."""
        return self.filter(forgiven_at=None).exclude(bounced_at=None)


class Letter(models.Model):
    """One mail to one person or address, about one event, at most once.

    `event` names what it tells about ("invitation:<uuid>"): the same event writes no
    second letter. Text is drawn from `template` and `facts` when it is sent; the facts
    hold no secret: those stand in `sealed`, encrypted, while the letter waits. `uuid`
    becomes its Message-ID, the same in every try.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    event = models.CharField(max_length=200, unique=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="letters",
    )
    address = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(max_length=2, choices=Language)
    template = models.CharField(max_length=60)
    facts = models.JSONField(default=dict, blank=True)
    # A code or a link, or an address that stands nowhere else any more ("to").
    sealed = models.TextField(default="", db_default="", blank=True)
    # Asked for by somebody who waits for it; others keep to office hours.
    urgent = models.BooleanField(default=True)
    # Whose office hours: an IANA name; empty is that of the platform.
    time_zone = models.CharField(max_length=40, blank=True)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    # When a code or a link in it runs out: from then on it is not sent.
    until_at = models.DateTimeField(null=True, blank=True)
    # The next try; while one is going on, when somebody else takes it over.
    next_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)
    bounced_at = models.DateTimeField(null=True, blank=True)
    # The address was confirmed, or asked for, after this letter: try it again.
    forgiven_at = models.DateTimeField(null=True, blank=True)
    # What the mail server said last, its code only: texts name people. Or why we do
    # not send it: "moot", "bounced" (an earlier one came back), "draw", "address",
    # "held" (dropped when a copy's mail was let go).
    trouble = models.CharField(max_length=40, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        indexes = [
            models.Index(fields=["next_at"], condition=WAITING, name="letters_waiting")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, address="")
                | (Q(person=None) & ~Q(address="")),
                name="letters_go_to_a_person_or_an_address",
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(given_up_at=None),
                name="letters_are_not_both_sent_and_given_up",
            ),
            models.CheckConstraint(
                condition=WAITING | Q(sealed=""),
                name="letters_that_are_over_keep_no_secret",
            ),
        ]

    def __str__(self):
        return self.event

    @property
    def secrets(self) -> dict[str, str]:
        """What only its reader is to know; nothing once the letter is over."""
        return json.loads(unseal(self.sealed)) if self.sealed else {}

    @property
    def zone(self) -> ZoneInfo:
        """Whose office hours a letter keeps that can wait."""
        return ZoneInfo(self.time_zone or settings.TIME_ZONE)


class Installation(models.Model):
    """Which installation this database belongs to, and whether it is a copy.

    `identity` stands in a file of STATE_DIR as well (`lms.mail.held`).
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONE)
    identity = models.UUIDField()
    # Since when its mail is held: it was restored, or found out to be a copy.
    held_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("installation")
        verbose_name_plural = _("installations")
        constraints = [
            models.CheckConstraint(
                condition=Q(id=ONE), name="a_database_is_of_one_installation"
            )
        ]

    def __str__(self):
        return str(self.identity)
