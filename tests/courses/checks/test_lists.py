"""The list of checks says what publishing asks, and where each thing is mended."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils.translation import override

from courses.actions import save_question
from courses.checks.advice import advice
from courses.checks.refusals import keeps_back
from courses.models import LessonPage, ModulePage, QuestionVersion, QuizPage
from tests.factories import document, lesson_body

ENGLISH = {"accept-language": "en"}
NO_KEY = "Block 2 (Check what you learned): Mark exactly one answer as right."
NO_PICTURE = "Block 4 (Picture): Picture: This field is required."


@pytest.fixture
def editor(client, admin):
    client.force_login(admin)
    return client


@pytest.fixture
def lesson(course_page):
    """A lesson whose draft has a fault of every kind."""
    lesson = LessonPage.objects.descendant_of(course_page).first()
    body = lesson_body("nueva")
    body[0]["value"]["body"] = '<p><a linktype="page" id="999999">Vea</a></p>'
    body[0]["value"]["source"] = "Un libro perdido"
    for option in body[1]["value"]["options"]:
        option["value"]["correct"] = False
    body[1]["value"]["source"] = ""
    picture = {"image": None, "alt": "", "decorative": False, "source": "Un libro"}
    film = {
        "file": None,
        "kind": "video",
        "title": "Película",
        "transcript": "a " * 2800,
    }
    body += [
        {"type": "image", "id": str(uuid4()), "value": picture},
        {"type": "media", "id": str(uuid4()), "value": film},
    ]
    lesson.body = body
    lesson.save_revision(clean=False)
    return lesson


def said(findings):
    return [finding.sentence for finding in findings]


def test_the_list_of_a_page_names_every_fault_and_its_place(editor, lesson):
    body = lesson.get_latest_revision_as_object().body

    answer = editor.get(reverse("page_checks", args=[lesson.pk]), headers=ENGLISH)

    checked = answer.context["checked"]
    address = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    assert [line.sentence for line in checked.refusals] == [
        NO_KEY,
        NO_PICTURE,
        "Block 5 (Video or audio): Video or audio file: This field is required.",
    ]
    assert checked.refusals[0].url == f"{address}#:w:contentpath=body.{body[1].id}"
    assert [line.sentence.partition(".")[0] for line in checked.advice] == [
        "“Un libro perdido” names no work of the list of sources",
        "A link leads to a page or a file that readers cannot open",
        "Say where this comes from: instrument and article, or that it is ours",
        "“Un libro” names no work of the list of sources",
        "The video has no captions",
        "It takes 17 minutes; a lesson takes 15 at most",
    ]
    assert NO_KEY in answer.text


def test_publishing_asks_what_the_list_says(editor, lesson):
    with override("en"):
        listed = said(keeps_back(lesson))
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    answer = editor.post(
        f"{address}?id={lesson.pk}&next=/admin/", follow=True, headers=ENGLISH
    )

    title = lesson.get_admin_display_title()
    assert [str(one) for one in answer.context["messages"]] == [
        f"“{title}” is not published: {sentence}" for sentence in listed
    ]
    assert LessonPage.objects.get(pk=lesson.pk).has_unpublished_changes


def test_a_page_in_order_has_nothing_to_mend(course_page):
    lesson = LessonPage.objects.descendant_of(course_page).first()

    assert (keeps_back(lesson), advice(lesson)) == ([], [])


def test_the_list_of_a_course_has_all_its_pages_and_is_found_by_links(
    editor, course_page, lesson, at
):
    module = ModulePage.objects.child_of(course_page).get()
    facts = {"code": "C1-Q1", "module": module.translation_key, "use": "practice"}
    key = uuid4()
    save_question(key, document=document(), facts=facts, by=None, at=at)
    broken = document() | {"correct": []}
    QuestionVersion.objects.create(
        question_id=key, number=2, document=broken, made_at=at
    )
    address = reverse("course_checks", args=[course_page.pk])

    answer = editor.get(address, headers=ENGLISH)

    found = {one.page.title: one for one in answer.context["with_findings"]}
    assert [title for title, one in found.items() if one.refusals] == ["Lección 1"]
    assert found.keys() >= {"Lección 1 (en)", "Práctica (en)"}
    (line,) = found["Práctica"].advice
    assert line.sentence == "Question C1-Q1: say which answer is right."
    assert line.url == reverse("question:edit", args=[key])
    for name in ("wagtailadmin_pages:edit", "wagtailadmin_explore"):
        shown = editor.get(reverse(name, args=[course_page.pk]), headers=ENGLISH)
        assert f'href="{address}"' in shown.text


def test_no_other_panel_of_the_editor_counts_faults(editor, lesson):
    answer = editor.get(
        reverse("wagtailadmin_pages:edit", args=[lesson.pk]), headers=ENGLISH
    )

    assert NO_KEY in answer.text
    assert "data-checks-panel" not in answer.text
    assert "Issues found" not in answer.text
    quiz = QuizPage.objects.descendant_of(lesson.get_parent()).first()
    address = reverse(
        "wagtailadmin_pages:add", args=["courses", "quizpage", quiz.get_parent().pk]
    )
    assert "data-checks-panel" not in editor.get(address).text


def test_whoever_edits_no_pages_reads_no_checks(client, ana, course_page):
    client.force_login(ana)

    for name in ("page_checks", "course_checks"):
        answer = client.get(reverse(name, args=[course_page.pk]))
        assert answer.status_code in (302, 404)
