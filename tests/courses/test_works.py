"""Every source of the starter content names works that a reader can look up."""

import re
from collections.abc import Iterator

import pytest
from django.utils.html import escape

from courses.loader.files import PageFile
from courses.works import KINDS, cited, unresolved, works
from tests.courses.starter import (
    LANGUAGES,
    cases,
    checklists,
    lessons,
    notes,
    questions,
    terms,
)

Source = tuple[str, dict[str, str]]


def sources() -> Iterator[Source]:
    """Yield every source with the place where it stands."""
    for files in lessons():
        spanish, english = (
            [block.value["source"] for block in file.blocks if "source" in block.value]
            for file in files.values()
        )
        for es, en in zip(spanish, english, strict=True):
            yield files["es"].name, {"es": es, "en": en}
    for files in cases():
        for es, en in zip(*map(sources_of_case, files.values()), strict=True):
            yield files["es"].name, {"es": es, "en": en}
    for question in questions():
        yield question["code"], question["document"]["source"]
    for note in notes():
        for source in note["sources"]:
            yield f"{note['country']} {note['topic']}", source
    for term in terms():
        yield term["key"], term["source"]
    for document in checklists():
        for item in document["items"]:
            yield f"{document['key']} {item['key']}", item["source"]


def sources_of_case(file: PageFile) -> list[str]:
    """Return the source of each block and the norm of each critical error."""
    found = []
    for block in file.blocks:
        options = block.value.get("options", [])
        found += [one["norm"] for one in options if "norm" in one]
        found += [block.value["source"]] if "source" in block.value else []
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_of_a_source_names_a_work_or_is_ours(language):
    lost = [
        (place, part)
        for place, source in sources()
        for part in unresolved(source[language], language)
    ]

    assert lost == []


def test_a_source_cites_the_same_works_in_every_language():
    differing = [
        (place, source)
        for place, source in sources()
        if cited(source["es"], "es") != cited(source["en"], "en")
    ]

    assert differing == []


def test_a_source_names_the_same_articles_in_every_language():
    """A name and its number of a series differ between languages; places do not."""

    def numbers(text: str) -> list[str]:
        return re.findall(r"\d+", text)

    differing = [
        (place, source)
        for place, source in sources()
        if numbers(source["es"]) != numbers(source["en"])
    ]

    assert differing == []


def test_every_work_is_cited():
    named = {key for _place, source in sources() for key in cited(source["es"], "es")}

    assert {work.key for work in works("es")} == named


@pytest.mark.parametrize("language", LANGUAGES)
def test_works_have_one_name_each_and_say_how_to_find_them(language):
    found = works(language)

    assert len({work.key for work in found}) == len(found)
    assert len({work.name for work in found}) == len(found)
    assert {work.kind for work in found} == set(KINDS)
    assert [w.key for w in found if not (w.full and w.issuer and w.where)] == []
    assert [w.key for w in found if "; " in w.name or "http" in w.where] == []


@pytest.mark.parametrize(
    ("source", "parts"),
    [
        ("Protocolo de Palermo", []),
        ("Protocolo de Palermo, arts. 3(b)-(c) y 14(2)", []),
        ("Colección de Tratados de las Naciones Unidas, cap. IV-11", []),
        ("Elaboración docente a partir del Protocolo de Palermo, art. 3", []),
        ("Caso ficticio; elaboración docente", []),
        ("Palermo", ["Palermo"]),
        ("Protocolo de Palermos", ["Protocolo de Palermos"]),
        ("Protocolo de Palermo; ejemplo propio", ["ejemplo propio"]),
        (
            "Protocolo de Palermo, art. 3, según la prensa",
            ["Protocolo de Palermo, art. 3, según la prensa"],
        ),
    ],
)
def test_unresolved_tells_a_work_from_a_remark(source, parts):
    assert unresolved(source, "es") == parts


def test_cited_keeps_the_order_of_the_source():
    source = "Palermo Protocol, art. 3(a); teaching material; Méndez Principles (2021)"

    assert cited(source, "en") == ["palermo-protocol", "mendez-principles"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_shows_every_work_by_kind(client, db, language, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get(f"/{language}/sources/")

    body = answer.content.decode()
    shown = [work for _kind, _name, some in answer.context["groups"] for work in some]
    assert sorted(work.key for work in shown) == sorted(w.key for w in works(language))
    for work in works(language):
        assert f'id="{work.key}"' in body
        for text in (work.name, work.full, work.issuer, work.where):
            assert escape(text) in body


def test_lessons_and_help_lead_to_the_page(client, edition):
    for address in ("/es/trata/modulo-uno/leccion-1/", "/es/help/"):
        assert 'href="/es/sources/"' in client.get(address).content.decode()
