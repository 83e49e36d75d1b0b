"""The courses as one path: by track, with what is owed, done and next."""

from datetime import timedelta

import pytest

from courses import awards
from courses.models import CoursePage, Edition, EditionActivity
from courses.programme import Taking, programme_for
from tests.factories import NOON, EnrolmentFactory, make_course_page, make_edition

pytestmark = pytest.mark.django_db
HOME, MINE = "/es/", "/es/my-learning/"


@pytest.fixture
def three() -> list[Edition]:
    """Three courses, made in another order than that of their codes."""
    editions = {}
    for number in (10, 2, 1):
        page = make_course_page(code=f"C{number}", slug=f"curso-{number}")
        editions[number] = make_edition(page)
    return [editions[number] for number in (1, 2, 10)]


@pytest.fixture
def certificates(monkeypatch):
    """A floor above that tells of a certificate for every completed enrolment."""
    monkeypatch.setattr(awards, "_registered", [])
    awards.register(
        lambda keys, language: {
            key: {"url": f"/{language}/award/{key}/", "label": "Vigente hasta mayo"}
            for key in keys
        }
    )


def codes(programme) -> list[str]:
    return [step.station.code for step in programme.steps]


def shown(answer) -> list[tuple[str, bool, bool]]:
    return [
        (step.station.code, step.is_done, step.is_next)
        for step in answer.context["programme"].steps
    ]


def test_the_path_follows_the_codes_and_begins_with_the_first(three):
    path = programme_for("judge", language="es", takings={})

    assert codes(path) == ["C1", "C2", "C10"]
    assert [step.is_next for step in path.steps] == [True, False, False]
    assert (path.done, path.track_name != "") == (0, True)


def test_what_a_track_owes_is_the_modules_that_are_required_of_it(three):
    rows = EditionActivity.objects.filter(edition=three[0])
    rows.update(required_for=["judge"])

    judge = programme_for("judge", language="es", takings={}).steps[0]
    opi = programme_for("opi", language="es", takings={}).steps[0]
    unknown = programme_for("", language="es", takings={}).steps[0]

    modules = len({row.module for row in rows if row.module})
    assert (judge.modules, opi.modules, unknown.modules) == (modules, 0, None)
    assert unknown.minutes == max(three[0].minutes.values())


def test_next_is_the_first_that_is_not_done_and_nothing_blocks(three):
    takings = {
        three[0].course_id: Taking(three[0].course_id, completed_at=NOON),
        three[2].course_id: Taking(three[2].course_id, completed_at=NOON),
    }

    path = programme_for("judge", language="es", takings=takings)

    assert [step.is_done for step in path.steps] == [True, False, True]
    assert [step.is_next for step in path.steps] == [False, True, False]
    assert path.done == 2


def test_a_course_without_an_edition_or_a_live_page_is_not_on_the_path(three):
    make_course_page(code="C4", slug="curso-4")
    for page in CoursePage.objects.filter(translation_key=three[1].course_id):
        page.unpublish()

    path = programme_for("judge", language="es", takings={})

    assert codes(path) == ["C1", "C10"]


def test_catalogue_shows_what_is_done_with_its_validity(
    client, ana, three, certificates
):
    done = EnrolmentFactory(learner=ana, edition=three[0], completed_at=NOON)
    EnrolmentFactory(learner=ana, edition=three[1])
    client.force_login(ana)

    answer = client.get(HOME)

    assert shown(answer) == [
        ("C1", True, False),
        ("C2", False, True),
        ("C10", False, False),
    ]
    assert f'<a href="/es/award/{done.pk}/">Vigente hasta mayo</a>' in answer.text
    assert answer.context["programme"].track == ana.track


def test_catalogue_shows_anybody_the_path_of_the_track_they_ask_for(client, three):
    answer = client.get(HOME, {"track": "opi"})

    assert answer.context["programme"].track == "opi"
    assert client.get(HOME).context["programme"].track == ""
    assert 'href="?track=opi#programme"' in answer.text


def test_what_was_completed_stays_done_while_it_is_taken_again(
    client, ana, three, certificates
):
    EnrolmentFactory(learner=ana, edition=three[0], completed_at=NOON)
    EnrolmentFactory(learner=ana, edition=three[0])
    client.force_login(ana)

    for address in (HOME, MINE):
        assert shown(client.get(address))[0] == ("C1", True, False)


def test_of_two_certificates_the_newest_is_shown(client, ana, three, certificates):
    old = EnrolmentFactory(learner=ana, edition=three[0], completed_at=NOON)
    new = EnrolmentFactory(
        learner=ana, edition=three[0], completed_at=NOON + timedelta(days=700)
    )
    EnrolmentFactory(learner=ana, edition=three[0])
    client.force_login(ana)

    for address in (HOME, MINE):
        shown_there = client.get(address).context["programme"].steps[0].taking
        assert str(new.pk) in shown_there.award["url"], old.pk


def test_my_learning_shows_the_path_with_how_far_each_course_is(client, ana, three):
    EnrolmentFactory(learner=ana, edition=three[1])
    client.force_login(ana)

    answer = client.get(MINE)

    assert shown(answer)[0] == ("C1", False, True)
    words = answer.context["programme"].steps[1].taking.words
    assert words in answer.text
    assert answer.context["programme"].steps[2].taking is None


def test_one_course_is_a_path_too(client, ana, edition):
    client.force_login(ana)

    assert shown(client.get(MINE)) == [("C1", False, True)]


def test_without_courses_there_is_no_path(client, ana):
    client.force_login(ana)

    assert "programme-title" not in client.get(MINE).text


def test_strangers_are_told_where_to_begin_and_of_no_progress(client, ana, three):
    path = programme_for("", language="es", takings={})
    button = f"?next=%2Fes%2Flearn%2Fcourses%2F{three[0].course_id}%2Fenrol%2F"

    page = client.get(HOME).text
    client.force_login(ana)
    of_who_took_nothing = client.get(HOME).text
    EnrolmentFactory(learner=ana, edition=three[1])
    of_who_takes_one = client.get(HOME).text

    assert path.first.station.code == "C1"
    assert (
        page.index("Empiece por:") < page.index(button) < page.index('id="programme"')
    )
    for shown in (page, of_who_took_nothing):
        assert "cursos terminados" not in shown
        assert "Siguiente" not in shown
    assert "0 de 3 cursos terminados" in of_who_takes_one
    assert "Siguiente" in of_who_takes_one
    assert "Empiece por:" not in of_who_takes_one


def test_first_course_is_one_that_asks_something_of_the_track(three):
    EditionActivity.objects.filter(edition=three[0]).update(required_for=["judge"])
    rows = EditionActivity.objects.filter(edition=three[1])
    rows.update(required_for=["opi"])

    def first(track):
        return programme_for(track, language="es", takings={}).first.station.code

    assert [first(track) for track in ("judge", "opi", "")] == ["C1", "C2", "C1"]


def test_where_no_course_is_open_the_button_names_none(client):
    make_course_page(code="C4", slug="curso-4")

    page = client.get(HOME).text

    assert programme_for("", language="es", takings={}).first is None
    assert "Empiece por:" not in page
    assert 'class="button" href="/es/account/signup/"' in page
