"""A draft as a country and a profession see it; nobody's, and nothing is kept."""

from html import unescape

import pytest
from django.contrib.auth.models import Group
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.models import LessonPage, ModulePage
from courses.walk_forms import form_of
from tests.courses.cases.small import body, make_case
from tests.courses.noting import a_note
from tests.factories import PersonFactory

OPI, JUDGE, NOBODY = "HN-opi", "MX-judge", ""
NORMS = {"NORMA-GT", "NORMA-HN", "NORMA-MX"}


@pytest.fixture
def editor(client, db):
    elena = PersonFactory(email="elena@example.org", track="judge", country="GT")
    elena.groups.add(Group.objects.get(name="Moderators"))
    client.force_login(elena)
    return client


@pytest.fixture
def notes(db):
    for country in ("GT", "HN", "MX"):
        a_note(country, "means-and-penalties", es=f"NORMA-{country}")


def seen(editor, page, mode: str, status: int = 200) -> str:
    address = reverse("wagtailadmin_pages:view_draft", args=[page.pk])
    answer = editor.get(address, {"mode": mode})
    assert answer.status_code == status
    return unescape(answer.text)


@pytest.mark.parametrize(
    ("mode", "whom", "norms"),
    [
        (OPI, "Honduras: Oficial de protección", {"NORMA-HN"}),
        (JUDGE, "México: Jueza, juez", {"NORMA-MX"}),
        (NOBODY, "sin país ni profesión", set()),
    ],
)
def test_a_lesson_says_as_whom_and_shows_the_note_of_that_country_alone(
    editor, edition, notes, mode, whom, norms
):
    page = seen(editor, LessonPage.objects.get(slug="leccion-1"), mode)

    assert f"Se ve como: {whom}" in page
    assert {norm for norm in NORMS if norm in page} == norms


def test_a_module_says_what_is_asked_of_the_profession_not_of_the_editor(
    editor, edition
):
    module = ModulePage.objects.get(slug="modulo-uno")
    module.required_for, module.recommended_for = ["judge"], ["opi"]
    module.save_revision()

    asked = {mode: seen(editor, module, mode) for mode in (OPI, JUDGE, NOBODY)}

    assert "Recomendado para usted" in asked[OPI]
    assert "Obligatorio para usted" in asked[JUDGE]
    assert "para usted" not in asked[NOBODY]


def test_a_lesson_beside_the_way_of_a_profession_says_so(editor, edition):
    lesson = LessonPage.objects.get(slug="leccion-1")
    edition.activities.update(required_for=["judge"], recommended_for=["opi"])

    assert "Recomendado para usted" in seen(editor, lesson, OPI)
    assert "Recomendado para usted" not in seen(editor, lesson, JUDGE)


def test_a_case_tells_each_role_its_steps_options_and_norms(editor, course_page, notes):
    case = make_case(course_page)

    opi, other = seen(editor, case, OPI), seen(editor, case, "MX-other")
    judge, nobody = seen(editor, case, JUDGE), seen(editor, case, NOBODY)

    assert "Decidir 2j" in judge
    assert "Decidir 2j" not in opi + other
    assert ("Hechos 3" in opi, "Hechos 3" in other) == (True, False)
    assert {norm for norm in NORMS if norm in opi} == {"NORMA-HN"}
    assert "CONSECUENCIA-1a" in opi
    assert "Hechos 1" not in nobody


def test_a_case_that_cannot_be_walked_yet_is_shown_as_far_as_it_is_written(
    editor, course_page
):
    case = make_case(course_page)
    raw = body()
    raw[0]["value"]["options"][1]["value"]["next"] = "9"
    case.body = raw
    case.save_revision(clean=False)

    page = seen(editor, case, OPI)

    assert "Hechos 3" in page
    assert "todavía no se puede recorrer" in page


def test_a_case_that_is_not_for_a_profession_names_the_roles_that_it_has(
    editor, course_page
):
    case = make_case(course_page, required_for=["judge"])

    page = seen(editor, case, OPI)

    assert "juez" in page.partition("Se ve como:")[2]
    assert "Hechos 1" not in page


def test_one_chooses_in_the_panel_or_above_the_page_and_nobody_else_may(
    editor, client, course_page, carla
):
    lesson = LessonPage.objects.get(slug="leccion-1")
    draft = reverse("wagtailadmin_pages:view_draft", args=[lesson.pk])
    edit = reverse("wagtailadmin_pages:edit", args=[lesson.pk])

    panel = editor.get(edit).text
    above = seen(editor, lesson, OPI)
    editor.post(f"{edit}preview/", form_of(lesson))
    in_panel = editor.get(f"{edit}preview/?in_preview_panel=true&mode={OPI}").text

    assert f'<option value="{OPI}">' in panel
    assert f'href="{draft}"' in panel
    assert f'<option value="{OPI}" selected>' in above
    assert 'name="mode"' not in in_panel
    assert "Honduras" in in_panel
    assert seen(editor, lesson, "XX-opi", status=404)
    client.force_login(carla)
    assert client.get(draft, {"mode": OPI}).status_code in (302, 403)


def test_more_boxes_of_a_country_ask_for_no_more(editor, edition, notes):
    lesson = LessonPage.objects.get(slug="leccion-1")
    caches["pages"].clear()
    with CaptureQueriesContext(connection) as one:
        seen(editor, lesson, OPI)
    lesson.body = [*lesson.body.raw_data, *([lesson.body.raw_data[2]] * 2)]
    lesson.save_revision()
    caches["pages"].clear()

    with CaptureQueriesContext(connection) as three:
        seen(editor, lesson, OPI)

    assert len(three) <= len(one)
