"""Screens of pages of reasons: written by one, read by others under a number."""

import pytest
import time_machine

from courses.models import Paper
from lms.models import Event
from tests.courses.reasoning.building import KEYS, TEXT, a_paper, an_edition, read
from tests.factories import NOON, EnrolmentFactory

pytestmark = pytest.mark.django_db
MARKED = {f"level-{key}": "2" for key in KEYS} | {"comment": "Cite la norma."}


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


def page(client, who, address, **posted):
    client.force_login(who)
    if posted:
        return client.post(f"/en/{address}", posted)
    return client.get(f"/en/{address}")


def words(answer):
    return " ".join(answer.content.decode().split())


def test_a_learner_saves_a_draft_and_hands_it_in_once(client, ana, tomas, asked):
    enrolment = EnrolmentFactory(learner=ana, edition=asked.edition)
    address = f"learn/enrolments/{enrolment.pk}/reasons/"
    assert address in words(page(client, ana, f"learn/enrolments/{enrolment.pk}/"))

    early = page(client, ana, address, text="Dos palabras", go="hand-in")
    page(client, ana, address, text="Dos palabras", go="save")
    shown = words(page(client, ana, address))

    assert early.status_code == 422
    assert "Write 120 words or more." in words(early)
    assert "No real people, no real cases" in shown
    assert "2 words as of the last time you saved." in shown
    assert "data-" not in shown.partition("<main")[2].partition("</main")[0]
    for text in (TEXT, "Otra"):
        answer = page(client, ana, address, text=text, go="hand-in")
        assert answer.status_code == 302
    assert Paper.objects.get().text.strip() == TEXT.strip()
    assert "Your page waits for a trainer" in words(page(client, ana, address))


def test_nothing_is_asked_where_the_edition_asks_nothing(client, ana):
    enrolment = EnrolmentFactory(learner=ana, edition=an_edition())

    answer = page(client, ana, f"learn/enrolments/{enrolment.pk}/reasons/")

    assert answer.status_code == 404


def test_a_trainer_marks_a_page_without_learning_whose_it_is(
    client, ana, tomas, rosa, asked
):
    paper = a_paper(ana, asked)
    address = f"team/papers/{paper.pk}/"

    listed, shown = (page(client, tomas, one) for one in ("team/papers/", address))

    assert paper.number in words(listed)
    assert "you may guess whose this is" in words(shown)
    for answer in (listed, shown):
        for secret in ("Ruiz", "Ana", "ana@", str(paper.enrolment_id), str(ana.uuid)):
            assert secret not in answer.content.decode()
    assert page(client, rosa, address).status_code == 404
    assert page(client, tomas, address, comment="x").status_code == 422
    assert page(client, tomas, address, **MARKED).status_code == 302
    assert page(client, tomas, address, **MARKED).status_code == 404
    looks = Event.objects.filter(kind=Event.Kind.LOOK, subjects=ana)
    assert {event.actor for event in looks} == {tomas}


def test_a_learner_reads_the_marking_and_asks_for_another(client, ana, tomas, asked):
    paper = a_paper(ana, asked)
    read(paper, tomas, facts=2, comment="<b>Bien</b>")
    address = f"learn/enrolments/{paper.enrolment_id}/reasons/"

    shown = words(page(client, ana, address))

    assert "Good</b> facts bien (en)" in shown
    assert "&lt;b&gt;Bien&lt;/b&gt;" in shown
    assert "Tomás" not in shown
    assert page(client, ana, f"{address}again/", reason=" ").status_code == 422
    assert page(client, ana, f"{address}again/", reason="Cité.").status_code == 302
    assert page(client, ana, f"{address}again/", reason="Más.").status_code == 422
    assert "Somebody else is to mark your page." in words(page(client, ana, address))


def test_agreement_is_hidden_below_its_threshold_and_shown_above(
    client, tomas, rosa, asked, monkeypatch
):
    from tests.factories import CohortFactory, PersonFactory

    people = PersonFactory.create_batch(5)
    CohortFactory(trainers=[tomas], members=people)
    for number, person in enumerate(people):
        said = words(page(client, tomas, "team/papers/"))
        assert ("fewer than 5" in said) is (number > 0)
        paper = a_paper(person, asked, twice=True)
        read(paper, tomas, facts=2, norm=0)
        read(paper, rosa, facts=2)
    said = words(page(client, tomas, "team/papers/"))

    assert "fewer than 5" not in said
    assert '<td class="number">5</td>' in said or ">5<" in said
    assert "0.60" in said
