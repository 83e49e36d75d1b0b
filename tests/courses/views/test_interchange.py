"""Editors bring questions of another platform and take theirs along."""

import re
from html import escape
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, PageLogEntry

from courses.editors import ensure_editors
from courses.models import LessonPage, ModulePage, Question
from courses.questions.interchange.documents import brought_of
from courses.questions.interchange.qti_writing import as_package
from courses.questions.interchange.reading import read
from courses.views.interchange import TAKEN
from tests.factories import KINDS, PersonFactory, document
from tests.lms.team.roster.building import row, sheet, workbook
from tests.payloads import PAYLOADS, alive

SAMPLES = Path(__file__).parents[1] / "questions/interchange/samples"
BRING, ACCEPT = "/admin/questions/bring/", "/admin/questions/bring/accept/"
TAKE = "/admin/questions/take/"
BOMB = b'<?xml version="1.0"?><!DOCTYPE q [<!ENTITY a "aa">]><quiz>&a;</quiz>'


@pytest.fixture
def elena(client, course_page):
    """Elena, signed in: she edits courses."""
    elena = PersonFactory(email="elena@example.org", legal_name="Elena Rivas")
    elena.groups.add(ensure_editors())
    client.force_login(elena)
    return elena


@pytest.fixture
def module(course_page):
    return ModulePage.objects.child_of(course_page).first()


@pytest.fixture
def give(client, elena, module):
    def post(content: bytes, name: str = "preguntas.gift"):
        facts = {"module": module.translation_key, "use": "final", "language": "es"}
        return client.post(BRING, facts | {"file": SimpleUploadedFile(name, content)})

    return post


def running(answer) -> list[str]:
    """Return what of a page runs, besides the words of Wagtail's own programs."""
    return [one for one in alive(answer.text) if "/admin/jsi18n/" not in one]


def carried(answer) -> str:
    return BeautifulSoup(answer.text, "html.parser").find(attrs={"name": "carried"})[
        "value"
    ]


def test_questions_are_judged_then_brought_once_and_nobody_is_asked_them(
    client, give, module
):
    before = set(Question.objects.values_list("pk", flat=True))

    answer = give((SAMPLES / "todo.xml").read_bytes())

    assert answer.status_code == 200
    assert set(Question.objects.values_list("pk", flat=True)) == before
    assert "la pista «Son cinco.»" in answer.text

    page = {"carried": carried(answer)}
    first, again = client.post(ACCEPT, page), client.post(ACCEPT, page)

    assert (first.status_code, again.status_code) == (302, 409)
    drafts = Question.objects.exclude(pk__in=before)
    assert [(one.module, one.use) for one in drafts] == [
        (module.translation_key, "final")
    ] * 6
    assert not drafts.live()
    assert ModelLogEntry.objects.filter(action="wagtail.create").count() == 6


def test_what_was_read_is_accepted_by_whom_it_was_shown_and_unchanged(client, give):
    before = Question.objects.count()
    page = carried(give((SAMPLES / "todo.xml").read_bytes()))
    other = PersonFactory()
    other.groups.add(ensure_editors())

    changed = client.post(ACCEPT, {"carried": page[:-1] + "x"})
    client.force_login(other)
    others = client.post(ACCEPT, {"carried": page})

    assert [changed.status_code, others.status_code] == [422, 422]
    assert Question.objects.count() == before


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "El archivo está vacío."),
        (BOMB, "Línea 1: El archivo declara entidades propias"),
        (b"a" * 10_000_000, "El archivo pesa más de 2 MB."),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "Esto no es un texto."),
        (b"a{=b ~c", "Línea 1: Una llave { no se cierra"),
    ],
)
def test_what_harms_is_refused_in_a_sentence(give, content, said):
    before = Question.objects.count()

    answer = give(content, "preguntas.xml")

    assert answer.status_code == 422
    assert said in BeautifulSoup(answer.text, "html.parser").get_text(" ")
    assert Question.objects.count() == before


def test_nothing_of_a_file_runs(client, give):
    signs = re.compile(r"([~=#{}:\\])")
    texts = [signs.sub(r"\\\1", one.replace("\n", " ")) for one in PAYLOADS]
    texts = [one.replace("\x01", "") for one in texts]
    questions = [
        f"$CATEGORY: {one}\n// [tag:{one}]\n::{one}::[plain]{one}"
        f"{{=[plain]{one} 1#{one} ~[plain]{one} 2 ####{one}}}"
        for one in texts
    ]

    answer = give("\n\n".join(questions).encode())

    assert answer.status_code == 200
    assert running(answer) == []
    client.post(ACCEPT, {"carried": carried(answer)})
    draft = Question.objects.filter(retired_at__isnull=False).first()
    for address in (
        reverse("question:inspect", args=[draft.pk]),
        reverse("question:index"),
    ):
        assert running(client.get(address)) == []


def of_a_sheet() -> bytes:
    """Return a workbook that has every payload in every cell, headings too."""
    names = ["Código", "Categoría", "Tipo", "Pregunta", "Correctas", "Explicación"]
    names += ["Fuente", "Respuesta A", "Respuesta B", "Pareja A", "Pareja B"]
    texts = [escape(one.replace("\x01", "")) for one in PAYLOADS]
    kinds = ["single", "multiple", "matching", "ordering", "short", *texts]
    rows = [
        row(one, one, kind, f"{one} {at}", right, *[one] * 6)
        for at, one in enumerate(texts)
        for kind, right in [(kinds[at], "A"), ("single", "A"), ("matching", one)]
    ]
    return workbook(sheet(row(*names, *texts), *rows))


def of_a_package() -> bytes:
    """Return items that have every payload in every text, as paths and titles too."""
    texts = [one.replace("\x01", "") for one in PAYLOADS]
    questions = []
    for at, one in enumerate(texts):
        kind = KINDS[at % len(KINDS)]
        made = document(kind, mark=one)
        made["feedback"] = {"es": one, "en": one}
        questions.append(brought_of(made, name=one))
    return as_package(questions)


@pytest.mark.parametrize("content", [of_a_sheet(), of_a_package()], ids=["a", "b"])
def test_nothing_of_a_sheet_or_a_package_runs(client, give, content):
    answer = give(content)

    assert answer.status_code == 200
    assert running(answer) == []
    assert "hit()" in answer.text
    client.post(ACCEPT, {"carried": carried(answer)})
    drafts = Question.objects.filter(retired_at__isnull=False)
    assert drafts.count() >= len(PAYLOADS) // 2
    for draft in drafts[:5]:
        assert running(client.get(reverse("question:inspect", args=[draft.pk]))) == []


def test_a_draft_is_asked_once_it_is_complete(client, give, module):
    lesson = LessonPage.objects.child_of(module).first().translation_key
    answer = give("¿Hay delito?{T####Sí: el art. 3.}".encode())
    client.post(ACCEPT, {"carried": carried(answer)})
    draft = Question.objects.get(retired_at__isnull=False)
    address = reverse("question:edit", args=[draft.pk])
    facts = {"asked": "on", "use": "final", "correct": "t", "lesson": lesson}
    facts |= {f"option_{k}_{c}": k + c for k in "tf" for c in ("es", "en")}
    facts |= {f"stem_{c}": "¿Hay delito?" for c in ("es", "en")}
    facts |= {f"feedback_{c}": "Sí." for c in ("es", "en")}

    client.post(address, facts | {"source_es": "Protocolo, art. 3", "source_en": ""})
    draft.refresh_from_db()
    assert draft.retired_at

    client.post(address, facts | {"source_es": "Protocolo, art. 3", "source_en": "3"})
    draft.refresh_from_db()
    assert (draft.retired_at, draft.lesson) == (None, lesson)
    assert 'name="asked"' not in client.get(address).text


@pytest.mark.parametrize("form", ["xml", "gift", "csv"])
def test_questions_are_taken_along_and_the_history_says_so(
    client, elena, course_page, form
):
    Question.objects.filter(code="C1-F-single").update(retired_at=timezone.now())
    asked = client.get(TAKE)
    assert "<form" in asked.text

    facts = {"course": course_page.code, "format": form}
    answer = client.post(TAKE, facts | {"without": f"{course_page.code} {form}"})

    names = [one.name for one in read(answer.content).questions]
    assert "C1-F-multiple" in names
    assert "C1-F-single" not in names
    assert ("C1-F-ordering" in names) is (form != "gift")
    (entry,) = PageLogEntry.objects.filter(action=TAKEN)
    assert (entry.user, entry.page_id) == (elena, course_page.pk)


def test_what_a_format_cannot_hold_is_named_before_the_file_is_given(
    client, elena, course_page
):
    facts = {"course": course_page.code, "format": "gift"}

    said = client.post(TAKE, facts | {"without": f"{course_page.code} xml"})

    assert said.headers["Content-Type"].startswith("text/html")
    assert "C1-F-ordering, C1-P-ordering" in said.text
    assert not PageLogEntry.objects.filter(action=TAKEN)
    soup = BeautifulSoup(said.text, "html.parser")
    without = soup.find(attrs={"name": "without"})["value"]
    given = client.post(TAKE, facts | {"without": without})
    assert "attachment" in given.headers["Content-Disposition"]


@pytest.mark.parametrize("address", [BRING, ACCEPT, TAKE])
def test_whoever_may_not_change_questions_is_sent_away(client, elena, address):
    group = ensure_editors()
    group.permissions.remove(group.permissions.get(codename="change_question"))

    answer = client.post(address, {"course": "C1", "format": "xml"})

    assert answer.status_code == 302
    assert not PageLogEntry.objects.filter(action=TAKEN)


def test_the_template_is_downloaded_where_a_file_is_given(client, elena):
    (link,) = BeautifulSoup(client.get(BRING).text, "html.parser").select(
        'a[href$="/template/"]'
    )

    answer = client.get(link["href"])

    assert answer.headers["Content-Type"].endswith(".sheet")
    assert answer.content.startswith(b"PK")


def test_the_list_leads_to_both_and_both_lead_back(client, elena):
    index = reverse("question:index")

    listed = client.get(index).text

    for address in (BRING, TAKE):
        assert f'href="{address}"' in listed
        assert f'href="{index}"' in client.get(address).text
