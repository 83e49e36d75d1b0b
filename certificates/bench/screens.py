"""The screens that budgets are about, each with somebody who has come that far."""

from dataclasses import dataclass

from certificates.drills import awarded
from certificates.models import Certificate
from courses import drills as learning
from courses.bench import learners
from courses.bench.quiz import with_a_long_test
from courses.models import CataloguePage, CoursePage, LessonPage
from lms.bench.chromium import Screen
from lms.bench.site import Served

LANGUAGES = ("es", "en")


@dataclass(frozen=True, slots=True)
class Screens:
    """The five of the blueprint, and what budgets name besides."""

    home: Screen
    course: Screen
    lesson: Screen
    next_lesson: Screen
    quiz: Screen
    verify: Screen
    my_learning: Screen
    certificate: Screen
    pdf: str  # the name of the file

    @property
    def five(self) -> list[Screen]:
        return [self.home, self.course, self.lesson, self.quiz, self.verify]

    @property
    def signed_in(self) -> list[Screen]:
        return [self.lesson, self.quiz, self.my_learning]


def screens(campus: Served) -> Screens:
    """Let a learner come to a long test, and another to a certificate."""
    made = campus.site.once(learners.reader)
    cookies = campus.signed_in(made["email"], learning.PASSWORD)
    attempt = campus.site.once(begin_a_long_test, made["email"])
    award = Certificate.objects.get(pk=campus.site.once(awarded)[0])
    holder = campus.signed_in(award.holder.email, learning.PASSWORD)
    first, then = first_lessons()
    return Screens(
        home=page_of("home", CataloguePage),
        course=page_of("course", CoursePage),
        lesson=Screen("lesson", first, cookies),
        next_lesson=Screen("next lesson", then, cookies),
        quiz=in_both("quiz", f"/{{}}/attempts/{attempt}/", cookies),
        verify=in_both("verify", f"/v/{award.code}?lang={{}}", {}),
        my_learning=in_both("my learning", "/{}/my-learning/", cookies),
        certificate=in_both("certificate", f"/{{}}/certificates/{award.pk}/", holder),
        pdf=str(award.pk),
    )


def begin_a_long_test(email: str) -> str:
    enrolment = with_a_long_test(email)
    return learning.start(str(enrolment.pk), str(learning.final_of(enrolment).pk))


def in_both(name: str, pattern: str, cookies: dict[str, str]) -> Screen:
    return Screen(name, {code: pattern.format(code) for code in LANGUAGES}, cookies)


def page_of(name: str, model: type) -> Screen:
    """Return the first page of a kind, as those see it who are not signed in."""
    return Screen(name, paths_of(model.objects.live().order_by("path")))


def first_lessons() -> tuple[dict[str, str], dict[str, str]]:
    """Return where the first and the second lesson are read."""
    pages = LessonPage.objects.live().order_by("path")
    first = pages.filter(locale__language_code="es")[:2]
    return tuple(
        paths_of(pages.filter(translation_key=page.translation_key)) for page in first
    )


def paths_of(pages) -> dict[str, str]:
    found = {}
    for page in pages.select_related("locale"):
        code = page.locale.language_code
        found.setdefault(code, f"/{code}/{page.url_path.split('/', 2)[2]}")
    return found
