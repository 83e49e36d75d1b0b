"""The screens of a trainer: whose cohorts they are, who is listed, who is counted."""

import csv
import gzip
from datetime import date, timedelta
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from courses.following.actions import remind
from courses.following.files import COLUMNS
from lms.models import Affiliation, CohortMember, CohortTrainer, Event, Shield
from lms.people.choices import Role
from tests.courses.answering import begin, hand_in
from tests.courses.assigning.conftest import make_assignment
from tests.courses.assigning.screens import words
from tests.courses.following.conftest import began, due, finish, tried
from tests.factories import (
    NOON,
    AffiliationFactory,
    CohortFactory,
    MandateFactory,
    PersonFactory,
)

TEAM = "/es/team/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def enter(client):
    def sign_in(person):
        client.force_login(person)
        return client

    return sign_in


@pytest.fixture
def page(cohort):
    return f"{TEAM}cohorts/{cohort.uuid}/"


def join(cohort, count, **facts):
    people = [
        PersonFactory(legal_name=f"Zq Persona {number:03d}", **facts)
        for number in range(count)
    ]
    for person in people:
        AffiliationFactory(person=person)
        CohortMember.objects.create(
            cohort=cohort, person=person, from_on=cohort.from_on
        )
    return people


def listed(response):
    return [line.person for line in response.context["lines"]]


def looks():
    events = Event.objects.filter(kind=Event.Kind.LOOK).order_by("pk")
    return [set(event.subjects.all()) for event in events]


def test_a_trainer_sees_the_cohorts_they_train(enter, tomas, cohort):
    join(cohort, 6, shielded=True)
    join(CohortFactory(name="Ajena"), 1, shielded=True)

    found = list(enter(tomas).get(TEAM).context["page_obj"])

    assert [(one.cohort, one.people) for one in found] == [(cohort, 1)]


def test_a_trainer_without_a_cohort_reads_whom_to_ask(enter):
    person = PersonFactory()
    MandateFactory(holder=person, role=Role.TRAINER)

    page = enter(person).get("/en/team/").content.decode()

    assert "You train no cohort yet." in page
    assert "Ask the focal point of your country." in page


def test_others_have_no_team(enter, ana, ines, sofia, admin):
    answers = [enter(p).get(TEAM).status_code for p in (ana, ines, sofia, admin)]

    assert answers == [404] * 4


def test_members_are_listed_and_counted_without_shielded_ones(
    enter, tomas, ana, cohort, page
):
    [member] = join(cohort, 1)
    join(cohort, 6, shielded=True)

    answer = enter(tomas).get(page)

    assert listed(answer) == [ana, member]
    assert answer.context["cohort"].people == 2
    assert answer.content.decode().count("Zq Persona 001") == 0
    assert looks() == [{ana, member}]


def test_shielded_members_are_not_told_from_none(enter, tomas, cohort, page):
    def shown():
        answer = enter(tomas).get(page).content.decode()
        return "".join(answer.split('name="csrfmiddlewaretoken" value="')[0].split())

    alone = shown()
    join(cohort, 6, shielded=True)

    assert shown() == alone


def test_who_left_the_cohort_is_not_seen(enter, tomas, ana, page):
    yesterday = timezone.localdate() - timedelta(days=1)
    CohortMember.objects.update(until_on=yesterday)
    browser = enter(tomas)

    assert listed(browser.get(page)) == []
    assert browser.get(f"{page}members/{ana.uuid}/shield/").status_code == 404
    assert looks() == []


def test_a_member_shows_the_post_of_today(enter, tomas, ana, page, judiciary):
    AffiliationFactory(person=ana, until_on="2024-05-01")

    [line] = enter(tomas).get(page).context["lines"]

    assert line.post.institution == judiciary


def test_a_member_without_a_post_is_listed_too(enter, tomas, ana, page):
    Affiliation.objects.all().delete()

    [line] = enter(tomas).get(page).context["lines"]

    assert (line.person, line.post) == (ana, None)


def other_cohort(trainer):
    return CohortFactory(trainers=[trainer], members=[PersonFactory()])


@pytest.mark.parametrize("country", ["GT", "HN"])
def test_the_cohorts_of_others_are_as_unknown(enter, page, ana, country):
    stranger = PersonFactory(country=country)
    MandateFactory(holder=stranger, role=Role.TRAINER, country=country)
    CohortFactory(trainers=[stranger], country=country)
    browser = enter(stranger)

    foreign = browser.get(page)
    unknown = browser.get(f"{TEAM}cohorts/{ana.uuid}/")

    assert (foreign.status_code, unknown.status_code) == (404, 404)
    shield = f"{page}members/{ana.uuid}/shield/"
    assert browser.get(shield).status_code == 404
    assert browser.post(shield, {"reason": "x"}).status_code == 404
    assert not Shield.objects.exists()


def test_a_mandate_of_another_country_opens_no_cohort(enter, tomas, page):
    tomas.mandates.update(country="HN")

    assert enter(tomas).get(page).status_code == 404


def test_a_trainer_who_stopped_sees_it_no_more(enter, tomas, page):
    yesterday = timezone.localdate() - timedelta(days=1)
    CohortTrainer.objects.update(until_on=yesterday)

    assert enter(tomas).get(page).status_code == 404


def test_a_trainer_shields_a_member_with_a_reason(enter, tomas, ana, page):
    browser = enter(tomas)
    url = f"{page}members/{ana.uuid}/shield/"

    assert browser.get(url).status_code == 200
    assert browser.post(url, {"reason": " "}).status_code == 422
    ana.refresh_from_db()
    assert not ana.shielded
    assert looks() == [{ana}, {ana}]

    assert browser.post(url, {"reason": "Amenazas"})["Location"] == page
    ana.refresh_from_db()
    assert ana.shielded
    assert Shield.objects.get().reason == "Amenazas"
    assert listed(browser.get(page)) == []
    assert browser.get(url).status_code == 404


def test_members_of_another_cohort_are_not_shielded_through_this_one(
    enter, tomas, page
):
    member = other_cohort(tomas).members.get()

    answer = enter(tomas).post(
        f"{page}members/{member.uuid}/shield/", {"reason": "Amenazas"}
    )

    assert answer.status_code == 404
    assert not Shield.objects.exists()


def test_pages_hold_fifty_and_each_is_one_look(enter, tomas, ana, cohort, page):
    people = join(cohort, 50)
    browser = enter(tomas)

    browser.get(page)
    browser.get(page, {"page": "2"})

    assert looks() == [{ana, *people[:49]}, {people[49]}]


@pytest.mark.parametrize("what", ["list", "cohort"])
def test_screens_ask_as_often_for_three_as_for_one(
    enter, tomas, cohort, page, what, django_assert_max_num_queries
):
    def asked():
        with django_assert_max_num_queries(60) as queries:
            path = page if what == "cohort" else TEAM
            assert enter(tomas).get(path).status_code == 200
        return len(queries)

    asked()
    few = asked()
    join(cohort, 2)
    other_cohort(tomas)
    other_cohort(tomas)

    assert asked() == few


# Whoever needs help, a member's page, and the file


@pytest.fixture
def noon(time_machine):
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def late(noon, cohort, ana, assignment, edition, activities):
    """Ana, who finished a lesson, failed a test, and is late."""
    due(assignment, days=-2)
    taken = began(ana, edition, done=[activities["lesson-1"]], days_ago=20)
    tried(taken, activities["final"], points=2, days_ago=20)
    return ana


def test_the_list_says_who_needs_help_and_with_what(enter, tomas, late, page):
    answer = enter(tomas).get(page.replace("/es/", "/en/"))

    [line] = answer.context["lines"]
    assert (line.last, line.test) == ("20 days ago", "2/5, attempt 1, not passed")
    [course] = line.courses
    assert course.title == "Curso C1 (en)"
    assert course.why == [
        "Missing: 1.2.",
        "Final test not passed, 2 of 5; 2 of 3 attempts left.",
    ]
    text = answer.content.decode()
    assert "1 of 3" in text
    assert "Remind 1 who needs help" in text


def test_a_second_course_does_not_make_finished_disappear(
    enter, tomas, ana, late, cohort, page, second_edition
):
    finish(ana.enrolments.get())
    make_assignment(cohort, second_edition.course, by=tomas, assigned_at=NOON)

    both = [words(enter(tomas).get(path)) for path in (page, TEAM)]

    told = "Terminaron: Curso C1, 1 de 1; Curso C2, 0 de 1."
    assert told in both[0]
    assert "1 de 2 cursos terminados" in both[0]
    assert "Curso C1: 1 Curso C2: 0" in both[1]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", 1),
        ("?show=help", 1),
        ("?show=soon", 0),
        ("?q=lucia", 1),
        ("?q=bruno", 0),
        ("?sort=name", 1),
    ],
)
def test_the_list_is_narrowed_and_looked_at(enter, tomas, late, page, query, shown):
    answer = enter(tomas).get(page + query)

    assert len(listed(answer)) == shown
    assert looks() == [{late}] * shown


@pytest.mark.parametrize("query", ["?show=x", "?sort=person__email", "?q=" + "a" * 101])
def test_what_makes_no_sense_is_not_there(enter, tomas, page, query):
    assert enter(tomas).get(page + query).status_code == 404


def test_the_column_that_sorts_says_so(enter, tomas, late, page):
    text = enter(tomas).get(f"{page}?sort=activity").content.decode()

    assert text.count('aria-sort="ascending"') == 1


def test_a_list_of_fifty_is_light_enough(enter, tomas, cohort, late, page):
    for person in join(cohort, 60):
        began(person, late.enrolments.get().edition)

    answer = enter(tomas).get(page)

    assert len(listed(answer)) == 50
    assert len(gzip.compress(answer.content)) < 40 * 1024


@pytest.mark.parametrize(
    ("reader", "name"), [("rosa", "a trainer"), ("tomas", "Tomás Caal Pop")]
)
def test_a_shielded_trainer_is_named_only_to_themselves(
    enter, tomas, rosa, late, cohort, page, reader, name
):
    remind(cohort, [late.uuid], by=tomas, at=NOON)
    type(tomas).objects.filter(pk=tomas.pk).update(shielded=True)
    address = f"{page}members/{late.uuid}/activity/".replace("/es/", "/en/")

    answer = enter({"rosa": rosa, "tomas": tomas}[reader]).get(address)

    assert ("Reminded", name) in [
        (one.what, one.about) for one in answer.context["page_obj"]
    ]


def test_a_list_asks_as_often_for_fifty_as_for_five(enter, tomas, cohort, late, page):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            people = len(listed(enter(tomas).get(page)))
        return people, len(queries)

    join(cohort, 4)
    asked()
    few = asked()
    join(cohort, 45)
    many = asked()

    assert (few[0], many[0]) == (5, 50)
    assert few[1] == many[1]


def test_the_page_of_a_member_tells_what_happened(enter, tomas, late, cohort, page):
    remind(cohort, [late.uuid], by=tomas, at=NOON)
    address = f"{page}members/{late.uuid}/activity/".replace("/es/", "/en/")

    answer = enter(tomas).get(address)

    assert [(one.what, one.about) for one in answer.context["page_obj"]] == [
        ("Reminded", "Tomás Caal Pop"),
        ("Enrolled", "Curso C1 (en)"),
        ("Finished", "1.1 Lección 1 (en)"),
        ("Handed in a test", "Final test: 2/5, attempt 1, not passed"),
        ("Began a test", "Final test"),
        ("Came into the cohort", ""),
    ]
    [course] = answer.context["line"].courses
    assert course.why[0] == "Missing: 1.2 Lección 2 (en)."
    assert looks() == [{late}]


def test_the_page_of_a_member_holds_no_answer(
    enter, tomas, late, page, activities, edition
):
    attempt = begin(late.enrolments.get(), activities["practice"])
    hand_in(attempt)

    text = enter(tomas).get(f"{page}members/{late.uuid}/activity/").content.decode()

    assert "KEY" not in text
    assert not [
        option["es"]
        for item in attempt.items.with_version()
        if isinstance(item.version.document["options"], list)
        for option in item.version.document["options"]
        if option["es"] in text
    ]


def test_strangers_and_shielded_people_have_no_page(enter, tomas, late, cohort, page):
    [hidden] = join(cohort, 1, shielded=True)
    browser = enter(tomas)

    for person in (hidden, PersonFactory()):
        answer = browser.get(f"{page}members/{person.uuid}/activity/")
        assert answer.status_code == 404
    assert looks() == []


def download(browser, page, query):
    answer = browser.get(f"{page.replace('/es/', '/en/')}people.csv?{query}")
    return list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))


def test_the_file_holds_the_columns_asked_for_and_no_formula(
    enter, tomas, late, cohort, page
):
    late.legal_name = late.sort_name = '=HYPERLINK("http://x")'
    late.save()
    join(cohort, 1, shielded=True)

    rows = download(enter(tomas), page, "columns=name&columns=done&columns=test")

    assert rows == [
        ["name", "finished activities", "test", "as of"],
        [
            '\'=HYPERLINK("http://x")',
            "1",
            "2/5, attempt 1, not passed",
            "2026-11-02T12:00-06:00",
        ],
    ]
    event = Event.objects.get(kind=Event.Kind.EXPORT)
    assert (event.actor, set(event.subjects.all())) == (tomas, {late})
    assert event.fields == ["name", "finished activities", "test"]
    assert looks() == []


def test_the_file_has_every_column_there_is(enter, tomas, late, page):
    query = "&".join(f"columns={name}" for name in COLUMNS)

    [_head, row] = download(enter(tomas), page, query)

    assert row == [
        "Ana Lucía Ruiz Morales",
        "Judiciary",
        "",
        "1",
        "3",
        "2026-10-13",
        "2/5, attempt 1, not passed",
        "2026-10-31",
        "",
        "late; silent; test failed",
        "2026-11-02T12:00-06:00",
    ]


def test_the_file_is_narrowed_as_the_list_is(enter, tomas, late, cohort, page):
    join(cohort, 2)

    rows = download(enter(tomas), page, "columns=name&q=zq&sort=name")

    assert [row[0] for row in rows[1:]] == ["Zq Persona 000", "Zq Persona 001"]


@pytest.mark.parametrize("query", ["", "columns=password", "columns=name&show=x"])
def test_a_file_of_something_else_is_not_there(enter, tomas, late, page, query):
    assert enter(tomas).get(f"{page}people.csv?{query}").status_code == 404
    assert not Event.objects.filter(kind=Event.Kind.EXPORT).exists()


def test_the_list_of_cohorts_tells_how_each_fares(enter, tomas, late, cohort):
    answer = enter(tomas).get("/en/team/")

    [(figures, stage, _courses)] = answer.context["figures"]
    assert (figures.cohort, figures.late, stage) == (cohort, 1, "1 person late")
    assert (figures.done, figures.under_way, figures.not_begun) == (0, 1, 0)
    page = answer.content.decode()
    assert '<th scope="col" class="number">Not begun</th>' in page
    with override("en"):
        missed = date_format(figures.missed, "SHORT_DATE_FORMAT")
    assert f"missed on {missed}" in page


def test_the_cohort_in_which_somebody_is_late_stands_first(enter, tomas, late, cohort):
    # It ends last, so that it would stand first.
    CohortFactory(name="Sin atrasos", trainers=[tomas], until_on=date(2100, 1, 1))

    answer = enter(tomas).get("/en/team/")

    names = [figures.cohort.name for figures, *_more in answer.context["figures"]]
    assert names == [cohort.name, "Sin atrasos"]
    assert 'href="/en/team/stuck/"' in answer.content.decode()


def test_only_the_heads_of_a_file_take_nobody_away(enter, tomas, late, page):
    answer = enter(tomas).head(f"{page}people.csv?columns=name")

    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert not Event.objects.filter(kind=Event.Kind.EXPORT).exists()


def test_files_take_away_so_many_people_a_day(
    enter, tomas, late, cohort, page, settings
):
    settings.REPORT_PEOPLE_LIMIT = 2
    browser, query = enter(tomas), "columns=name"
    join(cohort, 1)
    for _time in range(2):  # the same two people count once
        assert len(download(browser, page, query)) == 3

    join(cohort, 1)
    refused = browser.get(f"{page}people.csv?{query}")

    assert refused["Location"] == page
    assert "más de 2 personas" in browser.get(page).content.decode()
    assert Event.objects.filter(kind=Event.Kind.EXPORT).count() == 2


def test_what_nobody_can_have_read_is_said_to_the_trainer(
    enter, tomas, late, edition, page
):
    row = edition.activities.get(activity__kind="final")
    attempt = begin(late.enrolments.get(), row.activity)
    hand_in(attempt, at=attempt.started_at + timedelta(seconds=1))
    address = f"{page}members/{late.uuid}/activity/".replace("/es/", "/en/")

    text = words(enter(tomas).get(address))

    assert "Faster than anybody reads" in text
    assert "were answered and handed in within 1 second." in text
