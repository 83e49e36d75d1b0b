"""Lists and forms of the editors' area: questions, country notes, facts."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.test.utils.form_data import rich_text

from courses.editors import ensure_editors
from courses.models import CountryNote, CoursePage, GlossaryTerm, Question
from lms.people.choices import Track
from tests.courses.noting import a_note
from tests.factories import (
    KINDS,
    TYPED,
    PersonFactory,
    make_course_page,
    make_edition,
    make_question,
    make_term,
)

SILENT = re.compile(r"<(script|style|svg)\b.*?</\1>", re.S)
# Keys of rows, and names of columns that nobody translated.
MACHINES = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-|\b(Id|Kind|Made at|Opened at|lesson|pretest)\b"
)
REQUIRED = "This field is required"
MODULE = "c0000000-0000-4000-8000-000000000002"


@pytest.fixture
def elena(client, db):
    """Elena, signed in: she edits courses."""
    elena = PersonFactory(email="elena@example.org", legal_name="Elena Rivas")
    elena.groups.add(ensure_editors())
    client.force_login(elena)
    return elena


@pytest.fixture
def note(db):
    return CountryNote.objects.create(
        country="GT",
        topic="means-and-penalties",
        titles={"es": "La ley", "en": "The law"},
        texts={"es": "<p>Alta</p>", "en": "<p>High</p>"},
        sources=[{"es": "Decreto 9", "en": "Decree 9"}],
        checked_on="2026-11-01",
        owners={"es": "Punto focal", "en": "Focal point"},
    )


def form_of(answer):
    """Return what a browser would post for the form of an answer, unchanged."""
    posted = {}
    for bound in answer.context["form"]:
        value = bound.value()
        if value is True:
            posted[bound.html_name] = "on"
        elif isinstance(bound.field.widget, DraftailRichTextArea):
            posted[bound.html_name] = bound.field.widget.format_value(value)
        elif value not in (None, False):
            posted[bound.html_name] = value
    return posted


def latest(question):
    return question.versions.order_by("-number").first()


def test_questions_are_listed_with_their_newest_version(client, elena):
    make_question(MODULE, code="S1-Q1", kind="ordering")

    answer = client.get(reverse("question:index"))

    assert answer.status_code == 200
    assert "S1-Q1" in answer.text
    assert "Pregunta ordering" in answer.text


def test_a_question_shows_all_its_versions(client, elena):
    question = make_question(MODULE, code="S1-Q1", kind="matching")

    answer = client.get(reverse("question:inspect", args=[question.pk]))

    assert answer.status_code == 200
    assert "Hecho uno s1-q1 → Medio s1-q1" in answer.text
    assert "Pregunta matching s1-q1 (en)" in answer.text


@pytest.mark.parametrize("kind", [*KINDS, *TYPED])
def test_a_question_saved_unchanged_makes_no_version(client, elena, kind):
    question = make_question(MODULE, kind=kind)
    address = reverse("question:edit", args=[question.pk])

    answer = client.post(address, form_of(client.get(address)))

    assert answer.status_code == 302
    assert question.versions.count() == 1


@pytest.mark.parametrize(
    ("kind", "posted", "correct"),
    [
        ("single", {"correct": "c"}, ["c"]),
        ("truefalse", {"correct": "t"}, ["t"]),
        ("multiple", {"correct": ["a", "b"]}, ["a", "b"]),
        ("ordering", {"place_a": "1", "place_b": "2", "place_c": "3"}, ["a", "b", "c"]),
        ("matching", {"match_1": "A", "match_2": "B"}, {"1": "A", "2": "B"}),
        ("numeric", {"numbers": " 7,5 \n\n1..2", "tolerance": ""}, ["7,5", "1..2"]),
        ("short", {"variants_es": "uno\n dos ", "variants_en": "one"}, ["v1", "v2"]),
    ],
)
def test_a_question_changed_becomes_a_new_version(client, elena, kind, posted, correct):
    question = make_question(MODULE, kind=kind)
    address = reverse("question:edit", args=[question.pk])
    texts = {"stem_es": "Otra", "feedback_en": "Because", "anchor": "on"}

    client.post(address, form_of(client.get(address)) | texts | posted)

    question.refresh_from_db()
    version = latest(question)
    assert (version.number, version.made_by, question.anchor) == (2, elena, True)
    assert version.document["stem"]["es"] == "Otra"
    assert version.document["feedback"]["en"] == "Because"
    assert version.document["correct"] == correct
    assert version.document["type"] == kind


@pytest.mark.parametrize(
    ("kind", "posted", "where", "why"),
    [
        ("single", {"correct": ""}, "correct", REQUIRED),
        ("single", {"correct": "z"}, "correct", "Select a valid choice"),
        ("multiple", {"correct": []}, "correct", REQUIRED),
        ("ordering", {"place_a": "1", "place_b": "1"}, "__all__", "Mark the right"),
        ("ordering", {"place_a": "9"}, "place_a", "Select a valid choice"),
        ("matching", {"match_1": "Z"}, "match_1", "Select a valid choice"),
        ("single", {"stem_en": ""}, "stem_en", REQUIRED),
        ("single", {"option_a_es": " "}, "option_a_es", REQUIRED),
        ("single", {"use": "exam"}, "use", "Select a valid choice"),
        ("numeric", {"numbers": ""}, "numbers", REQUIRED),
        ("numeric", {"numbers": "doce"}, "__all__", "Write a number or a range"),
        ("numeric", {"tolerance": "-1"}, "__all__", "Write how far off"),
        ("numeric", {"unit_en": ""}, "__all__", "Write the unit in every language"),
        ("short", {"variants_en": ""}, "variants_en", REQUIRED),
        ("short", {"variants_es": "…"}, "__all__", "Write what is right in every"),
    ],
)
def test_a_question_without_all_its_parts_is_refused(
    client, elena, kind, posted, where, why
):
    question = make_question(MODULE, kind=kind)
    address = reverse("question:edit", args=[question.pk])

    answer = client.post(
        address,
        form_of(client.get(address)) | posted,
        headers={"accept-language": "en"},
    )

    assert answer.status_code == 200
    errors = answer.context["form"].errors
    assert (list(errors), why in str(errors[where])) == ([where], True)
    assert question.versions.count() == 1


def order_in(answer) -> list[str]:
    """Return the keys of the options that a form has, side by side."""
    page = BeautifulSoup(answer.text, "html.parser")
    return [one["value"] for one in page.select("input[type=hidden][name^=order]")]


def test_options_are_added_moved_and_removed_and_stored_only_when_saved(client, elena):
    question = make_question(MODULE, kind="single")
    address = reverse("question:edit", args=[question.pk])
    form = form_of(client.get(address)) | {"stem_es": "A medio escribir"}

    added = client.post(address, form | {"options": "add:"})
    form |= {"order": order_in(added)[0], "option_b_es": "Otra"}
    moved = client.post(address, form | {"options": "down::a"})
    form |= {"order": order_in(moved)[0], "option_d_es": "D", "option_d_en": "D"}
    less = client.post(address, form | {"options": "remove::c"})

    assert [order_in(one) for one in (added, moved, less)] == [
        ["a b c d"],
        ["b a c d"],
        ["b a d"],
    ]
    shown = less.context["form"]
    assert (shown["stem_es"].value(), shown["option_d_en"].value()) == (
        "A medio escribir",
        "D",
    )
    assert not shown.errors
    assert question.versions.count() == 1

    client.post(address, form_of(less) | {"order": "b a d", "correct": "d"})

    document = latest(question).document
    assert [one["es"] for one in document["options"]][::2] == ["Otra", "D"]
    assert document["correct"] == ["d"]


def test_steps_to_order_are_numbered_anew_when_one_comes_or_goes(client, elena):
    question = make_question(MODULE, kind="ordering")
    address = reverse("question:edit", args=[question.pk])
    form = form_of(client.get(address)) | {"place_a": "3", "place_c": "1"}

    less = client.post(address, form | {"options": "remove::b"}).context["form"]
    more = client.post(address, form | {"options": "add:"}).context["form"]

    assert [less[f"place_{key}"].value() for key in "ac"] == ["2", "1"]
    assert more["place_d"].value() == "4"


def test_a_question_says_what_half_an_answer_earns(client, elena):
    question = make_question(MODULE, kind="multiple")
    address = reverse("question:edit", args=[question.pk])

    client.post(address, form_of(client.get(address)) | {"credit": "parts"})

    assert latest(question).document["credit"] == "parts"
    assert form_of(client.get(address))["credit"] == "parts"


def test_questions_are_never_added_or_deleted_here(client, admin):
    question = make_question(MODULE)
    client.force_login(admin)

    for name, args in (("add", []), ("delete", [question.pk])):
        address = reverse(f"question:{name}", args=args)
        assert client.post(address).status_code == 302

    assert Question.objects.get() == question


def test_a_country_note_is_edited_in_every_language(client, elena, note):
    address = reverse("countrynote:edit", args=[note.pk])

    answer = client.post(
        address,
        form_of(client.get(address))
        | {
            "title_es": "Otra ley",
            "text_en": rich_text("<p>Very <b>high</b></p>"),
            "sources_es": "Decreto 9\nDecreto 10",
            "sources_en": "Decree 9\nDecree 10",
        },
    )

    note.refresh_from_db()
    assert answer.status_code == 302
    assert note.titles == {"es": "Otra ley", "en": "The law"}
    assert "Very <b>high</b>" in note.texts["en"]
    assert note.sources == [
        {"es": "Decreto 9", "en": "Decree 9"},
        {"es": "Decreto 10", "en": "Decree 10"},
    ]


def test_a_country_note_has_as_many_sources_in_each_language(client, elena, note):
    address = reverse("countrynote:edit", args=[note.pk])

    answer = client.post(
        address, form_of(client.get(address)) | {"sources_es": "Una\nDos"}
    )

    note.refresh_from_db()
    assert answer.context["form"].errors
    assert len(note.sources) == 1


def test_a_country_note_is_added(client, elena):
    posted = {"country": "HN", "topic": "means-and-penalties"}
    posted |= {"checked_on": "2026-11-02"}
    for language in ("es", "en"):
        posted |= {
            f"title_{language}": "T",
            f"text_{language}": rich_text("<p>x</p>"),
            f"sources_{language}": "S",
            f"owner_{language}": "O",
        }

    client.post(reverse("countrynote:add"), posted)

    assert CountryNote.objects.get().sources == [{"es": "S", "en": "S"}]


def test_a_term_is_edited_in_every_language(client, elena):
    term = make_term("trata")
    address = reverse("glossaryterm:edit", args=[term.pk])
    changed = {"name_en": "Trafficking", "words_es": " trata   de personas\n\ntrata "}

    answer = client.post(address, form_of(client.get(address)) | changed)

    term.refresh_from_db()
    assert answer.status_code == 302
    assert term.names == {"es": "trata (es)", "en": "Trafficking"}
    assert term.words == {"es": ["trata de personas", "trata"], "en": ["trata-en"]}
    assert term.whys == {"es": "Porque (es)", "en": "Porque (en)"}


@pytest.mark.parametrize(
    "missing", [{"name_en": ""}, {"why_es": ""}, {"key": ""}, {"key": "con espacio"}]
)
def test_a_term_without_all_its_parts_is_refused(client, elena, missing):
    term = make_term("trata")
    address = reverse("glossaryterm:edit", args=[term.pk])

    answer = client.post(address, form_of(client.get(address)) | missing)

    assert answer.context["form"].errors
    assert GlossaryTerm.objects.get().names == term.names


def test_a_note_of_a_country_outside_the_region_is_refused(client, elena, note):
    address = reverse("countrynote:edit", args=[note.pk])

    posted = form_of(client.get(address)) | {"country": "ES"}
    answer = client.post(address, posted, headers={"accept-language": "en"})

    note.refresh_from_db()
    assert answer.context["form"].errors["country"] == [
        "Select a valid choice. ES is not one of the available choices."
    ]
    assert note.country == "GT"


def read_of(answer) -> list[str]:
    """Return the lines that somebody reads of a list, below the frame of Wagtail."""
    main = answer.text.split("<main", 1)[1]
    lines = unescape(strip_tags(SILENT.sub("", main))).splitlines()
    return [line.strip() for line in lines if line.strip()]


@pytest.mark.parametrize(
    "name", ["course", "activity", "edition", "question", "countrynote", "wording"]
)
def test_lists_say_nothing_that_only_machines_read(client, admin, note, name):
    edition = make_edition(make_course_page())
    client.force_login(admin)
    course = edition.course
    addresses = [reverse(f"{name}:index")]
    if row := {"course": course, "activity": course.activities.first()}.get(name):
        addresses.append(reverse(f"{name}:inspect", args=[row.pk]))

    said = [
        line
        for address in addresses
        for line in read_of(client.get(address, headers={"accept-language": "es"}))
    ]

    assert [line for line in said if MACHINES.search(line)] == []


def test_a_course_is_listed_with_how_it_stands(client, elena):
    page = make_course_page(code="TIP-1")
    edition = make_edition(page)
    draft = CoursePage(
        title="Sin publicar", slug="b", code="B", norms_on=date(2026, 1, 1), live=False
    )
    page.get_parent().add_child(instance=draft)

    answer = client.get(reverse("course:index"), headers={"accept-language": "es"})

    said = read_of(answer)
    for one in ("Curso TIP-1", "Español, Inglés", "publicada", edition.label):
        assert one in said, one
    for one in (page, draft):
        for name in ("wagtailadmin_pages:edit", "course_checks"):
            assert f'href="{reverse(name, args=[one.pk])}"' in answer.text


@pytest.mark.parametrize("name", ["course", "activity", "edition"])
def test_facts_are_listed_and_looked_into_but_never_changed(client, admin, name):
    edition = make_edition(make_course_page())
    row = {
        "course": edition.course,
        "activity": edition.course.activities.first(),
        "edition": edition,
    }[name]
    client.force_login(admin)

    listed = client.get(reverse(f"{name}:index"))
    looked_into = client.get(reverse(f"{name}:inspect", args=[row.pk]))
    refused = [
        client.post(reverse(f"{name}:{action}", args=args)).status_code
        for action, args in (("add", []), ("edit", [row.pk]), ("delete", [row.pk]))
    ]

    assert listed.status_code == looked_into.status_code == 200
    assert refused == [302, 302, 302]
    assert type(row).objects.filter(pk=row.pk).exists()


def test_an_edition_shows_its_syllabus(client, elena):
    edition = make_edition(make_course_page())

    answer = client.get(reverse("edition:inspect", args=[edition.pk]))

    names = "; ".join(str(label) for label in Track.labels)
    assert f"1.1 Lección 1 ({names})" in answer.text
    assert "sin límite de tiempo" in answer.text


@pytest.mark.parametrize(
    "name", ["question", "countrynote", "glossaryterm", "edition", "course"]
)
def test_learners_see_nothing_of_it(client, ana, name):
    client.force_login(ana)

    assert client.get(reverse(f"{name}:index")).status_code == 302


@pytest.mark.parametrize("name", ["checked_on", "called_on"])
def test_a_country_note_is_not_checked_on_a_day_to_come(client, elena, note, name):
    address = reverse("countrynote:edit", args=[note.pk])
    tomorrow = timezone.localdate() + timedelta(days=1)
    posted = form_of(client.get(address)) | {"topic": "contacts", name: tomorrow}

    answer = client.post(address, posted)

    assert list(answer.context["form"].errors) == [name]
    posted[name] = timezone.localdate()
    assert client.post(address, posted).status_code == 302


def test_numbers_of_a_text_that_changed_were_called_by_nobody(client, elena):
    called = a_note("GT", "contacts", es="145", called_on=date(2026, 11, 1))
    address = reverse("countrynote:edit", args=[called.pk])
    posted = form_of(client.get(address))

    client.post(address, posted | {"title_es": "Otro título"})
    called.refresh_from_db()
    assert called.called_on == date(2026, 11, 1)
    client.post(address, posted | {"text_es": rich_text("<p>146</p>")})

    called.refresh_from_db()
    assert called.called_on is None
