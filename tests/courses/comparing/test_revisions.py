"""Two revisions beside each other: words, and not paragraphs."""

from django.urls import reverse

from courses.models import LessonPage
from tests.courses.cases.small import make_case


def compared(client, page) -> str:
    address = reverse(
        "wagtailadmin_pages:revisions_compare", args=[page.pk, "earliest", "latest"]
    )
    return client.get(address).text


def test_lessons_and_cases_are_compared_by_words(client, admin, course_page):
    client.force_login(admin)
    lesson = LessonPage.objects.get(slug="leccion-1")
    raw = lesson.body.get_prep_value()
    raw[0]["value"]["body"] = "<p>Texto <b>breve</b> de la lección C1-1.</p>"
    for number, is_right in ((1, False), (2, True)):
        raw[1]["value"]["options"][number]["value"]["correct"] = is_right
    raw[2]["value"]["topic"] = "contacts"
    lesson.summary, lesson.body = "Resumen breve", [raw[1], raw[0], raw[2]]
    lesson.save_revision()
    case = make_case(course_page)
    steps = case.body.get_prep_value()
    said = steps[0]["value"]["options"][0]["value"]["text"]
    steps[0]["value"]["options"][0]["value"]["text"] = f"{said} ya"
    case.body = steps
    case.save_revision()

    page, of_case = compared(client, lesson), compared(client, case)

    assert "Resumen <ins>breve</ins>" in page
    assert "Texto <ins>breve</ins> de la lección C1-1." in page
    assert "<ins>Sí</ins>" in page
    assert "<del>Medios y penas</del>" in page
    assert page.count("se reescribió") == 3
    assert "Opción a" not in page
    assert f"{said} <ins>ya</ins>" in of_case


def test_what_only_looks_different_is_said_too(client, admin, course_page):
    client.force_login(admin)
    lesson = LessonPage.objects.get(slug="leccion-1")
    raw = lesson.body.get_prep_value()
    raw[0]["value"]["body"] = "<p>Texto de <b>la</b> lección C1-1.</p>"
    lesson.body = raw
    lesson.save_revision()

    assert "Solo cambian sus enlaces o sus resaltados." in compared(client, lesson)
