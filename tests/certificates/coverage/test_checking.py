"""What is found in a roster: posts that can be loaded, and what is wrong."""

from dataclasses import replace

import pytest
from django.utils import translation

from certificates.coverage.checking import Row, check, code_of
from certificates.coverage.columns import POSTS, TEMPLATE
from certificates.coverage.words import ERRORS, sentence, warning, wrong
from lms.models import Affiliation
from lms.team.roster.findings import Unreadable, found
from lms.team.roster.reading import read, read_pasted
from tests.certificates.coverage.building import ON, ROW, of, roster
from tests.factories import (
    AffiliationFactory,
    InstitutionFactory,
    PersonFactory,
)
from tests.lms.team.roster.building import archive, row, sheet, upload, workbook

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


GOOD = Row(
    number=2,
    institution="gt-organismo-judicial",
    code="TA",
    name="Turno A",
    place="border",
    course="C1",
    track="judge",
    cadence=12,
    basis="Decreto 9-2009",
)


def checked(by, *rows):
    return check(read_pasted(roster(*rows), POSTS), by=by, on=ON)


def unreadable(*uploads):
    with pytest.raises(Unreadable) as error:
        read(uploads, POSTS)
    return error.value.finding["is"]


def test_a_good_row_is_a_post(ines, course):
    report = checked(ines, ROW)

    assert (report.rows, report.errors, report.warnings) == ([GOOD], [], [])


def test_most_cells_may_be_empty_and_institutions_are_known_by_name(ines, course):
    report = checked(ines, "Turno A;;JUDICIARY;;c1;;;;")

    assert report.rows == [
        replace(GOOD, code="turno a", place="other", track="", cadence=None, basis="")
    ]


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_template_is_a_roster(language):
    assert "" not in POSTS.fields_of(TEMPLATE[language])
    assert len(set(POSTS.fields_of(TEMPLATE[language]))) == len(TEMPLATE[language])


def test_a_workbook_is_read_like_a_text(ines, course):
    cells = sheet(row("post", "institution", "course"), row("A", "Judiciary", "C1"))

    report = check(read([upload(workbook(cells))], POSTS), by=ines, on=ON)

    assert [(one.name, one.number) for one in report.rows] == [("A", 2)]


def test_a_list_of_people_is_no_roster():
    people = upload("correo;nombre\nana@example.org;Ana\n")
    package = upload("sourcedId,role,givenName\n1,student,Ana\n", "users.csv")

    assert unreadable(people) == "no-post-column"
    assert unreadable(package) == "no-post-column"
    assert unreadable(package, upload("a,b\n", "orgs.csv")) == "many-files"
    assert unreadable(upload(archive({"users.csv": "a,b"}), "x.zip")) == "is-archive"


@pytest.mark.parametrize(
    ("bad", "what", "said"),
    [
        (";;gt-organismo-judicial;;C1;;;;x", "post-missing", "There is no post."),
        ("A;;;;C1;;;;", "institution-missing", "There is no institution."),
        ("A;;Nada;;C1;;;;", "institution-unlisted", "“Nada” is not in the list"),
        (
            "A;;hn-x;;C1;;;;",
            "institution-outside",
            "“hn-x” is outside of your mandate.",
        ),
        ("A;;Fiscalía;;C1;;;;", "institution-outside", "“Fiscalía” is outside of"),
        ("A;;Judiciary;luna;C1;;;;", "place-unlisted", "kind of place “luna”"),
        ("A;;Judiciary;;;;;;", "course-missing", "There is no required course."),
        ("A;;Judiciary;;C9;;;;", "course-unlisted", "course with the code “C9”"),
        ("A;;Judiciary;;C1;poeta;;;", "track-unlisted", "the profession “poeta”"),
        ("A;;Judiciary;;C1;;pronto;;", "cadence-wrong", "“pronto” is no number of"),
        ("A;;Judiciary;;C1;;121;;", "cadence-wrong", "“121” is no number of months."),
        (
            f"{'A' * 201};;Judiciary;;C1;;;;",
            "fact-long",
            "Duty post: more than 200 letters",
        ),
        (f"A;;Judiciary;;C1;;;{'b' * 501};", "fact-long", "Legal basis: more than 500"),
        ("A;;Judiciary;;C1;;;;;more", "more-cells", "The row has more cells than"),
    ],
)
def test_what_is_wrong_is_said_by_row(ines, course, bad, what, said):
    InstitutionFactory(code="hn-x", country="HN", name_es="Fiscalía")

    report = checked(ines, ROW, bad)

    assert report.rows == [GOOD]
    assert [(one["is"], one["row"]) for one in report.errors] == [(what, 3)]
    assert said in wrong(report.errors[0]).what


def test_every_error_says_what_to_do():
    facts = {"row": 2, "post": "A", "institution": "B", "typed": "x", "codes": "C1"}
    facts |= {"first": 1, "most": 9, "what": "code"}

    assert all(wrong(found(word, **facts)).todo for word in ERRORS)


def test_a_post_stands_in_a_roster_once(ines, course):
    report = checked(ines, ROW, ROW.replace("Turno A", "Turno Á"))

    assert len(report.rows) == 1
    assert wrong(report.errors[0]).what == "Row 2 has this post already."


def test_people_are_found_among_those_confirmed_in_the_institution(
    ines, course, judiciary
):
    one, two = of(judiciary, email="uno@example.org"), of(judiciary)

    report = checked(ines, f'{ROW}"UNO@example.org; {two.email};{two.email}"')

    assert report.rows[0].people == [one.pk, two.pk]
    assert report.warnings == []


def test_nobody_else_is_found_and_the_words_are_the_same(ines, course, judiciary):
    """Whether there is an account behind an e-mail cannot be read from the answer."""
    court = InstitutionFactory()
    unconfirmed = AffiliationFactory(institution=judiciary).person
    others = [
        "nadie@example.org",
        of(judiciary, shielded=True).email,
        of(court).email,
        unconfirmed.email,
        PersonFactory().email,
    ]

    warnings = [checked(ines, ROW + other).warnings for other in others]

    assert {warning(one) for told in warnings for one in told} == {
        "Row 2, Turno A: among those confirmed in the institution, nobody has "
        "e-mail no. 1. The post is loaded without them."
    }
    assert all(len(told) == 1 for told in warnings)


def test_who_left_is_not_found(ines, course, judiciary):
    person = of(judiciary)
    Affiliation.objects.filter(person=person).update(until_on="2026-10-31")

    report = checked(ines, ROW + person.email)

    assert (report.rows[0].people, len(report.warnings)) == ([], 1)


def test_no_address_is_kept(ines, course, judiciary):
    report = checked(
        ines, f'{ROW}"{of(judiciary).email};x@example.org"', "A;;;;;;;;y@z.org"
    )

    assert "@" not in str(report.as_json())


@pytest.mark.parametrize(
    ("name", "code"),
    [("Turno  Á, 2", "turno a 2"), ("★", "★"), ("x" * 80, "x" * 60)],
)
def test_a_post_without_a_code_has_its_name_for_one(name, code):
    assert code_of(name) == code


@pytest.mark.parametrize("word", ["no-post-column", "too-big"])
def test_what_cannot_be_read_is_said_in_a_sentence(word):
    assert sentence(found(word, columns="a, b", megabytes=5)).endswith(".")
