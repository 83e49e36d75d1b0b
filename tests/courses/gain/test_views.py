"""The screens and files of what is learned: for whom, in which words."""

import csv
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.editors import ensure_editors
from courses.models import Activity
from tests.courses.gain.conftest import ANCHORS
from tests.factories import AffiliationFactory, PersonFactory

ENGLISH = {"accept-language": "en"}
pytestmark = pytest.mark.django_db
LOW = "question of the final test"
MISSED, KNEW = dict.fromkeys(ANCHORS, 0), dict.fromkeys(ANCHORS, 1)


def words(answer):
    return " ".join(answer.content.decode().split())


def cells(answer):
    return list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))


@pytest.fixture
def learned(tested, judiciary):
    """Twelve people of the judiciary, and ten of elsewhere who learned nothing."""
    for enrolment in tested.many(12, before=MISSED, after=KNEW | {"A9": 0}):
        AffiliationFactory(
            person=enrolment.learner, institution=judiciary, confirmed=True
        )
    tested.many(10, before=MISSED, after=MISSED)
    return tested


@pytest.fixture
def elena(db):
    person = PersonFactory(email="elena@example.org", is_staff=True)
    person.groups.add(Group.objects.get(name="Editors"))
    ensure_editors().user_set.add(person)
    return person


def test_ministry_reads_what_its_people_learned(client, ines, learned):
    client.force_login(ines)

    page = words(client.get("/en/reports/gain/"))

    assert "<h2>Trafficking</h2>" in page
    row = (
        '<th scope="row">1. Module B</th><td class="number">10–19</td>'
        '<td class="number">0 %</td><td class="number">100 %</td>'
        '<td class="number">+100</td><td class="number">+66 to +100</td>'
    )
    assert row in page
    assert "1 of 4 questions, in the first final test of each person" in page
    assert '<th scope="row">A9</th> <td>2. Module A</td> <td>2.1 Lesson A</td>' in page
    assert '<circle cx="388"' in page
    assert "SECRET" not in page


def test_ministry_takes_the_same_figures_away(client, ines, learned):
    client.force_login(ines)

    answer = client.get("/en/reports/gain.csv?course=C7&track=judge")
    heading, *lines = cells(answer)

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"].startswith('attachment; filename="gain-C7-2')
    assert heading[:2] == ["what", "title"]
    assert [line[:9] for line in lines] == [
        ["objective", "1. Module B", "", "", "10–19", "0", "100", "100", "66"],
        ["objective", "2. Module A", "", "", "10–19", "0", "100", "100", "66"],
        ["all objectives", "", "", "", "10–19", "0", "100", "100", "66"],
        [LOW, "2. Module A", "A9", "2.1 Lesson A", "10–19", "", "0", "", "0"],
    ]
    assert {(line[10], line[11]) for line in lines} == {
        ("Trafficking", "Judge or magistrate")
    }


def test_one_row_and_three_cost_the_same(client, ines, tested, judiciary):
    client.force_login(ines)
    counts = []
    for number in (10, 20):
        for one in tested.many(number, before=MISSED, after=KNEW):
            AffiliationFactory(
                person=one.learner, institution=judiciary, confirmed=True
            )
        with CaptureQueriesContext(connection) as queries:
            client.get("/en/reports/gain/")
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_secretariat_reads_of_everybody_together(client, sofia, learned):
    client.force_login(sofia)

    page = words(client.get("/en/region/gain/"))
    _heading, *lines = cells(client.get("/en/region/gain.csv"))

    assert "People of all countries together." in page
    assert '<td class="number">20–29</td>' in page
    assert 'class="number">22</td>' not in page
    assert "How many people there are is told in bands of 10." in page
    assert lines[0][4:8] == ["20–29", "0", "55", "55"]


def test_editors_read_of_everybody_and_come_to_the_question(client, elena, learned):
    client.force_login(elena)

    page = words(client.get("/admin/reports/gain/", headers=ENGLISH))
    answer = client.get("/admin/reports/gain.csv", headers=ENGLISH)

    key = learned.questions["A9"].pk
    assert f'<a href="/admin/question/inspect/{key}/">A9</a>' in page
    assert "People of all countries together." in page
    assert cells(answer)[1][4] == "20–29"
    assert '"/admin/reports/gain/"' in words(client.get("/admin/"))


def test_staff_who_may_not_read_questions_are_sent_away(client, tested):
    person = PersonFactory(is_staff=True)
    person.groups.add(Group.objects.get(name="Editors"))
    client.force_login(person)

    assert client.get("/admin/reports/gain/").status_code == 302
    assert client.get("/admin/reports/gain.csv").status_code == 302


@pytest.mark.parametrize(
    ("address", "who"),
    [
        ("/en/reports/gain/", "sofia"),
        ("/en/reports/gain.csv", "tomas"),
        ("/en/region/gain/", "ines"),
        ("/en/region/gain.csv", "admin"),
    ],
)
def test_screens_of_others_are_not_there(client, request, tested, address, who):
    client.force_login(request.getfixturevalue(who))

    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("course=C0", "This course is not in the list. Choose another."),
        ("track=clown", "This profession is not in the list. Choose another."),
    ],
)
def test_a_stale_address_is_answered_in_words(client, ines, learned, query, sentence):
    client.force_login(ines)

    answer = client.get(f"/en/reports/gain/?{query}")

    assert (answer.status_code, sentence in words(answer)) == (200, True)
    assert "<table" not in words(answer)
    assert client.get(f"/en/reports/gain.csv?{query}").status_code == 404


def test_few_people_are_too_few(client, ines, tested, judiciary):
    for one in tested.many(9, before=MISSED, after=KNEW):
        AffiliationFactory(person=one.learner, institution=judiciary, confirmed=True)
    client.force_login(ines)

    page = words(client.get("/en/reports/gain/"))

    assert page.count('<td colspan="5">Too few people</td>') == 2
    assert "No question was asked of 10 people yet." in page
    assert "<svg width" not in page


def test_nobody_is_said_in_words(client, ines, tested):
    client.force_login(ines)

    page = words(client.get("/en/reports/gain/"))

    assert "Nobody of these people was asked the same questions" in page
    assert "No question was asked of 10 people yet." in page


def test_questions_that_all_know_are_said_in_words(client, ines, tested, judiciary):
    for one in tested.many(10, before=MISSED, after=KNEW):
        AffiliationFactory(person=one.learner, institution=judiciary, confirmed=True)
    client.force_login(ines)

    page = words(client.get("/en/reports/gain/"))

    assert "at least 60 percent knew each of the 3 questions" in page


def test_without_a_pretest_there_is_nothing_to_choose(client, ines, tested):
    Activity.objects.filter(pk=tested.pretest.pk).update(kind=Activity.Kind.CASE)
    client.force_login(ines)

    answer = client.get("/en/reports/gain/")

    assert "No course has a pre-test yet." in words(answer)
    assert client.get("/en/reports/gain.csv").status_code == 404


def test_links_lead_there(client, ines, sofia, tested):
    client.force_login(ines)
    assert 'href="/en/reports/gain/"' in words(client.get("/en/reports/"))

    client.force_login(sofia)
    assert 'href="/en/region/gain/"' in words(client.get("/en/region/"))
