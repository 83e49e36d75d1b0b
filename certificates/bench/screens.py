"""The screens that budgets are about, each with somebody who has come that far."""

from dataclasses import dataclass

from certificates.bench.heaviest import Heaviest, heaviest, pages_of
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
    """The five of the blueprint, what budgets name besides, and what weighs most."""

    home: Screen
    course: Screen
    lesson: Screen
    quiz: Screen
    verify: Screen
    my_learning: Screen
    certificate: Screen
    heaviest: Heaviest
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
    return Screens(
        home=page_of("home", CataloguePage),
        course=page_of("course", CoursePage),
        lesson=Screen("lesson", pages_of(LessonPage)[0], cookies),
        quiz=in_both("quiz", f"/{{}}/attempts/{attempt}/", cookies),
        verify=in_both("verify", f"/v/{award.code}?lang={{}}", {}),
        my_learning=in_both("my learning", "/{}/my-learning/", cookies),
        certificate=in_both("certificate", f"/{{}}/certificates/{award.pk}/", holder),
        heaviest=heaviest(campus, made["email"], cookies),
        pdf=str(award.pk),
    )


def begin_a_long_test(email: str) -> str:
    enrolment = with_a_long_test(email)
    return learning.start(str(enrolment.pk), str(learning.final_of(enrolment).pk))


def in_both(name: str, pattern: str, cookies: dict[str, str]) -> Screen:
    return Screen(name, {code: pattern.format(code) for code in LANGUAGES}, cookies)


def page_of(name: str, model: type) -> Screen:
    """Return the first page of a kind, as those see it who are not signed in."""
    return Screen(name, pages_of(model)[0])
