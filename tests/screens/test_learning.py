"""What a learner meets on the way through a course, and who checks the certificate."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from certificates.pdf import as_html
from certificates.sharing import make_link
from courses import actions
from courses.models import LessonPage
from tests import opened, spoiling
from tests.certificates.conftest import PAPER
from tests.factories import make_course_page, make_edition, make_term
from tests.screens.outline import masked, outline

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves the file of a new rendition to the garbage collector.
    pytest.mark.filterwarnings("ignore:Unclosed file <tempfile:ResourceWarning"),
]
WRITTEN = "Lo que escribe quien edita"
FINDING = [
    "/es/?q=curso",
    "/es/?track=judge",
    "/es/?q=nadie",
    "/es/search/",
    "/es/search/?q=texto",
    "/es/search/?q=lección&country=GT",
    "/es/search/?q=nadie",
    "/es/glossary/",
    "/es/glossary/?q=trata",
    "/es/glossary/?q=nadie",
    "/es/country-notes/GT/",
    "/es/country-notes/HN/",
    "/es/trata/modulo-uno/",
    "/es/trata/modulo-uno/leccion-2/",
    "/es/pause/?back=/es/trata/",
]


@pytest.fixture
def written(course_page, monkeypatch):
    """A course with a case, in which every field and every kind of block is filled."""
    monkeypatch.setattr(spoiling, "ALL", WRITTEN)
    monkeypatch.setattr(spoiling, "BOTH", {"es": WRITTEN, "en": f"{WRITTEN} (en)"})
    monkeypatch.setattr(spoiling, "PAYLOADS", [WRITTEN])
    monkeypatch.setattr(spoiling, "rich", lambda: f"<p>{WRITTEN} y una trata</p>")
    spoiling.spoil(course_page)
    make_term("asilo", words={"es": ["trata"], "en": ["asylum"]})
    return make_edition(course_page)


@pytest.fixture
def studying(ana, client, written):
    """Ana's enrolment, signed in."""
    client.force_login(ana)
    return actions.enrol(ana, course=written.course, at=timezone.now())


def test_way_through_a_course(client, studying, drawn, records):
    records.keep("learning/way", opened.opened(client, studying), drawn)


def test_pages_in_which_something_is_found(
    client, nobody, studying, look, drawn, records
):
    answers = [
        (f"{who} {path}", look(browser, path))
        for path in FINDING
        for who, browser in (("ana", client), ("nobody", nobody))
    ]
    lesson = LessonPage.objects.get(slug="leccion-1")
    spoiling.spoil_files(lesson)
    answers.append(("files", look(client, opened.LESSON)))

    records.keep("learning/found", answers, drawn)


def test_course_that_is_done(client, ana, studying, look, drawn, records):
    """Once more than another course, which nobody has begun."""
    make_edition(make_course_page(code="C2", slug="refugio"))
    rows = studying.edition.activities.select_related("activity")
    for row in rows:
        if row.activity.kind == "lesson":
            actions.complete_activity(
                studying,
                activity=row.activity,
                language="es",
                revision=None,
                at=timezone.now(),
            )
    addresses = [
        *opened.ADDRESSES,
        f"/es/learn/enrolments/{studying.pk}/",
        "/es/refugio/",
    ]
    answers = [(path, look(client, path)) for path in addresses]
    studying.withdrawn_at = timezone.now()
    studying.save()
    answers += [(f"withdrawn {path}", look(client, path)) for path in addresses]

    records.keep("learning/done", answers, drawn)


@pytest.mark.parametrize(
    "state", ["valid", "expired", "revoked", "suspended", "superseded"]
)
def test_certificate_as_it_stands(put, state, client, ana, look, drawn, records):
    award = put(state)
    client.force_login(ana)
    paper = SimpleUploadedFile("x.pdf", PAPER)
    visitor, place = Client(), f"/v/{award.code}"
    token = make_link(award, by=ana, at=timezone.now())
    shown = {"check": "link", "token": token}
    asked = {"check": "name", "name": award.holder_name}
    answers = [
        ("holder", look(client, f"/es/certificates/{award.pk}/")),
        ("my learning", look(client, "/es/my-learning/")),
        ("enrolment", look(client, f"/es/learn/enrolments/{award.enrolment_id}/")),
        ("anybody", look(visitor, place)),
        ("with the holder's link", visitor.post(place, shown)),
        ("link that is over", visitor.post(place, shown | {"token": "x"})),
        ("name matches", visitor.post(place, asked)),
        ("no match", visitor.post(place, {"check": "name", "name": "Eva"})),
        ("no name", visitor.post(place, {"check": "name", "name": ""})),
        ("other file", visitor.post(place, {"check": "file", "file": paper})),
        ("no file", visitor.post(place, {"check": "file"})),
        ("unknown", look(visitor, f"/v/{'0' * 26}")),
        ("nonsense", look(visitor, "/v/?code=x")),
    ]

    records.keep(f"certificates/{state}", answers, drawn)


def test_paper_of_a_certificate(award, drawn, records):
    lines = outline(as_html(award), whole=True)

    records.compare("certificates/paper", masked(lines), drawn)
