"""What a course and its activities are, whatever happens to their pages.

The key of a row is the `translation_key` that its pages share in every language. Rows
are made at first publication and never deleted; all that a learner earns points here.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Course(models.Model):
    """A course, independent of language and pages."""

    id = models.UUIDField(primary_key=True)
    code = models.CharField(_("code"), max_length=20, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    def __str__(self):
        return self.code


class Activity(models.Model):
    """Something to do in a course that can be completed."""

    class Kind(models.TextChoices):
        LESSON = "lesson", _("Lesson")
        PRETEST = "pretest", _("Pre-test")
        PRACTICE = "practice", _("Practice check")
        FINAL = "final", _("Final test")
        CASE = "case", _("Case")

    id = models.UUIDField(primary_key=True)
    course = models.ForeignKey(Course, models.PROTECT, related_name="activities")
    kind = models.CharField(max_length=10, choices=Kind)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")

    def __str__(self):
        return f"{self.kind} {self.id}"

    @property
    def is_quiz(self) -> bool:
        return self.kind in {self.Kind.PRETEST, self.Kind.PRACTICE, self.Kind.FINAL}
