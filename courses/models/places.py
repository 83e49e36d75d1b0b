"""May this page stand where it is, or is to be, and under the code of its course?

Asked by `clean`, and so by every form, by every way of publishing and by the loader;
before a page is copied, and by whatever moves one.
"""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from courses import rules
from courses.models.bin import binned_above, in_the_bin
from courses.models.identity import Course
from courses.models.worded import Worded
from courses.translating import original_of

SENTENCES = {
    "wrong-parent": _("A page of this kind does not stand there."),
    "wrong-purpose": _(
        "A pre-test and a final test stand in the course, a practice check in a module."
    ),
    "second-final": _(
        "The course has a final test already. Change that one, or take it down first."
    ),
    "second-pretest": _(
        "The course has a pre-test already. Change that one, or take it down first."
    ),
    "code-taken": _(
        "“%(title)s” cannot be published: another course has the code %(code)s. Give "
        "it a code of its own first."
    ),
    "code-in-bin": _(
        "“%(title)s” cannot be published: a course in the bin has the code %(code)s. "
        "Restore that one, or give this one a code of its own."
    ),
    "before-original": _(
        "“%(page)s” cannot be published: the page that it is translated from is not "
        "public. Publish that one first."
    ),
    "in-bin": _(
        "“%(title)s” is in the bin, or what it stands in is. Restore it first."
    ),
}


class Placed(Worded):
    """A page of a course, which stands only where `rules` say."""

    is_course = False
    purpose = ""
    # Set by the editor's form, which knows more than the page: where a page that is in
    # no tree yet is to stand, and whether what is saved is a draft.
    meant_for: Page | None = None
    is_draft: bool | None = None

    def clean(self):
        super().clean()
        parent = self.get_parent() if self.path else self.meant_for
        if parent is None:
            return
        publishing = self.live if self.is_draft is None else not self.is_draft
        self.refuse_below(parent, publishing=publishing)

    def refuse_below(self, parent: Page, *, publishing: bool) -> None:
        """Raise `ValidationError` if it may not stand there."""
        if sentences := self.refusals_below(parent, publishing=publishing):
            # Named after a field although about none: wagtail-localize asks for names.
            raise ValidationError({NON_FIELD_ERRORS: sentences})

    def refusals_below(self, parent: Page, *, publishing: bool) -> list[str]:
        """Return in sentences why it may not stand there; empty when it may."""
        course = self if self.is_course else _course_at(parent)
        words = rules.refusals_to_stand(
            is_allowed=type(self).can_exist_under(parent),
            purpose=self.purpose,
            in_course=getattr(parent.specific_class, "is_course", False),
            beside=_purposes_below(parent, but=self) if self.purpose else [],
            code_taken=bool(publishing and course and is_taken(course)),
            before_original=publishing and _goes_out_before_its_original(self),
        )
        if "code-taken" in words and _of_the_bin(course).exists():
            words[words.index("code-taken")] = "code-in-bin"
        is_here = self.path and parent.path == self.path[: -self.steplen]
        if (publishing or not is_here) and binned_above(self if is_here else parent):
            return [SENTENCES["in-bin"] % {"title": self.title}]
        facts = {"title": course.title, "code": course.code} if course else {}
        return [SENTENCES[word] % (facts | {"page": self.title}) for word in words]


def _goes_out_before_its_original(page: Page) -> bool:
    """Whether a translation is to become public while its original is not.

    One that is public may stay so: whoever takes an original down is asked about it.
    """
    if Page.objects.live().filter(pk=page.pk).exists():
        return False
    original = original_of(page)
    return original is not None and not original.live


def is_taken(course) -> bool:
    """Whether another course has this code, or a live page that shows it."""
    rows = Course.objects.filter(code=course.code).exclude(pk=course.translation_key)
    pages = type(course).objects.live().filter(code=course.code)
    others = pages.exclude(translation_key=course.translation_key)
    return rows.exists() or others.exists() or _of_the_bin(course).exists()


def _of_the_bin(course):
    """Return the other courses in the bin that readers knew by this code.

    Not those that were never published, such as a copy that somebody threw away: the
    original would be closed for as long as the bin keeps it.
    """
    known = Course.objects.values("pk")
    pages = type(course).objects.filter(code=course.code, translation_key__in=known)
    return in_the_bin(pages).exclude(translation_key=course.translation_key)


def _course_at(page: Page):
    """Return the course that a page is, or is in; nothing above all courses."""
    above = page.get_ancestors(inclusive=True).specific()
    return next((one for one in above if getattr(one, "is_course", False)), None)


def _purposes_below(parent: Page, *, but: Page) -> list[str]:
    """Return what the other live quizzes there are for."""
    quizzes = type(but).objects.child_of(parent).live()
    others = quizzes.exclude(translation_key=but.translation_key)
    return list(others.values_list("purpose", flat=True))
