"""Screens of pages of reasons: written by one, read by others under a number."""

import pytest
import time_machine

from courses.actions import withdraw
from courses.models import EditionReasoning, Marking, Paper
from lms.models import Event
from tests.courses.reasoning.building import (
    KEYS,
    TEXT,
    a_paper,
    an_edition,
    asking,
    read,
    task_document,
)
from tests.factories import NOON, CohortFactory, EnrolmentFactory, PersonFactory
from tests.payloads import PAYLOADS, alive

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
    client, tomas, rosa, asked
):
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
    assert [">5<" in said, ">0.60<" in said] == [True, True]


def test_the_course_says_that_the_page_is_missing_until_it_is_handed_in(client, ana):
    counting = asking(an_edition(), counts=True)
    enrolment = EnrolmentFactory(learner=ana, edition=counting.edition)
    address = f"learn/enrolments/{enrolment.pk}/"

    owed = words(page(client, ana, address))
    at_home = words(page(client, ana, "my-learning/"))
    page(client, ana, f"{address}reasons/", text=TEXT, go="save")
    withdraw(enrolment, at=NOON)
    page(client, ana, f"{address}reasons/", text=TEXT, go="hand-in")
    left = Paper.objects.get()

    assert "Your page of reasons is missing." in owed
    assert "Write your page of reasons" in owed
    assert f'{address}reasons/">Write your page of reasons' in at_home
    assert left.handed_in_at is None


def test_what_was_handed_in_before_somebody_came_back_counts(client, ana, asked):
    paper = a_paper(ana, asked)
    withdraw(paper.enrolment, at=NOON)
    back = EnrolmentFactory(learner=ana, edition=asked.edition)

    shown = words(page(client, ana, f"learn/enrolments/{back.pk}/"))

    assert f"learn/enrolments/{paper.enrolment_id}/reasons/" in shown
    assert f"learn/enrolments/{back.pk}/reasons/" not in shown


def test_nothing_that_anybody_writes_runs_in_a_browser(client, ana, tomas, asked):
    """Forty scripts as the task, the page, the comment and the reason."""
    scripts = " ".join(PAYLOADS).replace("\x01", "")
    document = task_document(mark=scripts)
    EditionReasoning.objects.update(document=document)
    enrolment = EnrolmentFactory(learner=ana, edition=asked.edition)
    address = f"learn/enrolments/{enrolment.pk}/reasons/"
    sent = [page(client, ana, address, text=f"{TEXT} {scripts}", go="hand-in")]
    Paper.objects.update(drawn_twice=False, wanted=1)
    paper = f"team/papers/{Paper.objects.get().pk}/"

    seen = [page(client, tomas, paper), page(client, tomas, "team/papers/")]
    sent.append(page(client, tomas, paper, **MARKED | {"comment": scripts[:2000]}))
    seen.append(page(client, ana, address))
    sent.append(page(client, ana, f"{address}again/", reason=scripts[:600]))
    seen.append(page(client, ana, address))

    assert [answer.status_code for answer in sent] == [302, 302, 302]
    assert [alive(answer.content.decode()) for answer in seen] == [[], [], [], []]
    assert "&lt;script&gt;hit()" in seen[0].content.decode()
    assert Marking.objects.get().comment == scripts[:2000].strip()
