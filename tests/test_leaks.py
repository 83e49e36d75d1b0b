"""What others can read by following links: nothing about a person but oneself."""

from datetime import date

import pytest
from django.utils import timezone

from certificates.actions import issue, keep_file
from certificates.sharing import make_link
from courses.editors import ensure_editors
from lms.models import User
from lms.people.choices import Track
from tests import factories
from tests.courses.answering import begin, hand_in
from tests.crawling import crawl, text
from tests.factories import AffiliationFactory, EnrolmentFactory, PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.sweep]
WORDS = {"zqmail", "zqfirst", "zqmiddle", "zqlast", "zqsort", "zqcourt", "zqposition"}


@pytest.fixture
def zenobia(edition, activities):
    """A learner who has left a trace wherever one can be left."""
    person = PersonFactory(
        email="zqmail@zqhost.example",
        legal_name="Zqfirst Zqmiddle Zqlast",
        sort_name="Zqsort",
        track=Track.JUDGE,
        last_login=timezone.now(),
    )
    AffiliationFactory(
        person=person,
        institution=None,
        institution_typed="Zqcourt",
        position="Zqposition",
        from_on=date(2025, 1, 1),
    )
    other = factories.make_edition(factories.make_course_page(code="C2", slug="otro"))
    completed = EnrolmentFactory(
        learner=person, edition=other, completed_at=factories.NOON
    )
    keep_file(issue(completed, at=factories.NOON), pdf=b"%PDF-", at=factories.NOON)
    enrolment = EnrolmentFactory(learner=person, edition=edition)
    hand_in(begin(enrolment, activities["practice"]))
    begin(enrolment, activities["final"])
    return person


@pytest.fixture
def marks(zenobia):
    """Whatever would give Zenobia, or a record of hers, away."""
    award = zenobia.certificates.get()
    records = [award.pk, award.code, award.name_salt, zenobia.uuid]
    records += zenobia.enrolments.values_list("pk", flat=True)
    records += zenobia.enrolments.values_list("attempts", flat=True)
    return WORDS | {str(key).casefold() for key in records if key}


def given_away(answers, marks) -> list[tuple[str, str]]:
    pages = {path: path + text(answer).casefold() for path, answer in answers.items()}
    return [(path, mark) for path in pages for mark in marks if mark in pages[path]]


def as_somebody(client, person):
    client.force_login(person)
    return client


def test_there_is_something_to_give_away(client, zenobia, marks):
    found = crawl(as_somebody(client, zenobia))

    seen = {mark for _path, mark in given_away(found, marks)}
    assert seen >= WORDS
    assert len(seen - WORDS) == 6


@pytest.mark.parametrize("language", ["es", "en"])
def test_no_link_leads_a_stranger_to_a_person(client, marks, language):
    found = crawl(client, f"/{language}/")

    assert len(found) > 20
    assert given_away(found, marks) == []


@pytest.mark.parametrize("language", ["es", "en"])
def test_no_link_leads_a_learner_to_another(client, bruno, edition, marks, language):
    EnrolmentFactory(learner=bruno, edition=edition)

    found = crawl(as_somebody(client, bruno), f"/{language}/")

    assert len(found) > 30
    assert given_away(found, marks) == []


@pytest.mark.parametrize("who", ["editor", "admin"])
def test_no_link_leads_an_editor_to_a_learner(client, admin, bruno, marks, who):
    ensure_editors().user_set.add(bruno)
    person = {"editor": bruno, "admin": admin}[who]

    browser = as_somebody(client, person)
    # The menu is made in the browser; the first page names only what waits.
    found = crawl(browser, "/admin/pages/", most=150, within="/admin/")

    assert len(found) > 40
    assert given_away(found, marks) == []
    assert [path for path in found if found[path].status_code >= 500] == []


def test_what_is_checked_without_the_name_does_not_show_it(client, zenobia, marks):
    award = zenobia.certificates.get()
    marks -= {str(award.code).casefold()}

    pages = crawl(client, f"/v/{award.code}", within="/v/")
    token = make_link(award, by=zenobia, at=timezone.now())
    shown = client.post(f"/v/{award.code}", {"check": "link", "token": token})

    assert given_away(pages, marks) == []
    assert zenobia.legal_name in text(shown)


@pytest.mark.parametrize("who", ["nobody", "zenobia"])
def test_every_answer_carries_a_policy_and_one_to_a_person_is_not_kept(
    client, zenobia, who
):
    person = User.objects.filter(email=zenobia.email).first()
    browser = as_somebody(client, person) if who == "zenobia" else client

    found = crawl(browser) | crawl(browser, "/es/no/such/page/")

    for path, answer in found.items():
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy, path
        assert "unsafe" not in policy, path
        kept = answer.headers.get("Cache-Control", "")
        # What is being filled in is kept by the one browser: `lms.web.back`.
        is_private = "no-store" in kept or {"private", "no-cache"} <= set(
            kept.split(", ")
        )
        assert who == "nobody" or is_private, path
