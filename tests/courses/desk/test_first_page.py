"""The editor's first page says what waits, in as many queries for many as for one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Workflow
from wagtail_localize.models import Translation, TranslationSource

from courses.desk.views import piles
from courses.editors import ensure_editors
from courses.models import LessonPage, ModulePage
from tests.factories import PersonFactory, lesson_body

ENGLISH = {"accept-language": "en"}
EMPTY = (
    "Nobody waits for your review.",
    "Everything that was written is published.",
    "Every published page is there in every language.",
    "Every translation says what its original says.",
    "No page has a time at which it appears or ends.",
)


@pytest.fixture
def elena(client, db):
    elena = PersonFactory(email="elena@example.org", legal_name="Elena Rivas")
    elena.groups.add(ensure_editors())
    client.force_login(elena)
    return elena


@pytest.fixture
def module(course_page):
    return ModulePage.objects.child_of(course_page).get()


def a_lesson(module, name):
    page = module.add_child(
        instance=LessonPage(
            title=name,
            slug=name,
            summary="Resumen",
            objectives=[{"type": "point", "value": "Distinguir"}],
            body=lesson_body(name),
        )
    )
    page.save_revision().publish()
    return page


def make_wait(module, number, by):
    """Let five lessons wait, each for another reason."""
    review, draft, left, later, timed = (
        a_lesson(module, f"{what}-{number}")
        for what in ("revisada", "borrador", "sola", "atrasada", "fechada")
    )
    review.save_revision(user=by)
    review.get_workflow().start(review, by)
    draft.summary = "Otro"
    draft.save_revision()
    source, _made = TranslationSource.update_or_create_from_instance(later)
    english = Locale.objects.get(language_code="en")
    Translation.objects.create(source=source, target_locale=english)
    later.body = lesson_body("otra pena")
    later.save_revision().publish()
    timed.expire_at = timezone.now() + timedelta(days=3)
    timed.save_revision().publish()
    return [review, draft, left, later, timed]


def test_the_first_page_says_that_nothing_waits(client, elena, course_page):
    shown = client.get(reverse("wagtailadmin_home"), headers=ENGLISH).text

    assert [sentence for sentence in EMPTY if sentence not in shown] == []


def test_the_first_page_leads_to_every_job_of_an_editor(client, elena, course_page):
    shown = client.get(reverse("wagtailadmin_home"), headers=ENGLISH).text

    home = course_page.get_parent()
    addresses = [
        reverse("wagtailadmin_pages:add", args=["courses", "coursepage", home.pk]),
        reverse("wagtailadmin_explore", args=[course_page.pk]),
        reverse("course_checks", args=[course_page.pk]),
        *map(reverse, ("course:index", "question:index", "edition:index")),
        *map(reverse, ("words_report", "wording:index", "note_grid")),
        reverse("glossaryterm:index"),
    ]
    desk = shown.split('id="jobs', 1)[-1]  # below the menu, which leads to lists too
    assert [one for one in addresses if f'href="{one}"' not in desk] == []


def test_each_page_that_waits_stands_where_its_reason_is(elena, module):
    wait = make_wait(module, 1, PersonFactory())

    found = {pile.key: [row.title for row in pile.rows] for pile in piles(elena)}

    review, draft, left, later, timed = [page.title for page in wait]
    assert found["review"] == [review]
    assert set(found["drafts"]) == {review, draft}
    assert {left, draft, timed} <= set(found["untranslated"])
    assert found["behind"] == [later]
    assert found["timed"] == [timed]


def test_the_first_page_asks_as_much_for_many_as_for_one(client, elena, module):
    assert Workflow.objects.filter(active=True).exists()
    address = reverse("wagtailadmin_home")
    asked = []
    for number in range(3):
        make_wait(module, number, PersonFactory())
        client.get(address, headers=ENGLISH)  # what is remembered for a while
        with CaptureQueriesContext(
            connection,
        ) as queries:
            shown = client.get(address, headers=ENGLISH).text
        asked.append(len(queries))

    assert "revisada-2" in shown
    assert len(set(asked)) == 1, asked
