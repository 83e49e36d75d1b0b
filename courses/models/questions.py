"""What is asked in quizzes: one question for all languages, in immutable versions."""

from collections.abc import Collection
from uuid import UUID, uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class NeverChanged(Exception):
    """Somebody tried to change a version that attempts rest on."""


class QuestionQuerySet(models.QuerySet):
    def live(self):
        return self.filter(retired_at=None)

    def tested_in(self, modules: Collection[UUID]):
        """Keep what final tests and pre-tests of these modules ask."""
        return self.filter(
            models.Q(use=Question.Use.FINAL) | models.Q(anchor=True), module__in=modules
        )

    def kept_by(self, edition: int):
        """Keep what the edition kept; all where the last release opened it: no list."""
        kept = Question.editions.through.objects.filter(edition=edition)
        mine = kept.filter(question=models.OuterRef("pk"))
        return self.filter(models.Exists(mine) | ~models.Exists(kept))

    def with_current_version(self):
        """Add `current`, the key of the newest version."""
        newest = (
            QuestionVersion.objects.filter(question=models.OuterRef("pk"))
            .order_by("-number")
            .values("pk")[:1]
        )
        return self.annotate(current=models.Subquery(newest))


class Question(models.Model):
    """A question, whatever its wording of the day. `module` is the page's key."""

    class Use(models.TextChoices):
        PRACTICE = "practice", _("Practice check")
        FINAL = "final", _("Final test")

    id = models.UUIDField(primary_key=True, default=uuid4)
    code = models.CharField(_("code"), max_length=20, unique=True)
    module = models.UUIDField(_("module"), db_index=True)
    # The lesson to review after a wrong answer.
    lesson = models.UUIDField(_("lesson"), null=True, blank=True)
    # Which objective of that lesson it asks for, counted from 1.
    objective = models.PositiveSmallIntegerField(_("objective"), null=True, blank=True)
    use = models.CharField(_("used in"), max_length=10, choices=Use)
    anchor = models.BooleanField(_("also asked before the course"), default=False)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ("code",)

    def __str__(self):
        return self.code


class QuestionTag(models.Model):
    """A word by which editors find questions again; learners never see it."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="tags")
    word = models.CharField(_("tag"), max_length=40)

    class Meta:
        verbose_name = _("tag of a question")
        verbose_name_plural = _("tags of a question")
        ordering = ("word",)
        constraints = [
            models.UniqueConstraint(
                fields=["question", "word"], name="a_question_has_a_tag_once"
            ),
            models.CheckConstraint(condition=~models.Q(word=""), name="tags_are_words"),
        ]

    def __str__(self):
        return self.word


class QuestionVersionQuerySet(models.QuerySet):
    def update(self, **fields):
        raise NeverChanged

    def delete(self):
        raise NeverChanged


class QuestionVersion(models.Model):
    """One wording of a question in every language; never changed once written.

    `document` has the shape of the question bank: type, level, stem, options, correct,
    feedback, source; every text is a mapping from language to string.
    """

    question = models.ForeignKey(Question, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    document = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True
    )

    objects = QuestionVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a question")
        verbose_name_plural = _("versions of a question")
        constraints = [
            models.UniqueConstraint(
                fields=["question", "number"],
                name="versions_of_a_question_are_numbered",
            )
        ]

    def __str__(self):
        return f"{self.question_id} v{self.number}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise NeverChanged
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise NeverChanged

    @property
    def graded_by(self) -> dict:
        """The document with the key that is right: a correction in force goes first."""
        correction = getattr(self, "correction", None)
        if correction is None or correction.approved_at is None:
            return self.document
        return self.document | {"correct": correction.correct}
