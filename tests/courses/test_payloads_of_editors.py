"""Nothing that an editor types runs in another editor's browser either."""

import json

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from courses.bin.actions import put_away
from courses.correcting.actions import propose_key
from courses.models import LessonPage, QuestionVersion, Wording
from courses.viewsets.wordings import WordingViewSet
from tests.courses.cases.small import make_case
from tests.courses.words.wording import make_wording
from tests.factories import PersonFactory, lesson_body, make_edition
from tests.payloads import ALL, PAYLOADS, SHORT
from tests.payloads import alive as alive_in
from tests.spoiling import spoiled_case

MANY = {"es": " ".join(PAYLOADS), "en": " ".join(PAYLOADS)}


@pytest.fixture
def editor(client, admin):
    client.force_login(admin)
    return client


def alive(html: str) -> list[str]:
    """Return what would run, but for Wagtail's own scripts, data and preview."""
    soup = BeautifulSoup(html, "html.parser")
    for data in soup.find_all("script", type="application/json"):
        json.loads(data.get_text())
        data.decompose()
    for frame in soup.select("iframe.w-preview__iframe"):
        frame.decompose()
    return [one for one in alive_in(str(soup)) if "/admin/jsi18n/" not in one]


def shown(answer, text: str = "hit()") -> str:
    """Return what is read, once it is sure that it is only read."""
    assert answer.status_code in {200, 400, 409, 422}
    assert alive(answer.text) == []
    said = BeautifulSoup(answer.text, "html.parser").get_text(" ")
    assert text in said
    return said


@pytest.fixture
def wording(course_page):
    """A wording whose reasons and exceptions are scripts, found in a lesson."""
    row = make_wording("rara", r"\brar[ao]s?\b", reasons=MANY, exceptions=MANY)
    row.term.names = row.term.avoid = row.term.whys = MANY
    row.term.save()
    lesson = LessonPage.objects.get(slug="leccion-1")
    lesson.body = lesson_body("rara")
    lesson.save_revision(clean=False)
    return row


def test_every_text_of_a_wording_is_spoiled(wording):
    """A field that is added later makes this red until it is spoiled as well."""
    handler = WordingViewSet.edit_handler.bind_to_model(Wording)
    form = handler.get_form_class()(instance=wording)

    spoiled = {name for name, value in form.initial.items() if "hit()" in str(value)}

    texts = {name for name in form.fields if name.startswith(("reason", "exception"))}
    assert spoiled == texts
    # The rest takes no script at all: words, a pattern that is asked, a slug.
    others = {"key", "language", "plain", "sentence", "term", "severity"}
    assert set(form.fields) - texts == others | {"discussed", "pattern"}


def test_reasons_of_wordings_are_only_shown(editor, wording):
    lesson = LessonPage.objects.get(slug="leccion-1")

    for address in (
        reverse("words_report"),
        reverse("wagtailadmin_pages:edit", args=[lesson.pk]),
        reverse("page_checks", args=[lesson.pk]),
    ):
        said = shown(editor.get(address))
        assert all(one.split()[0] in said for one in PAYLOADS)
    for address in (
        reverse("wording:index"),
        reverse("wording:edit", args=[wording.pk]),
    ):
        shown(editor.get(address))


def test_what_a_wording_refuses_or_tries_is_only_shown(editor, wording):
    address = reverse("wording:edit", args=[wording.pk])
    posted = {"language": "es", "term": wording.term_id, "try": "on"}

    for payload in PAYLOADS:
        typed = dict.fromkeys(("key", "plain", "sentence", "pattern"), payload)
        answer = editor.post(address, posted | typed | {"reason_es": payload})
        assert (answer.status_code, alive(answer.text)) == (200, []), payload


def test_what_is_in_the_bin_is_only_shown(editor, admin, course_page):
    lesson = LessonPage.objects.get(slug="leccion-1")
    title = ALL[:SHORT]
    LessonPage.objects.filter(pk=lesson.pk).update(title=title, draft_title=title)
    lesson.refresh_from_db()
    put_away([lesson], by=admin, at=timezone.now())

    shown(editor.get("/admin/"), title)
    shown(editor.get(reverse("page_in_the_bin", args=[lesson.pk])), title)
    shown(editor.post(reverse("page_in_the_bin", args=[lesson.pk]), follow=True), title)


def test_why_a_key_is_wrong_is_only_shown(editor, course_page):
    make_edition(course_page)
    version = QuestionVersion.objects.get(question__code="C1-F-single")
    reason = " ".join(PAYLOADS)[:1000]
    ask = reverse("propose_key", args=[version.pk])

    shown(editor.post(ask, {"reason": reason}))
    row = propose_key(
        version, correct=["c"], reason=reason, by=PersonFactory(), at=timezone.now()
    )
    shown(editor.get(reverse("key_correction", args=[row.pk])))


def test_names_of_a_course_from_the_model_are_only_shown(editor, course_page):
    address = reverse("model_course")

    for number, payload in enumerate(PAYLOADS):
        wrong = {"title": payload, "code": "C1"}
        if number % 2:
            wrong = {"title": "", "code": payload[:20]}
        refused = editor.post(address, wrong)
        assert (refused.status_code, alive(refused.text)) == (400, []), payload
    begun = editor.post(address, {"title": ALL[:SHORT], "code": "M-1"}, follow=True)
    shown(begun, ALL[:SHORT])


def test_steps_of_a_case_are_only_shown_to_who_draws_them(editor, course_page):
    case = make_case(course_page)
    case.title = ALL[:SHORT]
    case.body = spoiled_case(case.body.get_prep_value())
    case.save_revision(clean=False)

    for name in ("page_checks", "wagtailadmin_pages:edit"):
        shown(editor.get(reverse(name, args=[case.pk])))
