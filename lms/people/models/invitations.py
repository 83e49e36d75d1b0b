"""How people come into a cohort: asked by mail, by a code in a room, by a rule."""

from datetime import date
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from lms.people.choices import Track
from lms.people.models.cohorts import Cohort
from lms.people.models.institutions import Institution
from lms.people.models.shields import Shield
from lms.people.scope import ScopedQuerySet, cohorts_in_sight_of
from lms.people.zones import day_of

OPEN = Q(redeemed_at=None, declined_at=None, withdrawn_at=None)


class OfACohortQuerySet(ScopedQuerySet):
    """Rows of a cohort: in sight of those who train it, as the cohort itself is."""

    person_path = "cohort__trainers"

    def visible_to(self, viewer, *, on=None):
        return self.if_signed_in(viewer).filter(
            cohorts_in_sight_of(viewer, on=on, path="cohort__")
        )


class InvitationQuerySet(OfACohortQuerySet):
    """Those that trainers sent: whom a rule found, they see once the person joins."""

    def visible_to(self, viewer, *, on=None):
        return super().visible_to(viewer, on=on).filter(rule=None)

    def open(self, at):
        """Keep those that may still be accepted."""
        return self.filter(OPEN, until_at__gt=at)

    def unaccepted(self):
        """Keep those not taken back that nobody accepted, as far as trainers may know.

        Who was shielded when they accepted stands in no list of the cohort: would the
        invitation leave its own list, it would say who they are. One that was seen to
        be accepted does not come back when the person is shielded later.
        """
        shielded = Shield.objects.standing().filter(
            person=OuterRef("redeemed_by"), set_at__lte=OuterRef("redeemed_at")
        )
        return self.filter(
            Q(redeemed_at=None) | Q(Exists(shielded), rule=None), withdrawn_at=None
        )

    def unanswered(self):
        """Keep those that nobody declined either, as far as trainers may know."""
        return self.unaccepted().filter(declined_at=None)

    def waiting(self, at):
        """Keep those that wait for an answer, as far as trainers may know."""
        return self.unanswered().filter(until_at__gt=at)

    def to_addresses(self, addresses):
        """Keep those for one of these addresses, given in lower case."""
        return self.filter(address__in=addresses)


class Invitation(models.Model):
    """That whoever owns an address is asked to join a cohort, to learn or to train.

    Nobody asked whether the address has an account. The link in the letter works once;
    of its token only a hash is kept (`lms.team.rules.token_hash`).
    """

    class Role(models.TextChoices):
        """What the invited person would be in the cohort."""

        MEMBER = "member", _("to learn")
        TRAINER = "trainer", _("to train")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="invitations")
    role = models.CharField(max_length=8, choices=Role, default=Role.MEMBER)
    address = models.EmailField(_("e-mail"))
    token_hash = models.CharField(max_length=64, unique=True)
    # What the list said of the person, to spare them typing it: name, country,
    # institution (its code), track, position, language.
    facts = models.JSONField(default=dict, blank=True)
    # The rule that found the person, if one did: accepting makes a member by that rule.
    rule = models.ForeignKey(
        "MembershipRule",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="invitations",
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="invitations_made"
    )
    invited_at = models.DateTimeField()
    until_at = models.DateTimeField()
    redeemed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="invitations_redeemed",
    )
    redeemed_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        indexes = [models.Index(fields=["address"], name="invitations_by_address")]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "role", "address"],
                condition=OPEN,
                name="an_address_is_invited_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(redeemed_at=None, redeemed_by=None)
                | Q(redeemed_at__isnull=False, redeemed_by__isnull=False),
                name="redeemed_invitations_say_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(until_at__gt=F("invited_at")),
                name="invitations_end_after_they_begin",
            ),
        ]

    def __str__(self):
        return str(self.uuid)

    @property
    def until_on(self) -> date:
        """The last day on which its link works, where the cohort is."""
        return day_of(self.until_at, zone=self.cohort.zone)

    @property
    def is_to_train(self) -> bool:
        return self.role == self.Role.TRAINER


class JoinCodeQuerySet(OfACohortQuerySet):
    def open(self, at):
        return self.filter(opened_at__lte=at, until_at__gt=at, closed_at=None)


class JoinCode(models.Model):
    """A code on the wall of a room: for some hours so many people join with it.

    `taken` counts whom the list of the cohort shows: `is_full` tells of nobody else.
    """

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="join_codes")
    code = models.CharField(_("code"), max_length=12, unique=True)
    places = models.PositiveSmallIntegerField(_("people in the room"))
    taken = models.PositiveSmallIntegerField(default=0)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="join_codes_opened"
    )
    opened_at = models.DateTimeField()
    until_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = JoinCodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("join code")
        verbose_name_plural = _("join codes")
        constraints = [
            models.CheckConstraint(
                condition=Q(taken__lte=F("places")), name="a_room_has_so_many_places"
            ),
            models.UniqueConstraint(
                fields=["cohort"],
                condition=Q(closed_at=None),
                name="one_open_join_code_per_cohort",
            ),
        ]

    def __str__(self):
        return self.code

    @property
    def is_full(self) -> bool:
        return self.taken >= self.places


class MembershipRuleQuerySet(OfACohortQuerySet):
    def standing(self):
        """Keep those that nobody ended."""
        return self.filter(ended_at=None)


class MembershipRule(models.Model):
    """Who belongs into a cohort by their confirmed post: institution, track, or both.

    The country is the cohort's; an institution's rule covers those below it. Whoever
    comes to fit is invited, never moved; whoever came by a rule and no longer fits
    leaves.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="membership_rules")
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="+"
    )
    track = models.CharField(_("profession"), max_length=12, choices=Track, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="membership_rules_made"
    )
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = MembershipRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership rule")
        verbose_name_plural = _("membership rules")
        constraints = [
            models.CheckConstraint(
                condition=Q(track__in=["", *Track.values]),
                name="rules_name_a_known_track",
            ),
            models.UniqueConstraint(
                fields=["cohort", "institution", "track"],
                condition=Q(ended_at=None, institution__isnull=False),
                name="a_rule_of_an_institution_stands_once_per_cohort",
            ),
            models.UniqueConstraint(
                fields=["cohort", "track"],
                condition=Q(ended_at=None, institution=None),
                name="a_rule_of_the_country_stands_once_per_cohort",
            ),
        ]

    def __str__(self):
        return str(self.uuid)
