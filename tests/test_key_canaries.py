"""A learner follows every link: what is right is on no page before it may be told."""

import pytest
from django.core.cache import caches
from django.urls import resolve
from django.utils import timezone
from django.utils.translation import override

from certificates.actions import issue
from courses.models import Attempt, Enrolment
from tests import factories
from tests.courses.answering import ask_typed, begin, hand_in, turn_the_key
from tests.crawling import crawl, text
from tests.factories import NOON, EnrolmentFactory, right_answer, wrong_answer

pytestmark = [pytest.mark.django_db, pytest.mark.sweep]
TELL = ("KEY", "FEEDBACK", '"correct', "correct=", "data-")
HOMES = ("/es/", "/en/")
SEEN = {
    "attempt",
    "attempt_review",
    "certificate",
    "enrolment",
    "lesson",
    "my_learning",
    "people_profile",
    "verify_code",
    "wagtail_serve",
}


@pytest.fixture
def as_ana(client, ana):
    """Ana, who holds the certificate of another course."""
    other = factories.make_edition(factories.make_course_page(code="C2", slug="otro"))
    issue(EnrolmentFactory(learner=ana, edition=other, completed_at=NOON), at=NOON)
    client.force_login(ana)
    return client


@pytest.fixture
def pages(as_ana):
    """Return a function that reads all that Ana can reach, in both languages."""

    def read(*more):
        caches["pages"].clear()
        found = {}
        for start in (*HOMES, *more):
            found |= crawl(as_ana, start)
        assert [path for path in found if found[path].status_code >= 400] == []
        return {path: text(answer) for path, answer in found.items()}

    return read


def told(pages: dict[str, str]) -> list[tuple[str, str]]:
    return [(path, word) for path in pages for word in TELL if word in pages[path]]


def views(pages: dict[str, str]) -> set[str]:
    spanish = [path for path in pages if path.startswith(("/es/", "/v/"))]
    with override("es"):
        return {resolve(path.split("?")[0]).view_name for path in spanish}


@pytest.fixture
def opened(enrolment, activities):
    """Ana has failed once, and sits the test and the practice check now."""
    failed = hand_in(begin(enrolment, activities["final"]), wrong_answer)
    for name in ("final", "practice"):
        ask_typed(begin(enrolment, activities[name]))
    return failed


def test_no_page_tells_the_key_before_its_time(pages, opened):
    unanswered = Attempt.objects.open().first()

    read = pages(f"/es/attempts/{unanswered.pk}/review/")  # a button leads there

    assert views(read) >= SEEN
    assert told(read) == []


def test_no_page_changes_with_the_key_before_its_time(pages, opened, time_machine):
    time_machine.move_to(timezone.now(), tick=False)  # the seconds of a session too
    before = pages()
    turn_the_key()

    assert pages() == before


def test_no_page_tells_the_key_between_two_attempts(pages, enrolment, activities):
    failed = hand_in(begin(enrolment, activities["final"]), wrong_answer)

    read = pages()

    assert f"/es/attempts/{failed.pk}/" in read
    assert told(read) == []


def test_no_page_tells_the_key_when_the_attempts_are_used_up(
    pages, enrolment, activities
):
    for _number in range(3):
        last = hand_in(begin(enrolment, activities["final"]), wrong_answer)

    read = pages()

    assert f"/es/attempts/{last.pk}/" in read
    assert told(read) == []


def test_results_tell_the_key_once_nothing_hangs_on_it(pages, enrolment, activities):
    last = hand_in(begin(enrolment, activities["final"]), right_answer)

    read = pages()

    for language in ("es", "en"):
        page = read.pop(f"/{language}/attempts/{last.pk}/")
        assert page.count("KEY") == 10
    assert {path for path, _word in told(read)} <= {
        f"/{language}/attempts/{attempt.pk}/"
        for language in ("es", "en")
        for attempt in Enrolment.objects.get(pk=enrolment.pk).attempts.all()
    }
