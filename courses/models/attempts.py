"""What a learner was asked, what they answered, and how it was graded."""

from datetime import datetime
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from courses.models.enrolments import Enrolment
from courses.models.identity import Activity
from courses.models.questions import QuestionVersion
from courses.questions.rules import WHOLE
from courses.timing import GRACE
from lms.people.choices import Language
from lms.people.scope import ScopedQuerySet

GRADED = Q(
    submitted_at__isnull=False,
    points__isnull=False,
    out_of__isnull=False,
    passed__isnull=False,
)
UNGRADED = Q(submitted_at=None, points=None, out_of=None, passed=None)


class AttemptQuerySet(ScopedQuerySet):
    """Others may see that somebody tried and how it went, never the answers."""

    person_path = "enrolment__learner"
    dated_by = ("started_at", "submitted_at")

    def open(self):
        return self.filter(submitted_at=None)

    def answerable(self, at):
        """Keep the open ones that still take answers at that moment."""
        in_time = Q(ends_at=None) | Q(ends_at__gte=at - GRACE)
        return self.open().filter(in_time)

    def overdue(self, at):
        """Keep the open ones whose time is over, and that of what was on its way."""
        return self.open().filter(ends_at__lt=at - GRACE)

    def submitted(self):
        return self.exclude(submitted_at=None)

    def lost(self):
        """Keep the final tests that count as passed no more since a key was mended."""
        return self.filter(passed=False, lost_by__isnull=False)

    def with_context(self):
        return self.select_related("enrolment__edition", "activity")


class Attempt(models.Model):
    """One try at a quiz, frozen at its start: questions, order, pass mark, its end.

    Handed in after its end, it counts for the end itself. So does what is handed in
    within the minute of grace, by the learner: `by_clock` says who did it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="attempts")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="attempts")
    number = models.PositiveIntegerField()
    titles = models.JSONField()
    pass_mark = models.PositiveSmallIntegerField()
    started_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    saved_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    points = models.PositiveSmallIntegerField(null=True, blank=True)
    out_of = models.PositiveSmallIntegerField(null=True, blank=True)
    passed = models.BooleanField(null=True, blank=True)
    by_clock = models.BooleanField(default=False, db_default=False)
    # In which the learner handed in; nobody knows of attempts from before.
    language = models.CharField(
        max_length=2, choices=Language, blank=True, default="", db_default=""
    )
    # When its answers were added to the tallies of its questions.
    counted_at = models.DateTimeField(null=True, blank=True)
    # The correction of a key by which a final test that was passed is so no more.
    lost_by = models.ForeignKey(
        "courses.KeyCorrection",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="lost",
    )

    objects = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        # What was tried lately is drawn into reports every minute.
        indexes = [
            models.Index(fields=["started_at"], name="attempts_by_start"),
            models.Index(fields=["submitted_at"], name="attempts_by_end"),
            # The sweep looks for those that are over twice a minute.
            models.Index(
                fields=["ends_at"],
                condition=Q(submitted_at=None),
                name="open_attempts_by_their_end",
            ),
            models.Index(
                fields=["activity"],
                condition=Q(submitted_at__isnull=False, counted_at=None, number=1),
                name="attempts_to_be_counted",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "activity"],
                condition=Q(submitted_at=None),
                name="one_open_attempt_per_enrolment_and_quiz",
            ),
            models.UniqueConstraint(
                fields=["enrolment", "activity", "number"],
                name="attempts_are_numbered",
            ),
            models.CheckConstraint(
                condition=GRADED | UNGRADED, name="attempts_are_graded_as_a_whole"
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("started_at")),
                name="attempts_end_after_they_began",
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None)
                | Q(submitted_at=None)
                | Q(submitted_at__lte=F("ends_at")),
                name="attempts_count_for_their_end_at_the_latest",
            ),
            models.CheckConstraint(
                condition=Q(by_clock=False)
                | Q(
                    ends_at__isnull=False,
                    submitted_at__isnull=False,
                    submitted_at=F("ends_at"),
                ),
                name="the_clock_hands_in_at_the_end",
            ),
            models.CheckConstraint(
                condition=Q(lost_by=None) | Q(submitted_at__isnull=False),
                name="what_was_passed_and_lost_was_handed_in",
            ),
        ]

    def __str__(self):
        return str(self.id)

    @property
    def is_open(self) -> bool:
        return self.submitted_at is None


class AttemptItemQuerySet(ScopedQuerySet):
    person_path = "attempt__enrolment__learner"

    def with_earned(self):
        """Add `worth`: what each answer earned, also where only points were kept."""
        worth = Coalesce(F("earned"), F("points") * WHOLE, 0)
        return self.annotate(worth=worth)

    def with_version(self):
        return self.select_related("version__question", "version__correction")


class AttemptItem(models.Model):
    """One question of an attempt: the version asked, the order shown, the answer.

    `shown` is the order of option keys ({"left": […], "right": […]} for matching);
    `answer` is a list of keys, or left key → right key for matching. `answered_at` is
    when it was chosen; of two choices of one moment the device and its number decide.
    """

    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    version = models.ForeignKey(QuestionVersion, models.PROTECT, related_name="+")
    shown = models.JSONField()
    answer = models.JSONField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    chosen_on = models.UUIDField(null=True, blank=True)
    chosen_number = models.PositiveIntegerField(null=True, blank=True)
    # 1 for a wholly right answer; `earned` counts parts of a point (`questions.rules`).
    # It is empty where nothing but whole answers was known when it was graded.
    points = models.PositiveSmallIntegerField(null=True, blank=True)
    earned = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = AttemptItemQuerySet.as_manager()

    class Meta:
        ordering = ("position",)
        verbose_name = _("question of an attempt")
        verbose_name_plural = _("questions of an attempt")
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "position"],
                name="questions_of_an_attempt_have_an_order",
            ),
            models.UniqueConstraint(
                fields=["attempt", "version"],
                name="an_attempt_asks_a_question_once",
            ),
        ]

    def __str__(self):
        return f"{self.attempt_id} {self.position}"


class AnswerOperationQuerySet(ScopedQuerySet):
    person_path = "attempt__enrolment__learner"

    def of_handed_in(self, *, until: datetime):
        return self.filter(attempt__submitted_at__lte=until)


class AnswerOperation(models.Model):
    """That a choice came in while an attempt was open, and what was said to it.

    Kept so that one that comes twice, because its answer was lost, counts once.
    """

    class Outcome(models.TextChoices):
        SAVED = "saved", _("kept")
        OLDER = "older", _("a newer choice stands")
        CLOSED = "closed", _("handed in before")  # never stored
        REFUSED = "refused", _("not an answer to the question")

    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="operations")
    key = models.UUIDField()
    outcome = models.CharField(max_length=10, choices=Outcome)
    code = models.CharField(max_length=30, blank=True)
    received_at = models.DateTimeField()

    objects = AnswerOperationQuerySet.as_manager()

    class Meta:
        verbose_name = _("choice that came in")
        verbose_name_plural = _("choices that came in")
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "key"], name="a_choice_comes_in_once"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["saved", "older"], code="")
                | Q(outcome="refused") & ~Q(code=""),
                name="choices_are_refused_with_a_reason",
            ),
        ]

    def __str__(self):
        return f"{self.attempt_id} {self.key}"
