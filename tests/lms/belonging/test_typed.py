"""Institutions that were typed: told as texts and numbers, named by the country."""

import pytest

from lms.models import Affiliation
from tests.factories import AffiliationFactory, InstitutionFactory, PersonFactory

TYPED = "/es/reports/typed/"
CHOOSE = f"{TYPED}choose/"

pytestmark = pytest.mark.django_db


def typed(text, **facts):
    return AffiliationFactory(
        institution=None,
        institution_typed=text,
        person=PersonFactory(legal_name="Zq Nombre", **facts),
    )


def texts(response):
    return [(t.key, t.people) for t, _url in response.context["texts"]]


def test_texts_are_grouped_by_what_they_have_in_common(enter, elena, looks):
    typed("Juzgado de Paz, Cobán")
    typed("JUZGADO DE PAZ COBAN")
    typed("Fiscalía Zq")
    typed("Lugar de una persona protegida", shielded=True)
    typed("Corte", country="HN")

    page = enter(elena).get(TYPED)

    assert texts(page) == [("juzgado de paz coban", 2), ("fiscalia zq", 1)]
    assert "Zq Nombre" not in page.content.decode()
    assert looks() == []


def test_an_officer_of_one_institution_does_not_name_others(enter, ines):
    assert enter(ines).get(TYPED).status_code == 404
    assert enter(ines).get(CHOOSE).status_code == 404


def test_naming_it_sends_the_people_to_its_queue(enter, elena, judiciary, ines):
    rows = [typed("O. Judicial"), typed("o judicial")]
    browser = enter(elena)
    url = browser.get(TYPED).context["texts"][0][1]

    answer = browser.post(url, {"institution": judiciary.pk})

    assert answer["Location"] == TYPED
    assert texts(browser.get(TYPED)) == []
    lines = enter(ines).get("/es/reports/belonging/").context["claims"]
    assert {line.post.pk for line in lines} == {row.pk for row in rows}


def test_as_many_are_said_to_have_it_as_the_list_counted(enter, elena, judiciary):
    typed("Juzgado X")
    typed("Juzgado X", shielded=True)
    browser = enter(elena)
    [(text, url)] = browser.get(TYPED).context["texts"]

    answer = browser.post(url, {"institution": judiciary.pk}, follow=True)

    assert text.people == 1
    assert [str(message) for message in answer.context["messages"]] == [
        "1 persona tiene ahora esa institución y espera que la institución la confirme."
    ]


def test_institutions_of_another_country_are_as_unknown(enter, elena, court):
    typed("Corte")
    browser = enter(elena)
    url = f"{CHOOSE}?country=GT&is=corte"

    foreign = browser.post(url, {"institution": court.pk})
    unknown = browser.post(url, {"institution": 999999})
    empty = browser.post(url, {})

    assert [a.status_code for a in (foreign, unknown, empty)] == [422] * 3
    assert foreign.context["form"].errors == unknown.context["form"].errors
    assert Affiliation.objects.typed().count() == 1


@pytest.mark.parametrize(
    "query", ["", "?country=HN&is=corte", "?country=GT&is=nada", "?is=corte"]
)
def test_texts_of_others_are_as_unknown(enter, elena, judiciary, query):
    typed("Corte", country="HN")
    browser = enter(elena)

    assert browser.get(CHOOSE + query).status_code == 404
    answer = browser.post(CHOOSE + query, {"institution": judiciary.pk})
    assert answer.status_code == 404
    assert Affiliation.objects.typed().count() == 1


def test_typed_list_asks_as_often_for_three_as_for_one(
    enter, elena, django_assert_max_num_queries
):
    def asked():
        with django_assert_max_num_queries(60) as queries:
            assert enter(elena).get(TYPED).status_code == 200
        return len(queries)

    InstitutionFactory()
    typed("Uno")
    asked()
    few = asked()
    typed("Dos")
    typed("Tres")

    assert asked() == few
