"""What editors read of checks, of words and of what waits."""

import pytest
from django.test import Client
from django.urls import reverse

from courses.models import LessonPage
from tests.courses.analysis.conftest import counted, tested  # noqa: F401 - fixtures
from tests.courses.cases.small import make_case
from tests.courses.words.wording import make_wording
from tests.factories import lesson_body

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(admin):
    client = Client()
    client.force_login(admin)
    return client


def test_checks_words_and_what_waits(browser, course_page, look, drawn, records):
    case = make_case(course_page)
    lesson = LessonPage.objects.descendant_of(course_page).first()
    lesson.title = "La trata de blancas"
    lesson.body = lesson_body("nueva")
    lesson.save_revision(clean=False)
    make_wording("trata-de-blancas", r"\btrata\s+de\s+blancas\b")
    addresses = [
        reverse("wagtailadmin_home"),
        reverse("page_checks", args=[lesson.pk]),
        reverse("page_checks", args=[case.pk]),
        reverse("course_checks", args=[course_page.pk]),
        reverse("words_report"),
    ]

    answers = [(path, look(browser, path)) for path in addresses]

    records.keep("desks/checks", answers, drawn)


def test_what_the_answers_tell(browser, counted, look, drawn, records):  # noqa: F811
    version = counted.questions["A9"].versions.get()
    addresses = [
        reverse("analyses"),
        reverse("analysis", args=[counted.final.pk]),
        reverse("analysis_question", args=[counted.final.pk, version.pk]),
    ]

    answers = [(path, look(browser, path)) for path in addresses]

    records.keep("desks/answers", answers, drawn)


def test_accounts_of_the_demo(nobody, settings, look, drawn, records):
    settings.DEMO = True

    records.keep("desks/demo", [("door", look(nobody, "/es/account/login/"))], drawn)
