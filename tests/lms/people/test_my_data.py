"""What a person reads about themselves: what is kept, and who looked."""

import gzip
import re
from datetime import timedelta

import pytest
from django.db.models import Q

from certificates.actions import issue
from courses import actions
from lms.audit.actions import record_event
from lms.audit.models import Event
from lms.people import scope
from tests import factories
from tests.courses.answering import begin, hand_in
from tests.factories import AffiliationFactory, EnrolmentFactory

MY_DATA = "/en/account/my-data/"


@pytest.fixture
def as_ana(client, ana):
    client.force_login(ana)
    return client


def read(browser, path=MY_DATA, **query):
    """Return the words of the page."""
    page = browser.get(path, query).content.decode()
    page = page[page.index("<main") : page.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def look(person, at, *, actor=None, purpose="certificate", fields=("name",)):
    record_event(
        Event.Kind.LOOK,
        actor=actor,
        purpose=purpose,
        subjects=[person],
        fields=fields,
        at=at,
    )


@pytest.fixture
def learned(ana, enrolment, activities, at):
    """Ana has finished a lesson, tried a test and holds a certificate."""
    actions.complete_activity(
        enrolment, activity=activities["lesson-1"], language="es", revision=1, at=at
    )
    hand_in(begin(enrolment, activities["practice"]))
    other = factories.make_edition(factories.make_course_page(code="C2", slug="otro"))
    issue(EnrolmentFactory(learner=ana, edition=other, completed_at=at), at=at)


def test_my_data_shows_the_real_values(as_ana, ana, learned, at):
    ana.consents.create(version="2026-11", at=at)
    ana.emailaddress_set.create(email="ruiz@example.org")

    words = read(as_ana)

    for said in [
        "Ana Lucía Ruiz Morales",
        "Country: Guatemala",
        "Profession: Judge or magistrate",
        "ana@example.org – confirmed",
        "ruiz@example.org – unconfirmed",
        "Judiciary, Judge or magistrate, since 1 January 2024",
        "Privacy notice, version 2026-11, on 2 November 2026",
        "Curso C1 (en), enrolled on 2 November 2026",
        "Curso C2 (en), enrolled on 2 November 2026, completed on 2 November 2026",
        "1 attempt",
        "5 answers",
        "Curso C2 (en), issued on 2 November 2026 to Ana Lucía Ruiz Morales",
    ]:
        assert said in words


def test_my_data_of_a_newcomer_says_that_there_is_nothing(as_ana):
    words = read(as_ana)

    assert "Courses you take or took Nothing so far." in words
    assert "Certificates Nothing so far." in words
    assert "What you did as an editor" not in words
    assert "Nobody has looked at your data so far." in words


@pytest.fixture(params=["oneself", "everybody"])
def sight(request, monkeypatch):
    """Whom Ana may see: whoever sees others reads only of themselves here too."""
    if request.param == "everybody":
        monkeypatch.setattr(scope, "people_in_sight_of", lambda viewer, **_how: Q())


def test_my_data_holds_nothing_of_anybody_else(
    as_ana, ana, bruno, edition, activities, sight, at
):
    AffiliationFactory(person=bruno, institution=None, institution_typed="Zqcourt")
    bruno.consents.create(version="zq-version", at=at)
    taken = EnrolmentFactory(learner=bruno, edition=edition, completed_at=at)
    issue(taken, at=at)
    open_one = EnrolmentFactory(learner=bruno, edition=edition)
    actions.complete_activity(
        open_one, activity=activities["lesson-1"], language="es", revision=1, at=at
    )
    hand_in(begin(open_one, activities["practice"]))
    look(bruno, at, purpose="zq-purpose")

    words = read(as_ana)

    assert "zq" not in words.casefold()
    assert bruno.legal_name not in words
    assert bruno.email not in words
    assert "0, each with its day" in words
    assert "0 attempts 0 answers" in words
    assert "Courses you take or took Nothing so far." in words
    assert "0 entries about you" in words


def test_my_data_tells_an_editor_what_they_edited(client, admin, course_page, at):
    actions.open_edition(
        course_page, kind=factories.Edition.Kind.NEW_RUN, by=admin, at=at
    )
    client.force_login(admin)

    assert "Editions opened: 1" in read(client)


def test_who_looked_is_told_newest_first_without_a_name(as_ana, ana, bruno, admin, at):
    look(ana, at, actor=admin, purpose="support page", fields=["name", "country"])
    look(ana, at + timedelta(days=1), actor=bruno)
    look(ana, at + timedelta(days=2), actor=None)

    words = read(as_ana)

    told = words[words.index("the newest first") :]
    roles = re.findall(r"Role: ([^.]+)\.", told)
    assert roles == [
        "somebody without an account",
        "somebody with an account",
        "somebody who works for the platform",
    ]
    assert "View : support page" in told
    assert "Shown: name, country." in told
    for person in (bruno, admin):
        assert person.legal_name not in words
        assert person.email not in words


def test_who_looked_has_pages_of_twenty_five(as_ana, ana, at):
    for number in range(26):
        look(ana, at + timedelta(minutes=number), purpose=f"look {number}.")

    first, second = read(as_ana), read(as_ana, page=2)

    assert re.findall(r"look (\d+)\.", first) == [str(n) for n in range(25, 0, -1)]
    assert re.findall(r"look (\d+)\.", second) == ["0"]
    assert "Where you work and worked" in first
    assert "Where you work and worked" not in second


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999999999999", ""])
def test_page_that_does_not_exist_is_the_first_or_the_last(as_ana, ana, at, page):
    look(ana, at)

    assert "Role: somebody without an account." in read(as_ana, page=page)


def test_my_data_is_ones_own(client, db):
    assert client.get(MY_DATA)["Location"] == f"/en/account/login/?next={MY_DATA}"


def test_my_data_asks_as_often_for_much_as_for_little(
    as_ana, ana, bruno, learned, at, django_assert_max_num_queries
):
    def queries():
        with django_assert_max_num_queries(60) as asked:
            as_ana.get(MY_DATA)
        return len(asked)

    look(ana, at, actor=bruno)
    few = queries()
    for number in range(3):
        look(ana, at, actor=bruno)
        ana.consents.create(version=f"v{number}", at=at)
        edition = factories.make_edition(
            factories.make_course_page(code=f"D{number}", slug=f"d{number}")
        )
        issue(EnrolmentFactory(learner=ana, edition=edition, completed_at=at), at=at)
        AffiliationFactory(person=ana, until_on=at.date(), institution__country="HN")

    assert queries() == few


def test_my_data_is_light(as_ana, ana, learned, bruno, settings, at):
    for _number in range(30):
        look(ana, at, actor=bruno)

    html = gzip.compress(as_ana.get(MY_DATA).content)
    css = gzip.compress((settings.BASE_DIR / "static" / "base.css").read_bytes())

    assert len(html) + len(css) <= 20 * 1024
