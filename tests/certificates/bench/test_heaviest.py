"""The bench finds the heaviest page of each kind, the pages of a case among them."""

import pytest

from certificates.bench.heaviest import pages_of, walk_the_cases
from courses.models import CaseRun, LessonPage
from tests.courses.cases.small import body, make_case
from tests.factories import EnrolmentFactory, make_edition


@pytest.fixture
def taking(ana, course_page):
    """Ana's enrolment in a course with a case whose last step asks most."""
    *_steps, last, _debrief, _law = raw = body()
    last["value"]["facts"] = "Hechos y más hechos. " * 50
    make_case(course_page, raw)
    return EnrolmentFactory(learner=ana, edition=make_edition(course_page))


def test_pages_of_a_kind_are_found_in_each_language(course_page):
    assert pages_of(LessonPage) == [
        {
            "es": f"/es/trata/modulo-uno/leccion-{number}/",
            "en": f"/en/trata-en/modulo-uno-en/leccion-{number}-en/",
        }
        for number in (1, 2)
    ]


def test_a_case_is_left_at_the_step_that_asks_most_and_another_run_at_its_end(
    client, ana, taking
):
    at_step, at_end = walk_the_cases(ana.email)

    ended, open_run = CaseRun.objects.order_by("number")
    assert (at_step, at_end) == (f"{open_run.pk}/3", str(ended.pk))
    client.force_login(ana)
    assert client.get(f"/es/cases/{at_step}/").status_code == 200
    assert client.get(f"/es/cases/{at_end}/debrief/").status_code == 200
