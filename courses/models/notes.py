"""What a learner notes for themselves on a lesson; it stands sealed (`lms.keys`)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models.identity import Activity
from courses.models.reasoning import opened
from lms.keys import seal
from lms.people.scope import ScopedQuerySet


class NoteQuerySet(ScopedQuerySet):
    """Nobody reads them but who wrote them: no day opens them to a mandate."""

    person_path = "learner"


class Note(models.Model):
    """One person's note on one lesson, a mark to find it by, or both."""

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    lesson = models.ForeignKey(Activity, models.PROTECT, related_name="+")
    sealed = models.TextField(blank=True)
    is_marked = models.BooleanField(default=False)
    changed_at = models.DateTimeField(db_index=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note on a lesson")
        verbose_name_plural = _("notes on lessons")
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "lesson"], name="one_note_on_a_lesson"
            ),
            models.CheckConstraint(
                condition=~Q(sealed="") | Q(is_marked=True),
                name="a_note_says_something",
            ),
        ]

    def __str__(self):
        return str(self.lesson)

    @property
    def text(self) -> str:
        return opened(self.sealed)

    @text.setter
    def text(self, text: str) -> None:
        self.sealed = seal(text) if text else ""
