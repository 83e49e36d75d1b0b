"""Pages of reasons: kept sealed, handed in once, read by others, settled."""

import pytest
from django.db import IntegrityError, transaction

from courses.models import Marking, Paper
from courses.reasoning import actions
from courses.reasoning.facts import agreements, has_reader, may_be_guessed
from courses.reasoning.facts import to_be_read_by as papers_for
from lms.models import CohortMember, Event, User
from lms.refusals import Refused
from tests.courses.reasoning.building import TEXT, a_paper, an_edition, read
from tests.factories import NOON, CohortFactory, EnrolmentFactory, PersonFactory

pytestmark = pytest.mark.django_db
DAY = NOON.date()


def waiting(*viewers):
    """Return the numbers of the pages that each may read."""
    return [[one.number for one in papers_for(who, at=NOON)] for who in viewers]


def refused(action, *given, **facts):
    with pytest.raises(Refused) as refusal:
        action(*given, at=NOON, **facts)
    return refusal.value.reasons


def test_a_draft_is_kept_sealed_until_it_is_handed_in_once(ana, asked):
    enrolment = EnrolmentFactory(learner=ana, edition=asked.edition)
    say = {"language": "es"}

    draft = actions.save_draft(enrolment, text="Secreto", at=NOON, **say)

    assert draft.text == "Secreto"
    assert "Secreto" not in draft.sealed
    assert refused(actions.hand_in, enrolment, text="Secreto", **say) == ["too-short"]
    paper = actions.hand_in(enrolment, text=TEXT, at=NOON, **say)
    assert actions.hand_in(enrolment, text="Otra", at=NOON, **say).text == TEXT
    assert refused(actions.save_draft, enrolment, text="x", **say) == ["handed-in"]
    assert refused(actions.save_draft, enrolment, text="\x00", **say) == ["unreadable"]
    assert Paper.objects.get() == paper


def test_what_nobody_asked_for_is_not_written(ana):
    enrolment = EnrolmentFactory(learner=ana, edition=an_edition())

    assert refused(actions.hand_in, enrolment, text=TEXT, language="es") == [
        "not-asked"
    ]


def test_a_trainer_of_the_cohort_reads_first_then_one_of_the_country(
    ana, tomas, rosa, hector, asked
):
    paper = a_paper(ana, asked, twice=True)
    a_paper(tomas, asked)  # his own, and nobody trains him

    assert waiting(tomas, rosa, hector, ana) == [[paper.number], [], [], []]
    read(paper, tomas)
    assert waiting(tomas, rosa, hector) == [[], [paper.number], []]
    read(paper, rosa)
    assert waiting(tomas, rosa, hector) == [[], [], []]


def test_where_a_country_has_no_other_trainer_one_of_another_reads(
    ana, tomas, hector, asked
):
    paper = a_paper(ana, asked, twice=True)
    read(paper, tomas)

    assert waiting(hector) == [[paper.number]]


def test_nobody_reads_what_shielded_people_or_who_left_wrote(ana, tomas, rosa, asked):
    paper = a_paper(ana, asked, twice=True)
    User.objects.filter(pk=ana.pk).update(shielded=True)

    assert waiting(tomas) == [[]]
    assert not has_reader(ana, on=DAY)
    User.objects.filter(pk=ana.pk).update(shielded=False)
    assert has_reader(ana, on=DAY)
    assert not has_reader(tomas, on=DAY)
    read(paper, tomas)
    User.objects.filter(pk=ana.pk).update(closed_at=NOON, is_active=False)
    assert waiting(rosa) == [[]]


def test_one_reading_stands_and_is_in_the_log(ana, tomas, rosa, asked):
    paper = a_paper(ana, asked)

    marking = read(paper, tomas, facts=2, comment=" Cite la norma. ")

    paper.refresh_from_db()
    assert paper.levels == {"facts": 2, "norm": 1, "doubt": 1, "result": 1}
    assert paper.settled_at == NOON
    assert marking.comment == "Cite la norma."
    assert "norma" not in marking.sealed
    event = Event.objects.get(purpose=actions.PURPOSE)
    assert [event.actor, *event.subjects.all()] == [tomas, ana]
    told = {"levels": marking.levels, "comment": ""}
    assert refused(actions.mark, paper, by=rosa, **told) == ["read-by-others"]
    assert refused(actions.mark, paper, by=ana, **told) == [
        "own-paper",
        "read-by-others",
    ]


@pytest.mark.parametrize(
    ("second", "wanted", "settled"),
    [({"facts": 2}, 2, True), ({"facts": 2, "norm": 0}, 3, False)],
)
def test_a_third_reads_where_two_are_far_apart(
    ana, tomas, rosa, hector, asked, second, wanted, settled
):
    paper = a_paper(ana, asked, twice=True)
    read(paper, tomas)
    read(paper, rosa, **second)

    paper.refresh_from_db()

    assert (paper.wanted, paper.settled_at is not None) == (wanted, settled)
    if not settled:
        assert waiting(hector) == [[paper.number]]
        read(paper, hector, norm=2)
        paper.refresh_from_db()
        assert paper.levels == {"facts": 1, "norm": 1, "doubt": 1, "result": 1}


def test_another_reading_is_asked_for_once(ana, tomas, rosa, asked):
    paper = a_paper(ana, asked)
    assert "not-marked-yet" in refused(actions.ask_again, paper, reason="No")
    read(paper, tomas, norm=0)
    paper.refresh_from_db()

    actions.ask_again(paper, reason="Cité la norma.", at=NOON)

    paper.refresh_from_db()
    assert paper.reason == "Cité la norma."
    assert waiting(tomas, rosa) == [[], [paper.number]]
    read(paper, rosa)
    paper.refresh_from_db()
    assert paper.levels["norm"] == 1
    assert refused(actions.ask_again, paper, reason="Más") == ["asked-before"]


def test_the_database_refuses_a_reading_of_ones_own_and_a_second_first(
    ana, tomas, asked
):
    paper = a_paper(ana, asked)
    row = {"paper": paper, "author": ana, "levels": {}, "at": NOON, "position": 1}
    Marking.objects.create(marker=tomas, **row)

    for other in (
        {"marker": ana, "position": 2},
        {"marker": tomas, "position": 2},
        {"marker": PersonFactory()},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Marking.objects.create(**row | other)


def test_agreement_counts_pages_that_chance_chose(ana, tomas, rosa, asked):
    """Two pages; one was read again because its writer asked for it."""
    for person, twice in ((ana, True), (PersonFactory(), False)):
        cohort = tomas.trainer_rows.get().cohort
        CohortMember.objects.get_or_create(
            cohort=cohort, person=person, defaults={"from_on": DAY}
        )
        paper = a_paper(person, asked, twice=twice)
        read(paper, tomas, facts=2, norm=0)
        paper.refresh_from_db()
        if not twice:
            actions.ask_again(paper, reason="No", at=NOON)
        read(paper, rosa, facts=2)

    [found] = agreements()

    assert (found.papers, found.is_hidden) == (1, True)
    # Levels 2 0 1 1 and 2 1 1 1: apart 1 of 4; by chance 10 of 16.
    assert found.kappa == pytest.approx(1 - 1 * 4 / 10)


def test_of_few_pages_a_trainer_may_know_whose_one_is(ana, tomas, asked):
    paper = a_paper(ana, asked)

    assert may_be_guessed(paper, viewer=tomas, at=NOON)
    CohortFactory(trainers=[tomas], members=[PersonFactory()])
    cohort = tomas.trainer_rows.order_by("pk").first().cohort
    for _person in range(2):
        other = PersonFactory()
        CohortMember.objects.create(cohort=cohort, person=other, from_on=DAY)
        a_paper(other, asked)
    assert not may_be_guessed(paper, viewer=tomas, at=NOON)
