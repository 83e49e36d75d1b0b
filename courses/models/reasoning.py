"""A page of reasons: what is asked, what was written, and how it was marked.

What people write stands sealed (`lms.keys`): nobody reads it in the database.
"""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.models.editions import Edition, in_language
from courses.models.enrolments import Enrolment
from courses.models.identity import Course
from lms.keys import seal, unseal
from lms.people.choices import Language
from lms.people.scope import ScopedQuerySet

DRAFT = Q(handed_in_at=None, wanted=0, settled_at=None, asked_again_at=None)
HANDED_IN = Q(handed_in_at__isnull=False, wanted__gte=1)


def opened(sealed: str) -> str:
    """Return what was sealed; nothing where nothing is kept."""
    return unseal(sealed) if sealed else ""


class ReasoningTask(models.Model):
    """What a course asks its learners to give reasons for, as editors write it.

    `document` holds `titles` and `briefs` by language, and `lines`: of each its `key`,
    and by language its `names` and what a `good`, `sufficient` and `missing` reason is.
    """

    course = models.OneToOneField(
        Course, models.PROTECT, related_name="reasoning", verbose_name=_("course")
    )
    document = models.JSONField()

    class Meta:
        verbose_name = _("written reasoning")
        verbose_name_plural = _("written reasoning")

    def __str__(self):
        return self.title("es")

    def title(self, language: str) -> str:
        return in_language(self.document["titles"], language)


class EditionReasoning(models.Model):
    """The task of an edition as it was that day; without such a row nothing is asked.

    `seed` is what chance draws by: which pages two persons read.
    """

    edition = models.OneToOneField(Edition, models.PROTECT, related_name="reasoning")
    document = models.JSONField()
    counts = models.BooleanField(_("counts for completing the course"))
    seed = models.CharField(max_length=32)

    class Meta:
        verbose_name = _("written reasoning of an edition")
        verbose_name_plural = _("written reasoning of editions")

    def __str__(self):
        return self.title("es")

    def title(self, language: str) -> str:
        return in_language(self.document["titles"], language)


class PaperQuerySet(ScopedQuerySet):
    """Whose they are is told to nobody: whoever marks one finds it by its number."""

    person_path = "enrolment__learner"

    def handed_in(self):
        return self.exclude(handed_in_at=None)

    def in_run_of(self, enrolment: Enrolment):
        """Keep what the learner wrote in any enrolment of the same run."""
        return self.filter(
            enrolment__learner=enrolment.learner_id,
            enrolment__course=enrolment.course_id,
            asked__edition__run=enrolment.edition.run,
        )

    def unsettled(self):
        """Keep what waits for a reading and can still be read."""
        return self.handed_in().filter(settled_at=None).exclude(sealed="")

    def with_asked(self):
        return self.select_related("asked__edition", "enrolment__learner")


class Paper(models.Model):
    """One learner's page of reasons: a draft, then handed in, then read.

    `wanted` is how many readings it is to have; `settled_at` is when it had them, and
    `levels` what stood then.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    enrolment = models.OneToOneField(
        Enrolment, models.PROTECT, related_name="reasoning_paper"
    )
    asked = models.ForeignKey(EditionReasoning, models.PROTECT, related_name="papers")
    number = models.CharField(max_length=6, unique=True)
    language = models.CharField(max_length=2, choices=Language)
    sealed = models.TextField(blank=True)
    saved_at = models.DateTimeField()
    handed_in_at = models.DateTimeField(null=True, blank=True)
    drawn_twice = models.BooleanField(default=False)
    wanted = models.PositiveSmallIntegerField(default=0)
    settled_at = models.DateTimeField(null=True, blank=True)
    levels = models.JSONField(default=dict, blank=True)
    asked_again_at = models.DateTimeField(null=True, blank=True)
    sealed_reason = models.TextField(blank=True, default="")

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("page of reasons")
        verbose_name_plural = _("pages of reasons")
        constraints = [
            models.CheckConstraint(
                condition=DRAFT | HANDED_IN, name="only_what_is_handed_in_is_read"
            )
        ]

    def __str__(self):
        return self.number

    @property
    def text(self) -> str:
        return opened(self.sealed)

    @text.setter
    def text(self, text: str) -> None:
        self.sealed = seal(text) if text else ""

    @property
    def reason(self) -> str:
        """Why another reading was asked for."""
        return opened(self.sealed_reason)

    @reason.setter
    def reason(self, reason: str) -> None:
        self.sealed_reason = seal(reason) if reason else ""


class MarkingQuerySet(ScopedQuerySet):
    """About who wrote the page; who marked it is not shown to them."""

    person_path = "author"


class Marking(models.Model):
    """One reading of a page: a level for each line, and a comment. It stands."""

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="markings")
    position = models.PositiveSmallIntegerField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    marker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    levels = models.JSONField()
    sealed = models.TextField(blank=True)
    at = models.DateTimeField()

    objects = MarkingQuerySet.as_manager()

    class Meta:
        ordering = ("position",)
        verbose_name = _("marking of a page")
        verbose_name_plural = _("markings of pages")
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "position"], name="readings_of_a_page_have_an_order"
            ),
            models.UniqueConstraint(
                fields=["paper", "marker"], name="nobody_marks_a_page_twice"
            ),
            models.CheckConstraint(
                condition=~Q(author=F("marker")), name="nobody_marks_their_own_page"
            ),
        ]

    def __str__(self):
        return f"{self.paper_id} {self.position}"

    @property
    def comment(self) -> str:
        return opened(self.sealed)

    @comment.setter
    def comment(self, comment: str) -> None:
        self.sealed = seal(comment) if comment else ""
