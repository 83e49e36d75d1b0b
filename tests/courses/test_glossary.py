"""The glossary by the alphabet, looked through, and at the end of a lesson."""

import re

import pytest
from django.utils.html import escape
from wagtail.rich_text import RichText

from courses.models import GlossaryTerm, LessonPage
from courses.views.lessons import MILD
from tests.courses.starter import LANGUAGES, terms
from tests.factories import make_term

LESSON = "/es/trata/modulo-uno/leccion-1/"


@pytest.fixture
def whole(db):
    """The glossary that Campus ships with."""
    for row in terms():
        GlossaryTerm.objects.create(
            key=row["key"],
            names=row["name"],
            words=row["words"],
            definitions=row["definition"],
            sources=row["source"],
            avoid=row["avoid"],
            whys=row["why"],
        )


def keys_in(answer) -> list[str]:
    return [entry.key for _letter, some in answer.context["letters"] for entry in some]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Víctima de trata", "víctima de trata"),
        ("Niña, niño o adolescente (NNA)", "niña, niño o adolescente (NNA)"),
        ("Personas LGBTIQ+", "personas LGBTIQ+"),
        ("Conferencia Regional sobre Migración (CRM)", None),
        ("OPI", None),
    ],
)
def test_term_inside_a_sentence_has_a_capital_only_where_it_is_somebodys_name(
    client, db, name, said
):
    make_term("x")
    GlossaryTerm.objects.update(names={"es": name, "en": name})

    page = client.get("/es/glossary/").content.decode()

    assert f"<h3>{name}</h3>" in page
    assert f"<b>{said or name}</b>" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_shows_every_term_once_with_its_anchor(client, whole, language):
    answer = client.get(f"/{language}/glossary/")

    body = answer.content.decode()
    assert sorted(keys_in(answer)) == sorted(term["key"] for term in terms())
    for term in terms():
        assert body.count(f'id="term-{term["key"]}"') == 1
        for part in ("name", "definition", "avoid", "why", "source"):
            assert escape(term[part][language]) in body


def test_letters_are_those_of_the_language_and_forget_accents(client, db):
    make_term("zeta")
    GlossaryTerm.objects.update(names={"es": "Ágil", "en": "Quick"})
    make_term("casa")

    spanish, english = client.get("/es/glossary/"), client.get("/en/glossary/")

    assert [one[0] for one in spanish.context["letters"]] == ["A", "C"]
    assert [one[0] for one in english.context["letters"]] == ["C", "Q"]
    assert 'href="#letter-A"' in spanish.text


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("TRATA de personas", "trata"),  # those named so before those that speak of it
        ("refoulement", "no-devolucion"),
        ("proteccion internacional", "proteccion-internacional"),
        ("blancas", "trata"),  # what should not be said leads to what should
    ],
)
def test_terms_are_found_by_their_words(client, whole, asked, first):
    language = "en" if asked == "refoulement" else "es"

    answer = client.get(f"/{language}/glossary/", {"q": asked})

    assert keys_in(answer)[0] == first
    assert len(keys_in(answer)) < len(terms())


def test_what_was_looked_for_is_marked_as_in_the_search(client, db):
    make_term("x")
    GlossaryTerm.objects.update(
        names={"es": "Protección <b>"},
        definitions={"es": "Toda protección."},
        avoid={"es": "Proteccionismo"},
    )

    found = client.get("/es/glossary/", {"q": "proteccion"}).text
    whole = client.get("/es/glossary/").text

    assert "<h3><mark>Protección</mark> &lt;b&gt;</h3>" in found
    assert "<p>Toda <mark>protección</mark>.</p>" in found
    assert "<i><mark>Proteccionismo</mark></i>" in found
    assert "<mark>" not in whole


def test_words_that_nothing_has_are_said_to_find_nothing(client, whole):
    answer = client.get("/en/glossary/", {"q": "<b>xyz</b>"})

    assert keys_in(answer) == []
    assert "0 terms have “&lt;b&gt;xyz&lt;/b&gt;”" in answer.text


def test_an_empty_glossary_says_so(client, db):
    assert "no terms yet" in client.get("/en/glossary/").text


def test_page_asks_as_much_for_three_terms_as_for_one(
    client, db, django_assert_num_queries
):
    make_term("uno")
    with django_assert_num_queries(1):
        client.get("/es/glossary/")
    for key in ("dos", "tres"):
        make_term(key)

    with django_assert_num_queries(1):
        client.get("/en/glossary/")


def test_every_page_leads_to_the_glossary(client, edition):
    assert 'href="/en/glossary/"' in client.get("/en/help/").text


@pytest.mark.parametrize("term", terms(), ids=lambda term: term["key"])
def test_no_word_names_two_terms(term):
    for language in LANGUAGES:
        others = [word for other in terms() for word in other["words"][language]]
        assert [w for w in term["words"][language] if others.count(w) > 1] == []


@pytest.fixture
def lesson(edition, activities) -> LessonPage:
    """A lesson that names two terms, one of them only where it describes harm."""
    make_term("trata", words={"es": ["trata de personas"], "en": []})
    make_term("esclavitud", words={"es": ["esclavitud"], "en": []})
    make_term("tutor", words={"es": ["tutela"], "en": []})
    page = LessonPage.objects.get(
        translation_key=activities["lesson-1"].pk, locale__language_code="es"
    )
    page.body[0].value["body"] = RichText("<p>La trata de personas: esclavitud.</p>")
    page.body[0].value["instead"] = RichText("<p>Es la trata de personas.</p>")
    page.save_revision().publish()
    return page


def test_lesson_links_its_terms_to_their_definitions(client, lesson):
    body = client.get(LESSON).text

    linked = re.findall(r'<a class="term" href="#term-([a-z]+)">', body)
    assert linked == ["trata", "esclavitud"]
    assert re.findall(r'id="term-([a-z]+)"', body) == linked
    assert "&lt;p&gt;" not in body
    assert body.count("Qué es (es)") == 2
    assert 'href="/es/glossary/#term-trata"' in body


def test_lesson_links_the_text_without_descriptions_as_well(client, lesson):
    body = client.get(LESSON, {"version": MILD}).text

    assert re.findall(r'<a class="term" href="#term-([a-z]+)">', body) == ["trata"]


def test_lesson_that_names_no_term_shows_no_list(client, edition):
    assert "terms-title" not in client.get(LESSON).text


def test_who_reads_without_descriptions_meets_only_the_words_of_that(
    client, edition, course_page
):
    make_term("trata")
    make_term("deudas")
    GlossaryTerm.objects.filter(key="trata").update(words={"es": ["rabia"], "en": []})
    GlossaryTerm.objects.filter(key="deudas").update(words={"es": ["calma"], "en": []})
    page = LessonPage.objects.get(slug="leccion-1")
    page.body[0].value["body"] = RichText("<p>Con rabia.</p>")
    page.body[0].value["instead"] = RichText("<p>Con calma.</p>")
    page.save_revision().publish()

    full, mild = client.get(LESSON), client.get(f"{LESSON}?version={MILD}")

    assert [one.key for one in full.context["text"].terms] == ["trata"]
    assert [one.key for one in mild.context["text"].terms] == ["deudas"]
    assert 'id="term-trata"' not in mild.text
