"""What is found in lessons and country notes, by whom, on both databases alike."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.cache import caches
from django.core.management import call_command
from wagtail.models import PageViewRestriction

from courses.blocks import Topic
from courses.models import CountryNote, CoursePage, LessonPage, ModulePage
from courses.search import search
from tests import factories

ON = factories.NOON.date()
SEARCH = "/es/search/"


def text_block(text: str, **value) -> dict:
    value = {"heading": "", "body": f"<p>{text}</p>", "source": ""} | value
    return {"type": "text", "id": str(uuid4()), "value": value}


def check_block(feedback: str) -> dict:
    option = {"text": "Sí", "correct": True, "feedback": feedback}
    other = {"text": "No", "correct": False, "feedback": feedback}
    items = [
        {"type": "item", "id": str(uuid4()), "value": one} for one in (option, other)
    ]
    value = {"question": "¿Es así?", "options": items, "source": ""}
    return {"type": "check", "id": str(uuid4()), "value": value}


@pytest.fixture
def module(course_page):
    return ModulePage.objects.get(slug="modulo-uno")


@pytest.fixture
def lesson(module):
    """Return a function that adds a live lesson in Spanish, with this text."""

    def add(title, *blocks, slug="", summary="Resumen"):
        page = module.add_child(
            instance=LessonPage(
                title=title,
                slug=slug or f"l-{uuid4().hex[:8]}",
                summary=summary,
                objectives=[{"type": "point", "value": "Zxq"}],
                body=[
                    text_block(b) if isinstance(b, str) else b
                    for b in blocks or ["Zxq"]
                ],
                locale=module.locale,
            )
        )
        page.save_revision().publish()
        return page

    return add


@pytest.fixture
def note(db):
    """Return a function that adds a note of Honduras."""

    def add(topic, text, *, country="HN", en="In English", checked_on=ON):
        return CountryNote.objects.create(
            country=country,
            topic=topic,
            titles={"es": "Título de la nota", "en": "Title of the note"},
            texts={"es": f"<p>{text}</p>", "en": f"<p>{en}</p>"},
            sources=[{"es": "Ley 1", "en": "Act 1"}],
            owners={"es": "Punto focal", "en": "Focal point"},
            checked_on=checked_on,
        )

    return add


def indexed():
    """Do what the worker does after a page is saved."""
    call_command("update_index", verbosity=0)


def titles(asked, *, language="es", on=ON):
    return [one.title for one in search(asked, language=language, on=on).found]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("proteccion", ["Con acento", "Sin acento"]),
        ("PROTECCIÓN", ["Con acento", "Sin acento"]),
        ("protec", ["Con acento", "Sin acento"]),
        ("otección", []),
        ("acento niñez", ["Con acento"]),
        ("ninez protec", ["Con acento"]),
        ("niñez migración", []),
        ("los", ["Con acento", "Sin acento"]),  # no word is too common
        ("202 ter", ["Sin acento"]),
        ("art 77", ["Con acento"]),
        ("1e5", ["Sin acento"]),
        ("18a", ["Con acento"]),
        ("http ejemplo", ["Sin acento"]),
        ("protecciones", []),  # no stem is shared
        ('"*:&|!()<->\0', []),
        ("   ", []),
    ],
)
def test_lessons_are_found_by_the_beginnings_of_all_words(lesson, asked, found):
    lesson("Con acento", "La protección de los niños y la niñez, art. 77(a), 18años")
    lesson("Sin acento", "La PROTECCION de los demás 202-Ter 1e5 http://ejemplo.org/a")
    indexed()

    assert titles(asked) == found


def test_lessons_that_are_about_the_words_come_first(lesson, note):
    lesson("Primera", "Habla de indicadores")
    lesson("Segunda", summary="Indicadores en breve")
    lesson("Tercera", text_block("Otra cosa", heading="Qué indicadores hay"))
    lesson("Los indicadores", "Otra cosa")
    lesson("Última", "Más indicadores")
    note(Topic.VICTIMS, "Indicadores del país")
    indexed()

    order = ["Los indicadores", "Tercera", "Segunda", "Primera", "Última"]
    assert titles("indicador") == [*order, "Título de la nota"]


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("bulnerabilidad", "vulnerabilidad"),  # another letter
        ("vulnerablidad", "vulnerabilidad"),  # one too few
        ("vullnerabilidad", "vulnerabilidad"),  # one too many
        ("vulnerabiildad", "vulnerabilidad"),  # two that changed places
        ("BULNERABILIDÁD ninez", "vulnerabilidad niñez"),
        ("bulnerab", "vulnerabilidad"),  # a word that is only begun
        ("bulnerabilidat", ""),  # two wrong letters
        ("ninex", "niñez"),
        ("nazc", ""),  # too short
        ("vulnerabilidad xyzzyx", ""),
    ],
)
def test_one_wrong_letter_is_forgiven_where_nothing_is_found(lesson, asked, meant):
    lesson("Segunda", "La vulnerabilidad de la niñez nace de otros")
    indexed()

    answer = search(asked, language="es", on=ON)

    assert (answer.asked, [one.title for one in answer.found]) == (
        meant or asked,
        ["Segunda"] if meant else [],
    )


def test_a_word_that_is_found_is_never_put_right(lesson):
    lesson("Otra", "La trampa")
    lesson("Segunda", "La tramca")
    indexed()

    assert titles("tramca") == ["Segunda"]


def test_page_says_for_which_word_it_searched_instead(client, lesson, note):
    lesson("Segunda", "La vulnerabilidad")
    note(Topic.VICTIMS, "Sin condiciones")
    indexed()

    body = client.get(SEARCH, {"q": "bulnerabilidad"}).content.decode()

    said = "«bulnerabilidad». Estos son los resultados para «vulnerabilidad»."
    assert said in body
    assert "<mark>vulnerabilidad</mark>" in body
    assert titles("condisiones") == ["Título de la nota"]


def test_a_lesson_is_found_in_its_own_language_only(lesson, course_page):
    lesson("Solo en español", "palabra-única")
    english = LessonPage.objects.get(slug="leccion-1-en")
    english.body = [text_block("rarely seen")]
    english.save_revision().publish()
    indexed()

    assert titles("palabra") == ["Solo en español"]
    assert titles("palabra", language="en") == []
    assert titles("rarely") == []
    assert titles("rarely", language="en") == ["Lección 1 (en)"]


def test_a_lesson_taken_down_is_not_found(lesson):
    lesson("Retirada", "palabra").unpublish()
    indexed()

    assert titles("palabra") == []


@pytest.mark.parametrize("above", [ModulePage, CoursePage])
def test_a_lesson_below_a_page_taken_down_is_not_found(lesson, above):
    lesson("Debajo", "palabra")
    above.objects.filter(locale__language_code="es").update(live=False)
    indexed()

    assert titles("palabra") == []


@pytest.mark.parametrize("closed", ["lesson", "course"])
def test_a_lesson_that_is_not_for_everybody_is_not_found(lesson, course_page, closed):
    page = lesson("Cerrada", "palabra")
    indexed()
    before = titles("palabra")
    PageViewRestriction.objects.create(
        page=page if closed == "lesson" else course_page,
        restriction_type=PageViewRestriction.LOGIN,
    )

    assert before == ["Cerrada"]
    assert titles("palabra") == []


def test_the_answers_of_a_self_check_are_neither_found_nor_shown(client, lesson):
    lesson("Con pregunta", "palabra", check_block("secreto"), "final")
    indexed()

    assert titles("secreto") == []
    assert "secreto" not in client.get(SEARCH, {"q": "final"}).content.decode()


def test_what_is_read_without_descriptions_is_what_is_shown(client, lesson):
    lesson("Con dos versiones", text_block("golpes", instead="<p>violencia</p>"))
    indexed()

    body = client.get(SEARCH, {"q": "golpes"}).content.decode()

    assert titles("golpes") == titles("violencia") == ["Con dos versiones"]
    assert "violencia" in body
    assert "<mark>golpes" not in body


def test_a_note_is_found_by_its_words_its_country_and_its_topic(note):
    note(Topic.VICTIMS, "La protección es <b>gratuita</b>", en="Free of charge")

    for asked in ("gratuita", "PROTECCION", "honduras", "titulo nota"):
        assert titles(asked) == ["Título de la nota"]
    assert titles("strong") == titles("charge") == []
    caches["pages"].clear()
    assert titles("gratuita", language="en") == []
    assert titles("charge honduras", language="en") == ["Title of the note"]


@pytest.mark.parametrize(
    ("topic", "days", "found"),
    [
        (Topic.CONTACTS, 90, ["Título de la nota"]),
        (Topic.CONTACTS, 91, []),
        (Topic.MEANS, 400, ["Título de la nota"]),
    ],
)
def test_contacts_that_nobody_checked_lately_are_not_found(note, topic, days, found):
    note(topic, "Línea 145", checked_on=ON - timedelta(days=days))

    assert titles("145") == found


def test_page_shows_title_place_passage_and_address(client, lesson, note):
    lesson("Una lección", "Aquí hay protección para todas", slug="una")
    note(Topic.VICTIMS, "La protección no tiene condiciones")
    indexed()

    answer = client.get(SEARCH, {"q": "proteccion"})

    one, other = answer.context["results"]
    assert one.found.within == ("Curso C1", "Módulo uno")
    assert one.found.url == "/es/trata/modulo-uno/una/"
    assert ("protección", True) in one.passage
    assert other.found.url == "/es/country-notes/HN/#victim-rules"
    assert other.found.within[0] == "Honduras"
    body = answer.content.decode()
    assert body.count("<mark>protección</mark>") == 2
    assert '<meta name="robots" content="noindex">' in body
    assert client.get(one.found.url).status_code == 200
    assert 'id="victim-rules"' in client.get(other.found.url).content.decode()


def test_page_without_words_is_only_the_form(client, lesson):
    body = client.get(SEARCH).content.decode()

    assert 'name="q"' in body
    assert 'id="found"' not in body


def test_page_that_found_nothing_says_what_to_try(client, lesson):
    indexed()

    body = client.get(SEARCH, {"q": "<b>nada</b>"}).content.decode()

    assert "&lt;b&gt;nada&lt;/b&gt;" in body
    assert 'id="found"' in body
    assert "<b>nada" not in body


def test_page_asks_as_much_for_many_results_as_for_one(
    client, lesson, note, django_assert_num_queries, django_assert_max_num_queries
):
    lesson("Lección 0", "palabra")
    note(Topic.MEANS, "palabra")
    indexed()
    client.get(SEARCH, {"q": "palabra"})
    caches["pages"].clear()
    with django_assert_max_num_queries(10) as few:
        client.get(SEARCH, {"q": "palabra"})
    for number in range(1, 22):
        lesson(f"Lección {number}", "palabra")
    for topic in (Topic.VICTIMS, Topic.REPORTING):
        note(topic, "palabra")
    indexed()
    caches["pages"].clear()

    with django_assert_num_queries(len(few)):
        answer = client.get(SEARCH, {"q": "palabra"})

    assert answer.context["page_obj"].paginator.count == 25


def test_pages_hold_twenty_and_lead_on(client, lesson):
    for number in range(21):
        lesson(f"Lección {number}", "palabra")
    indexed()

    first = client.get(SEARCH, {"q": "palabra"})
    last = client.get(SEARCH, {"q": "palabra", "page": "2"})
    beyond = client.get(SEARCH, {"q": "palabra", "page": "nine"})

    assert 'href="?q=palabra&amp;page=2"' in first.content.decode()
    assert 'href="?q=palabra&amp;page=1"' in last.content.decode()
    assert [len(page.context["results"]) for page in (first, last, beyond)] == [
        20,
        1,
        20,
    ]


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_pages_are_only_read(client, db, method):
    assert getattr(client, method)(SEARCH).status_code == 405


def test_country_page_shows_its_notes_by_topic_and_every_country(client, note):
    note(Topic.CONTACTS, "Línea vieja", checked_on=date(2020, 1, 1))
    note(Topic.VICTIMS, "Sin condiciones")
    note(Topic.MEANS, "De otro país", country="GT")

    body = client.get("/es/country-notes/HN/").content.decode()

    assert "Sin condiciones" in body
    assert "Ley 1" in body
    assert "Punto focal" in body
    assert "Línea vieja" not in body
    assert "De otro país" not in body
    assert body.count('href="/es/country-notes/') == 12  # and the list of them


def test_country_without_notes_says_so(client, db):
    answer = client.get("/es/country-notes/BZ/")

    assert {note for _topic, note in answer.context["notes"]} == {None}
    assert 'class="panel country"' in answer.content.decode()


def test_list_of_countries_is_in_the_readers_order(client, db):
    names = [
        str(name)
        for _code, name in client.get("/es/country-notes/").context["countries"]
    ]

    assert len(names) == 11
    assert names == sorted(names, key=lambda n: n.replace("Á", "A").replace("é", "e"))


@pytest.mark.parametrize("country", ["FR", "hn", "XX"])
def test_country_that_is_none_of_the_region_is_not_found(client, db, country):
    assert client.get(f"/es/country-notes/{country}/").status_code == 404
