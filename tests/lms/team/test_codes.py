"""The code on the wall: opened by a trainer, read by a room, closed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lms.crockford import in_fours
from lms.models import Cohort, JoinCode
from lms.people.choices import Role
from lms.team.actions import join_by_code
from tests.factories import MandateFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort(tomas):
    return Cohort.objects.get()


@pytest.fixture
def page(cohort):
    return f"/en/team/cohorts/{cohort.uuid}/code/"


@pytest.fixture
def as_tomas(client, tomas):
    client.force_login(tomas)
    return client


def text_of(answer):
    return " ".join(answer.content.decode().split())


def test_trainer_opens_a_code_for_the_room(as_tomas, page, cohort, tomas, settings):
    settings.SITE_URL = "https://campus.example"

    answer = as_tomas.post(page, {"places": "40", "hours": "2"})

    assert answer["Location"] == page
    code = JoinCode.objects.get()
    assert (code.cohort, code.places, code.taken) == (cohort, 40, 0)
    assert code.until_at - code.opened_at == timedelta(hours=2)
    shown = as_tomas.get(page)
    assert shown.context["code"] == code
    assert f'<p class="wall-code">{in_fours(code.code)}</p>' in text_of(shown)
    assert "https://campus.example/en/join/" in text_of(shown)
    assert "For 40 people" in text_of(shown)
    assert "1 person stands in the list of the cohort now." in text_of(shown)
    assert "<svg" in shown.context["qr"]
    assert "style=" not in shown.context["qr"]


def test_trainer_has_one_code_at_a_time_and_closes_it(as_tomas, page):
    as_tomas.post(page, {"places": "40", "hours": "2"})
    as_tomas.post(page, {"places": "60", "hours": "1"})
    assert as_tomas.get(page).context["code"].places == 60

    for _time in range(2):
        assert as_tomas.post(f"{page}close/")["Location"] == page

    assert "code" not in as_tomas.get(page).context
    assert JoinCode.objects.filter(closed_at=None).count() == 0


def test_code_that_ran_out_is_not_shown(as_tomas, page):
    as_tomas.post(page, {"places": "40", "hours": "1"})
    JoinCode.objects.update(until_at=timezone.now())

    assert "code" not in as_tomas.get(page).context


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"places": "0", "hours": "2"},
        {"places": "601", "hours": "2"},
        {"places": "x", "hours": "2"},
        {"places": "40", "hours": "3"},
        {"places": "40", "hours": ""},
    ],
)
def test_code_has_its_bounds(as_tomas, page, facts):
    answer = as_tomas.post(page, facts)

    assert answer.status_code == 422
    assert "<title>Error: " in text_of(answer)
    assert not JoinCode.objects.exists()


def test_places_of_shielded_people_show_only_in_a_full_code(as_tomas, page):
    as_tomas.post(page, {"places": "2", "hours": "1"})

    def shown():
        return text_of(as_tomas.get(page)).partition("csrfmiddlewaretoken")[0]

    def join(**facts):
        code = JoinCode.objects.get()
        join_by_code(code, by=PersonFactory(**facts), at=timezone.now())

    shown()  # that it is open is said once
    before = shown()
    join(shielded=True)
    with_one = shown()
    for _more in range(2):
        join(shielded=True)

    assert with_one == before == shown()
    assert "1 person stands in the list of the cohort now." in before
    join()
    join()
    assert "All places of this code are taken." in shown()
    assert "3 people stand in the list of the cohort now." in shown()


@pytest.mark.parametrize("hours", ["1", "8"])
def test_the_bounds_themselves_are_inside(as_tomas, page, hours):
    as_tomas.post(page, {"places": "600", "hours": hours})

    assert [code.places for code in JoinCode.objects.open(timezone.now())] == [600]


def test_archived_cohort_gets_no_code(as_tomas, page):
    as_tomas.post(page, {"places": "40", "hours": "2"})
    Cohort.objects.update(archived_at=timezone.now())

    shown = as_tomas.get(page)
    answer = as_tomas.post(page, {"places": "50", "hours": "2"})

    assert (shown.status_code, shown.context["form"]) == (200, None)
    assert answer.status_code == 409
    assert "The cohort is archived" in text_of(answer)
    assert JoinCode.objects.get().places == 40


def test_others_open_no_code(client, page, ana, ines):
    other = PersonFactory()
    MandateFactory(holder=other, role=Role.TRAINER)
    for person in (ana, ines, other):
        client.force_login(person)
        assert client.get(page).status_code == 404
        answer = client.post(page, {"places": "40", "hours": "2"})
        assert answer.status_code == 404
        assert client.post(f"{page}close/").status_code == 404
    assert not JoinCode.objects.exists()
