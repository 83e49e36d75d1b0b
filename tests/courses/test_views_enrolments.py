"""Enrolling, my learning, why a course is not finished, leaving."""

from datetime import date, timedelta
from urllib.parse import unquote
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import caches
from django.urls import reverse

from courses import actions, awards
from courses.models import (
    Activity,
    Completion,
    CoursePage,
    Edition,
    Enrolment,
    ModulePage,
)
from lms.models import Mandate
from tests import factories
from tests.factories import (
    EnrolmentFactory,
    MandateFactory,
    make_course_page,
    make_edition,
)
from tests.posts.forms import POST

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_ana(client, ana):
    client.force_login(ana)
    return client


@pytest.fixture
def certificates(monkeypatch):
    """A floor above that tells of a certificate for every completed enrolment."""
    monkeypatch.setattr(awards, "_registered", [])
    awards.register(
        lambda keys, language: {
            key: {"url": f"/{language}/award/{key}/", "label": "Vigente hasta mañana"}
            for key in keys
        }
    )


def text(response) -> str:
    return response.content.decode()


def complete(enrolment, *activities):
    for activity in activities:
        actions.complete_activity(
            enrolment,
            activity=activity,
            language="es",
            revision=None,
            at=factories.NOON,
        )
    enrolment.refresh_from_db()


def test_enrol_by_one_post_leads_to_the_first_lesson(as_ana, ana, course):
    response = as_ana.post(f"/es/learn/courses/{course.pk}/enrol/", follow=True)

    assert response.redirect_chain == [("/es/trata/modulo-uno/leccion-1/", 302)]
    assert response.status_code == 200
    assert "Curso C1" in text(response)
    assert Enrolment.objects.get().learner == ana


def test_enrol_again_goes_on_where_it_stood(as_ana, enrolment, activities):
    complete(enrolment, activities["lesson-1"])

    response = as_ana.post(f"/es/learn/courses/{enrolment.course_id}/enrol/")

    assert response["Location"] == "/es/trata/modulo-uno/leccion-2/"
    assert list(Enrolment.objects.all()) == [enrolment]


def test_enrol_of_a_stranger_leads_to_sign_in_and_back_to_the_course(client, course):
    response = client.post(f"/es/learn/courses/{course.pk}/enrol/")

    assert response["Location"] == "/es/account/login/?next=/es/trata/"
    assert not Enrolment.objects.exists()


def test_enrol_by_get_only_leads_to_the_course(as_ana, course):
    response = as_ana.get(f"/es/learn/courses/{course.pk}/enrol/")

    assert response["Location"] == "/es/trata/"
    assert not Enrolment.objects.exists()


def test_enrol_without_a_post_asks_for_it_first_and_then_enrols(as_ana, ana, course):
    ana.track = ""
    ana.save()

    response = as_ana.post(f"/es/learn/courses/{course.pk}/enrol/")

    leads_to, start = response["Location"].split("?next=")
    assert (leads_to, unquote(start)) == (
        "/es/account/post/",
        f"/es/learn/courses/{course.pk}/enrol/",
    )
    assert not Enrolment.objects.exists()
    saved = as_ana.post(leads_to, POST | {"next": unquote(start)}, follow=True)
    assert saved.redirect_chain[-1] == ("/es/trata/modulo-uno/leccion-1/", 302)
    assert Enrolment.objects.get().track == "judge"


def test_enrol_in_a_course_without_an_edition_says_why_not(as_ana, course_page):
    response = as_ana.post(f"/en/learn/courses/{course_page.translation_key}/enrol/")

    assert response.status_code == 409
    assert "not open yet" in text(response)
    assert not Enrolment.objects.exists()


def test_enrol_in_a_completed_run_leads_to_what_was_completed(as_ana, enrolment, at):
    Enrolment.objects.update(completed_at=at)

    response = as_ana.post(f"/en/learn/courses/{enrolment.course_id}/enrol/")

    assert response.status_code == 409
    assert "already completed" in text(response)
    assert reverse("enrolment", args=[enrolment.pk]) in text(response)
    assert Enrolment.objects.count() == 1


@pytest.mark.parametrize("key", [uuid4(), "not-a-key"])
def test_enrol_in_an_unknown_course_is_not_found(as_ana, key):
    response = as_ana.post(f"/es/learn/courses/{key}/enrol/")

    assert response.status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/es/my-learning/",
        "/es/learn/enrolments/{key}/",
        "/es/learn/enrolments/{key}/resume/",
        "/es/learn/enrolments/{key}/leave/",
    ],
)
def test_own_pages_of_a_stranger_lead_to_sign_in(client, enrolment, path):
    path = path.format(key=enrolment.pk)

    response = client.get(path)

    assert response["Location"] == f"/es/account/login/?next={path}"


@pytest.mark.parametrize("tail", ["", "resume/", "leave/"])
def test_an_enrolment_of_somebody_else_is_not_found(client, bruno, enrolment, tail):
    client.force_login(bruno)

    response = client.get(f"/es/learn/enrolments/{enrolment.pk}/{tail}")

    assert response.status_code == 404


def test_leave_somebody_elses_course_is_not_found(client, bruno, enrolment):
    client.force_login(bruno)

    response = client.post(f"/es/learn/enrolments/{enrolment.pk}/leave/")

    enrolment.refresh_from_db()
    assert response.status_code == 404
    assert enrolment.is_open


@pytest.mark.parametrize("tail", ["", "resume/"])
def test_pages_that_only_show_refuse_a_post(as_ana, enrolment, tail):
    response = as_ana.post(f"/es/learn/enrolments/{enrolment.pk}/{tail}")

    assert response.status_code == 405
    enrolment.refresh_from_db()
    assert enrolment.is_open


def test_my_learning_when_empty_suggests_courses_for_the_profession(as_ana, course):
    other = make_course_page(code="C0", slug="otro")
    ModulePage.objects.descendant_of(other).update(required_for=["opi"])
    make_edition(other)

    later = make_course_page(code="C2", slug="asistencia")
    CoursePage.objects.filter(pk=later.pk).update(title="Asistencia")
    make_edition(later)

    page = text(as_ana.get("/es/my-learning/"))

    # C1, C2, and then C0, of which the profession owes nothing.
    places = [
        page.index(f'href="/es/{slug}/"') for slug in ("trata", "asistencia", "otro")
    ]
    assert places == sorted(places)
    assert 'class="button" href="/es/"' in page


def test_my_learning_names_the_next_step_and_what_is_missing(
    as_ana, enrolment, activities
):
    complete(enrolment, activities["lesson-1"])

    page = text(as_ana.get("/en/my-learning/"))

    assert "1.2 Lección 2 (en)" in page
    assert f'class="button" href="/en/learn/enrolments/{enrolment.pk}/resume/"' in page
    assert '<progress value="1" max="3"' in page
    assert "1 of 3 required activities" in page
    assert page.count('href="/en/trata-en/modulo-uno-en/leccion-2-en/"') == 1
    assert "leccion-1-en" not in page


def test_my_learning_shows_certificates_of_completed_courses(
    as_ana, enrolment, at, certificates
):
    Enrolment.objects.update(completed_at=at)

    page = text(as_ana.get("/es/my-learning/"))

    assert "Vigente hasta mañana" in page
    assert f'href="/es/award/{enrolment.pk}/"' in page
    assert "/resume/" not in page


def test_my_learning_offers_to_enrol_again_where_one_left(as_ana, enrolment, at):
    Enrolment.objects.update(withdrawn_at=at)

    page = text(as_ana.get("/es/my-learning/"))

    assert f'action="/es/learn/courses/{enrolment.course_id}/enrol/"' in page


def test_my_learning_forgets_what_was_left_once_one_is_back(as_ana, enrolment, at):
    Enrolment.objects.update(withdrawn_at=at)
    actions.enrol(enrolment.learner, course=enrolment.course, at=at)

    page = text(as_ana.get("/es/my-learning/"))

    assert "/enrol/" not in page


def test_my_learning_adds_up_study_time_by_year(as_ana, enrolment, activities):
    complete(enrolment, activities["lesson-1"])
    Completion.objects.create(
        enrolment=enrolment,
        activity=activities["lesson-2"],
        at=factories.NOON - timedelta(days=365),
        language="es",
    )

    learning = as_ana.get("/es/my-learning/").context["learning"]

    assert learning.minutes_by_year == [(2026, 2), (2025, 2)]


def test_my_learning_counts_a_tick_that_went_along_once(
    as_ana, ana, course, enrolment, activities, at
):
    complete(enrolment, activities["lesson-1"])
    actions.withdraw(enrolment, at=at)
    actions.enrol(ana, course=course, at=at)

    learning = as_ana.get("/es/my-learning/").context["learning"]

    assert learning.minutes_by_year == [(2026, 2)]


def test_my_learning_shows_nothing_of_others(client, bruno, enrolment):
    client.force_login(bruno)

    page = text(client.get("/es/my-learning/"))

    assert str(enrolment.pk) not in page
    assert "/resume/" not in page


OFFERED = "You are offered a task:"


@pytest.fixture
def offer(ana, sofia):
    """A mandate that Sofía offers to Ana."""
    return MandateFactory(
        holder=None, address="ana@example.org", granted_by=sofia, accepted_at=None
    )


def test_my_learning_says_that_a_task_is_offered(as_ana, ana, offer):
    EmailAddress.objects.filter(user=ana).update(email="Ana@Example.org")

    page = text(as_ana.get("/en/my-learning/"))

    assert f'{OFFERED} <a href="/en/mandates/mine/">My mandates</a>' in page
    assert "inistry" not in page


@pytest.mark.parametrize(
    "change",
    [
        {"address": "bruno@example.org"},
        {"approved_at": None},
        {"declined_at": factories.NOON},
        {"ended_at": factories.NOON, "ended_reason": "over"},
        {"until_on": date(2026, 1, 2)},
    ],
    ids=["another's", "not approved", "declined", "taken back", "run out"],
)
def test_my_learning_says_nothing_where_nothing_is_offered(as_ana, offer, change):
    Mandate.objects.filter(pk=offer.pk).update(**change)

    assert OFFERED not in text(as_ana.get("/en/my-learning/"))


def test_my_learning_offers_nothing_to_an_address_that_is_not_verified(
    as_ana, ana, offer
):
    EmailAddress.objects.filter(user=ana).update(verified=False)

    assert OFFERED not in text(as_ana.get("/en/my-learning/"))


def queries_of_my_learning(client, django_assert_max_num_queries) -> int:
    caches["pages"].clear()
    with django_assert_max_num_queries(50) as captured:
        assert client.get("/es/my-learning/").status_code == 200
    return len(captured)


def test_my_learning_asks_as_much_for_one_course_as_for_many(
    as_ana, ana, enrolment, at, django_assert_max_num_queries, certificates
):
    Enrolment.objects.update(completed_at=at)
    EnrolmentFactory(
        learner=ana, edition=make_edition(make_course_page(code="C2", slug="c2"))
    )
    few = queries_of_my_learning(as_ana, django_assert_max_num_queries)

    for number in (3, 4, 5):
        page = make_course_page(code=f"C{number}", slug=f"c{number}")
        EnrolmentFactory(
            learner=ana,
            edition=make_edition(page),
            completed_at=at if number == 3 else None,
            withdrawn_at=at if number == 4 else None,
        )
    many = queries_of_my_learning(as_ana, django_assert_max_num_queries)

    assert (few, many) == (many, few)


def test_detail_says_of_each_rule_whether_it_is_met(as_ana, enrolment, activities):
    complete(enrolment, activities["lesson-1"])

    page = text(as_ana.get(f"/en/learn/enrolments/{enrolment.pk}/"))

    assert "2 required activities are missing." in page
    assert page.count("badge warn") == 2
    assert page.count("badge ok") == 1
    assert 'href="/en/trata-en/prueba-final-en/"' in page
    assert "The pass mark is 80 % of the questions." in page
    assert "3 attempts left." in page
    assert f'href="/en/learn/enrolments/{enrolment.pk}/leave/"' in page


def test_detail_leads_back_into_the_last_attempt_instead_of_counting_it_as_used(
    as_ana, enrolment, edition, activities, at
):
    edition.attempts_allowed = 1
    edition.save()
    attempt = actions.start_attempt(enrolment, activity=activities["final"], at=at)

    page = text(as_ana.get(f"/en/learn/enrolments/{enrolment.pk}/"))

    assert (
        f'<a href="/en/attempts/{attempt.pk}/">Go on with the attempt you began' in page
    )
    assert "You have used your attempts" not in page


def test_detail_waives_what_was_taken_down_but_never_the_test(
    as_ana, enrolment, course_page, activities
):
    for key in (activities["lesson-2"].pk, activities["final"].pk):
        for page in course_page.get_descendants().filter(translation_key=key):
            page.unpublish()
        for page in course_page.get_translations().get().get_descendants():
            if page.translation_key == key:
                page.unpublish()

    page = text(as_ana.get(f"/en/learn/enrolments/{enrolment.pk}/"))

    assert "Not asked any more: the page was taken down" in page
    assert "Not available at the moment" in page
    assert page.count(">Waived<") == 1


def test_detail_stays_readable_when_every_page_is_gone(
    as_ana, enrolment, course_page, activities, at
):
    complete(enrolment, activities["lesson-1"])
    attempt = actions.start_attempt(enrolment, activity=activities["final"], at=at)
    course_page.get_translations().get().delete()
    course_page.delete()

    page = text(as_ana.get(f"/es/learn/enrolments/{enrolment.pk}/"))

    assert "Curso C1" in page
    assert "1.1 Lección 1" in page
    assert f'href="/es/attempts/{attempt.pk}/"' in page


def test_detail_of_a_completed_course_leads_to_the_certificate(
    as_ana, enrolment, at, certificates
):
    Enrolment.objects.update(completed_at=at)

    page = text(as_ana.get(f"/es/learn/enrolments/{enrolment.pk}/"))

    assert f'class="button" href="/es/award/{enrolment.pk}/"' in page
    assert "/leave/" not in page


def test_detail_of_a_course_that_was_left_offers_to_come_back(
    as_ana, enrolment, activities, at
):
    complete(enrolment, activities["lesson-1"])
    actions.withdraw(enrolment, at=at)
    here = f"/es/learn/enrolments/{enrolment.pk}/"
    assert "/enrol/" in text(as_ana.get(here))

    response = as_ana.post(f"/es/learn/courses/{enrolment.course_id}/enrol/")

    again = Enrolment.objects.open().get()
    assert response["Location"] == "/es/trata/modulo-uno/leccion-2/"
    assert [tick.activity for tick in again.completions.all()] == [
        activities["lesson-1"]
    ]
    assert "/enrol/" not in text(as_ana.get(here))


@pytest.mark.parametrize(
    ("done", "leads_to"),
    [
        ([], "/es/trata/modulo-uno/leccion-1/"),
        (["lesson-1"], "/es/trata/modulo-uno/leccion-2/"),
        (["lesson-2"], "/es/trata/modulo-uno/leccion-1/"),
        (["lesson-1", "lesson-2"], "/es/trata/modulo-uno/practica/"),
        (["lesson-1", "lesson-2", "practice"], "/es/trata/prueba-final/"),
    ],
)
def test_resume_leads_to_what_comes_next(as_ana, enrolment, activities, done, leads_to):
    complete(enrolment, *[activities[name] for name in done])

    response = as_ana.get(f"/es/learn/enrolments/{enrolment.pk}/resume/")

    assert response["Location"] == leads_to


def test_resume_leads_back_into_an_attempt(as_ana, enrolment, activities, at):
    complete(
        enrolment, *[activities[name] for name in ("lesson-1", "lesson-2", "practice")]
    )
    attempt = actions.start_attempt(enrolment, activity=activities["final"], at=at)

    response = as_ana.get(f"/en/learn/enrolments/{enrolment.pk}/resume/")

    assert response["Location"] == f"/en/attempts/{attempt.pk}/"


@pytest.mark.parametrize("ended", ["completed_at", "withdrawn_at"])
def test_resume_what_has_ended_leads_to_its_summary(as_ana, enrolment, at, ended):
    Enrolment.objects.update(**{ended: at})

    response = as_ana.get(f"/es/learn/enrolments/{enrolment.pk}/resume/")

    assert response["Location"] == f"/es/learn/enrolments/{enrolment.pk}/"


def test_leave_asks_first(as_ana, enrolment):
    response = as_ana.get(f"/es/learn/enrolments/{enrolment.pk}/leave/")

    enrolment.refresh_from_db()
    assert response.status_code == 200
    assert f'action="/es/learn/enrolments/{enrolment.pk}/leave/"' in text(response)
    assert enrolment.is_open


def test_leave_keeps_what_was_done(as_ana, enrolment, activities):
    complete(enrolment, activities["lesson-1"])

    response = as_ana.post(f"/es/learn/enrolments/{enrolment.pk}/leave/", follow=True)

    enrolment.refresh_from_db()
    assert response.redirect_chain == [("/es/my-learning/", 302)]
    assert enrolment.withdrawn_at
    assert Completion.objects.count() == 1


@pytest.mark.parametrize(
    ("ended", "sentence"),
    [
        ("completed_at", "You completed this course"),
        ("withdrawn_at", "You had already left"),
    ],
)
def test_leave_what_has_ended_changes_nothing(as_ana, enrolment, at, ended, sentence):
    Enrolment.objects.update(**{ended: at})

    response = as_ana.post(f"/en/learn/enrolments/{enrolment.pk}/leave/")

    enrolment.refresh_from_db()
    assert response.status_code == 409
    assert sentence in text(response)
    assert getattr(enrolment, ended) == at


def test_a_holder_of_a_delta_edition_is_told_that_the_certificate_stands(
    as_ana, ana, course_page, edition, at
):
    EnrolmentFactory(learner=ana, edition=edition, completed_at=at)
    delta = make_edition(
        course_page, kind=Edition.Kind.DELTA, at=at + timedelta(days=1)
    )
    owes = EnrolmentFactory(
        learner=ana, edition=delta, full=False, completed_at=at + timedelta(days=2)
    )

    page = text(as_ana.get(f"/en/learn/enrolments/{owes.pk}/"))

    assert "Your earlier certificate stands." in page
    assert Activity.objects.count() == 4
