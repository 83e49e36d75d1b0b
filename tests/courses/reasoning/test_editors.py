"""An editor writes what a course asks reasons for, and an edition asks for it."""

import pytest
from django.urls import reverse

from courses.editors import ensure_editors
from courses.models import EditionReasoning, ReasoningTask
from courses.words.everywhere import found_everywhere
from tests.courses.reasoning.building import a_task, an_edition, task_document
from tests.courses.words.wording import make_wording
from tests.factories import PersonFactory, course_of

pytestmark = pytest.mark.django_db
PARTS = {"title": "titles", "brief": "briefs"}
OF_LINES = ("name", "good", "sufficient", "missing")


@pytest.fixture
def elena(client):
    person = PersonFactory(email="elena@example.org")
    person.groups.add(ensure_editors())
    client.force_login(person)
    return person


def posted(course, document) -> dict[str, str]:
    """Return what the form sends for a task with four lines."""
    sent = {"course": str(course.pk)}
    for code in ("es", "en"):
        for part, name in PARTS.items():
            sent[f"{part}_{code}"] = document[name][code]
        for place, line in enumerate(document["lines"], start=1):
            for part in OF_LINES:
                name = "names" if part == "name" else part
                sent[f"{part}_{place}_{code}"] = line[name][code]
    return sent


def texts(task):
    return [
        {name: part for name, part in line.items() if name != "key"}
        for line in task.document["lines"]
    ]


def test_an_editor_writes_a_task_and_its_lines_keep_their_keys(client, elena):
    course, document = an_edition().course, task_document()
    fifth = {f"{part}_5_{code}": "Cinco" for part in OF_LINES for code in ("es", "en")}
    sent = posted(course, document)

    part_of_a_line = client.post(
        reverse("reasoningtask:add"), sent | {"name_5_es": "Cinco"}
    )
    added = client.post(reverse("reasoningtask:add"), sent)
    task = ReasoningTask.objects.get()
    before = [line["key"] for line in task.document["lines"]]
    edited = client.post(
        reverse("reasoningtask:edit", args=[task.pk]),
        sent | fifth | {"name_1_es": "Otra"},
    )
    listed = client.get(reverse("reasoningtask:index")).content.decode()

    assert len(part_of_a_line.context["form"].errors) == 7
    assert (added.status_code, edited.status_code) == (302, 302)
    task.refresh_from_db()
    after = [line["key"] for line in task.document["lines"]]
    assert (after[:4], len(set(after))) == (before, 5)
    assert task.document["titles"] == document["titles"]
    assert texts(task)[0]["names"] == {"es": "Otra", "en": "Línea facts (en)"}
    assert "El consentimiento" in listed


def test_words_that_should_be_others_are_found_in_a_task(db):
    make_wording("rara", r"\bdoubt falta\b")
    a_task(an_edition().course_id)

    [(text, finding)] = found_everywhere()

    assert text.title == "El consentimiento"
    assert finding.place == "Ausente"


def test_opening_an_edition_offers_the_page_of_a_course_that_has_one(
    client, admin, course_page
):
    client.force_login(admin)
    address = reverse("open_edition", args=[course_page.pk])
    without = client.get(address).content.decode()
    client.post(address, {"kind": "new-run", "reasoning": "counts"})
    course = course_of(course_page)
    ReasoningTask.objects.create(course=course, document=task_document())

    offered = client.get(address).content.decode()
    client.post(address, {"kind": "new-run", "reasoning": "counts"})

    assert ['name="reasoning"' in one for one in (without, offered)] == [False, True]
    assert [one.counts for one in EditionReasoning.objects.all()] == [True]
