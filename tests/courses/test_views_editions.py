"""Opening an edition in the editors' area."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Locale

from courses.models import CoursePage, Edition, ModulePage, QuizPage
from tests import factories
from tests.factories import PersonFactory, make_edition


@pytest.fixture
def elena(db):
    """Elena edits and publishes courses."""
    elena = PersonFactory(email="elena@example.org", legal_name="Elena Rivas")
    elena.groups.add(Group.objects.get(name="Moderators"))
    return elena


@pytest.fixture
def address(course_page):
    return reverse("open_edition", args=[course_page.pk])


def test_open_edition_view_opens_the_first_edition(client, elena, course_page, address):
    client.force_login(elena)

    shown = client.get(address)
    answer = client.post(address, {"kind": "new-run"})

    edition = Edition.objects.get()
    assert shown.status_code == 200
    assert answer.url == reverse("wagtailadmin_explore", args=[course_page.pk])
    assert (edition.kind, edition.opened_by) == ("new-run", elena)


def test_open_edition_view_offers_only_a_new_run_as_the_first(client, elena, address):
    client.force_login(elena)

    answer = client.post(address, {"kind": "correction"})

    assert answer.status_code == 400
    assert not Edition.objects.exists()


@pytest.mark.parametrize("kind", ["correction", "delta", "new-run"])
def test_open_edition_view_opens_any_kind_after_the_first(
    client, elena, course_page, address, kind
):
    make_edition(course_page)
    client.force_login(elena)

    client.post(address, {"kind": kind})

    assert Edition.objects.order_by("-pk").first().kind == kind
    assert Edition.objects.count() == 2


@pytest.mark.parametrize("posted", [{}, {"kind": ""}, {"kind": "other"}])
def test_open_edition_view_refuses_what_is_no_kind(
    client, elena, course_page, address, posted
):
    make_edition(course_page)
    client.force_login(elena)

    answer = client.post(address, posted)

    assert answer.status_code == 400
    assert Edition.objects.count() == 1


def test_open_edition_view_leads_to_the_page_that_has_a_draft(
    client, elena, course_page, address
):
    lesson = course_page.get_descendants().get(title="Lección 1").specific
    lesson.summary = "Otro"
    lesson.save_revision()
    client.force_login(elena)

    answer = client.post(address, {"kind": "new-run"})

    assert answer.status_code == 409
    assert "Lección 1" in answer.text
    assert reverse("wagtailadmin_pages:edit", args=[lesson.pk]) in answer.text
    assert not Edition.objects.exists()


def test_open_edition_view_refuses_a_second_final_test_with_a_sentence(
    client, elena, course_page, address
):
    factories.in_both(
        course_page,
        QuizPage,
        title="Otra prueba",
        slug="otra",
        summary="Resumen",
        purpose="pretest",
    )
    QuizPage.objects.filter(slug="otra").update(purpose="final")
    client.force_login(elena)

    answer = client.post(address, {"kind": "new-run"})

    second = QuizPage.objects.get(slug="otra")
    assert answer.status_code == 409
    assert "“Otra prueba” es una segunda prueba final" in answer.text
    assert reverse("wagtailadmin_pages:edit", args=[second.pk]) in answer.text
    assert not Edition.objects.exists()


def test_open_edition_view_says_what_the_course_lacks(
    client, elena, course_page, address
):
    for page in course_page.get_children().specific():
        if isinstance(page, ModulePage):
            page.required_for = []
            page.save()
        else:
            page.unpublish()
    client.force_login(elena)

    answer = client.post(address, {"kind": "new-run"})

    assert answer.status_code == 409
    assert answer.text.count(reverse("wagtailadmin_explore", args=[course_page.pk])) > 2
    assert not Edition.objects.exists()


def test_open_edition_view_takes_the_translation_for_its_source(
    client, elena, course_page
):
    english = course_page.get_translation(Locale.objects.get(language_code="en"))
    client.force_login(elena)

    client.post(reverse("open_edition", args=[english.pk]), {"kind": "new-run"})

    assert Edition.objects.get().titles["es"] == course_page.title


def test_open_edition_view_is_closed_to_those_who_may_not_publish(
    client, elena, ana, course_page, address
):
    elena.groups.set([Group.objects.get(name="Editors")])

    for person in (elena, ana):
        client.force_login(person)
        assert client.post(address, {"kind": "new-run"}).status_code in {302, 403}

    assert not Edition.objects.exists()


def test_open_edition_button_stands_on_courses_alone(
    client, elena, course_page, address
):
    client.force_login(elena)
    home = reverse("wagtailadmin_explore", args=[course_page.get_parent().pk])

    on_course = client.get(reverse("wagtailadmin_explore", args=[course_page.pk]))
    on_edit = client.get(reverse("wagtailadmin_pages:edit", args=[course_page.pk]))

    assert address in on_course.text
    assert address in on_edit.text
    assert "open-edition" not in client.get(home).text


def test_open_edition_button_is_hidden_from_those_who_may_not_publish(
    client, elena, course_page
):
    elena.groups.set([Group.objects.get(name="Editors")])
    client.force_login(elena)

    answer = client.get(reverse("wagtailadmin_explore", args=[course_page.pk]))

    assert answer.status_code == 200
    assert "open-edition" not in answer.text


def test_open_edition_view_says_whom_the_final_test_cannot_be_asked(
    client, elena, course_page, address
):
    CoursePage.objects.update(draw=50)
    client.force_login(elena)

    answer = client.post(address, {"kind": "new-run"})

    final = QuizPage.objects.child_of(course_page).get()
    assert answer.status_code == 409
    assert "“Prueba final” saca más preguntas de las que hay" in answer.text
    assert "Jueza, juez o magistratura" in answer.text
    assert reverse("wagtailadmin_pages:edit", args=[final.pk]) in answer.text
    assert not Edition.objects.exists()
