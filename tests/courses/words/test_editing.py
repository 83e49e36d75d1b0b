"""In the editor: words are named in a draft, refused when published, listed for all."""

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from wagtail.test.utils.form_data import rich_text

from courses.editors import ensure_editors
from courses.models import LessonPage, Wording
from courses.words.everywhere import found_everywhere
from courses.words.found import findings
from tests.courses.editing.posting import form_of
from tests.courses.noting import a_note
from tests.courses.words.wording import make_wording
from tests.factories import PersonFactory, make_course_page, make_question

ENGLISH = {"accept-language": "en"}
PUBLISH = {"action-publish": "action-publish"}
SENTENCE = (
    "Block 1 (Text): Text: it says “trata de blancas”. The homologated term is "
    "“trata (es)”. It confuses."
)
MARK = "A quotation may keep it, in quotation marks."


@pytest.fixture
def elena(client, db):
    """Elena, signed in: she edits courses."""
    elena = PersonFactory(email="elena@example.org", legal_name="Elena Rivas")
    elena.groups.add(ensure_editors())
    client.force_login(elena)
    return elena


@pytest.fixture
def wording(db):
    return make_wording("trata-de-blancas", r"\btrata\s+de\s+blancas\b")


@pytest.fixture
def lesson(course_page):
    return LessonPage.objects.descendant_of(course_page).first()


def saying(lesson, text: str):
    """Let the first text of a lesson say something."""
    raw = list(lesson.body.get_prep_value())
    raw[0]["value"]["body"] = f"<p>{text}</p>"
    lesson.body = raw
    return lesson


def test_a_draft_takes_anything_and_names_it_and_is_not_published(
    client, elena, wording, lesson
):
    address = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    posted = form_of(saying(lesson, "La trata de blancas"))

    saved = client.post(address, posted, headers=ENGLISH)
    shown = client.get(address, headers=ENGLISH)
    published = client.post(address, posted | PUBLISH, headers=ENGLISH)

    assert saved.status_code == 302
    assert SENTENCE in shown.text
    assert published.status_code == 200
    assert f"{SENTENCE} {MARK}" in published.text
    assert "blancas" not in str(LessonPage.objects.get(pk=lesson.pk).body)


def test_a_quotation_is_published_and_advice_keeps_nothing_back(
    client, elena, wording, lesson
):
    make_wording("caso", r"\bun caso\b", severity="advice")
    address = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    text = "Un caso de «trata de blancas»"

    answer = client.post(address, form_of(saying(lesson, text)) | PUBLISH)

    assert answer.status_code == 302
    page = LessonPage.objects.get(pk=lesson.pk)
    assert text in str(page.body)
    assert [one.wording for one in findings(page)] == ["Un caso"]


def test_no_way_of_publishing_goes_round_the_form(wording, lesson):
    revision = saying(lesson, "La trata de blancas").save_revision(clean=False)

    with override("en"), pytest.raises(ValidationError) as refusal:
        revision.publish()

    assert refusal.value.messages == [f"{SENTENCE} {MARK}"]


def test_what_readers_have_already_stands_when_the_list_grows(lesson):
    saying(lesson, "La trata de blancas").save_revision().publish()
    make_wording("trata-de-blancas", r"\btrata\s+de\s+blancas\b")
    page = LessonPage.objects.get(pk=lesson.pk)

    page.locked = True
    page.save()
    page.title = "Otro título"

    with pytest.raises(ValidationError):
        page.save()


@pytest.mark.parametrize("text", ["Una trata de blancas", "Cita: «trata de blancas»"])
def test_a_question_says_it_only_in_a_quotation(client, elena, wording, text):
    question = make_question(uuid4())
    address = reverse("question:edit", args=[question.pk])
    form = client.get(address).context["form"]
    posted = {bound.html_name: bound.value() for bound in form}
    posted = {name: value for name, value in posted.items() if value}

    answer = client.post(address, posted | {"stem_es": text})

    said = question.versions.filter(document__stem__es=text)
    assert said.exists() is ("«" in text)
    if "«" not in text:
        assert list(answer.context["form"].errors) == ["stem_es"]


def test_a_note_is_saved_with_advice_which_is_told(client, elena):
    make_wording("pena", r"\balta pena\b", severity="advice")
    note = a_note("GT", "contacts", es="145")
    address = reverse("countrynote:edit", args=[note.pk])
    posted = {"country": "GT", "topic": "contacts", "checked_on": note.checked_on}
    for language in ("es", "en"):
        posted |= {
            f"title_{language}": "T",
            f"text_{language}": rich_text("<p>Una alta pena</p>"),
            f"sources_{language}": "S",
            f"owner_{language}": "O",
        }

    answer = client.post(address, posted, follow=True, headers=ENGLISH)

    assert "Text: it says “alta pena”." in answer.text


def test_one_list_names_what_every_text_says(client, elena, wording, lesson):
    saying(lesson, "La trata de blancas").save_revision(clean=False)
    make_wording("rara", r"\bq-rara\b", severity="advice")
    question = make_question(uuid4(), code="Q-RARA")

    answer = client.get(reverse("words_report"), headers=ENGLISH)

    found = answer.context["found"]
    assert list(dict.fromkeys(text.address for text, _finding in found)) == [
        reverse("wagtailadmin_pages:edit", args=[lesson.pk]),
        reverse("question:edit", args=[question.pk]),
    ]
    assert all(text.address in answer.text for text, _finding in found)


def test_learners_see_no_list_of_words(client, ana):
    client.force_login(ana)

    for name in ("words_report", "wording:index"):
        assert client.get(reverse(name)).status_code == 302


def test_a_wording_is_kept_by_an_editor_unless_its_pattern_is_hostile(
    client, elena, wording
):
    address = reverse("wording:edit", args=[wording.pk])
    posted = {
        "key": wording.key,
        "language": "es",
        "pattern": r"\btratas?\s+de\s+blancas\b",
        "term": wording.term_id,
        "severity": "advice",
        "reason_es": "Porque sí",
        "reason_en": "Because",
    }

    refused = client.post(address, posted | {"pattern": "(a+)+$"}, headers=ENGLISH)
    kept = client.post(address, posted)

    assert "This pattern could take for ever" in refused.text
    assert kept.status_code == 302
    row = Wording.objects.get()
    assert (row.severity, row.reasons["es"]) == ("advice", "Porque sí")
    assert client.get(reverse("wording:index")).status_code == 200


def test_the_list_asks_as_often_for_two_courses_as_for_one(wording, course_page):
    with CaptureQueriesContext(connection) as one:
        found_everywhere()
    make_course_page(code="C2", slug="otro")

    with CaptureQueriesContext(connection) as two:
        found_everywhere()

    assert len(two) == len(one)
