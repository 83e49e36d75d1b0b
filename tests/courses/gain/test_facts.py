"""Which answers of a person are compared, and that the database adds up rightly."""

from collections import Counter, defaultdict
from datetime import timedelta
from uuid import uuid4

import pytest

from courses.actions import save_question
from courses.gain import facts
from courses.gain.rules import Answers
from courses.models import Activity, Attempt, Question
from lms.people.actions import erase
from lms.people.choices import Role
from tests.courses.gain.conftest import ANCHORS, add_edition
from tests.factories import (
    NOON,
    AffiliationFactory,
    CohortFactory,
    MandateFactory,
    PersonFactory,
    document,
)

pytestmark = pytest.mark.django_db
WRONG, RIGHT = dict.fromkeys(ANCHORS, 0), dict.fromkeys(ANCHORS, 1)


def twice(tested, attempts=None):
    attempts = facts.all_attempts() if attempts is None else attempts
    return facts.answered_twice(attempts, course=tested.edition.course, until=NOON)


def answers(tested, attempts=None):
    found = facts.by_objective(twice(tested, attempts))
    letters = {module: letter for letter, module in tested.modules.items()}
    return {
        (letters[module], track): dict(one) for (module, track), one in found.items()
    }


def test_answers_are_added_up_per_person_and_objective(tested, ana, bruno):
    tested.both(
        ana, before={"A1": 0, "B1": 0, "B2": 1}, after={"A1": 1, "B1": 1, "B2": 1}
    )
    tested.both(bruno, before={"A1": 1, "B1": 0}, after={"A1": 0, "B1": 1, "A9": 0})

    assert answers(tested) == {
        ("A", "judge"): {Answers(1, 0, 1): 1},
        ("B", "judge"): {Answers(2, 1, 2): 1},
        ("A", "prosecutor"): {Answers(1, 1, 0): 1},
        ("B", "prosecutor"): {Answers(1, 0, 1): 1},
    }
    assert facts.together(twice(tested)) == {
        (None, "judge"): {Answers(3, 1, 3): 1},
        (None, "prosecutor"): {Answers(2, 1, 1): 1},
    }


def test_later_tries_do_not_count(tested, ana):
    enrolment = tested.both(ana, before={"A1": 0}, after={"A1": 0})
    tested.answer(enrolment, tested.final, days=10, A1=1)

    assert answers(tested) == {("A", "judge"): {Answers(1, 0, 0): 1}}


def test_leaving_and_coming_back_in_a_run_is_one_pair(tested, ana):
    left = tested.enrol(ana)
    tested.answer(left, tested.pretest, days=50, A1=0)
    left.withdrawn_at = NOON - timedelta(days=40)
    left.save()
    tested.answer(tested.enrol(ana, track="opi"), tested.final, days=20, A1=1)

    assert answers(tested) == {("A", "opi"): {Answers(1, 0, 1): 1}}


def test_another_run_is_not_compared(tested, ana):
    first = tested.enrol(ana)
    tested.answer(first, tested.pretest, days=50, A1=0)
    first.withdrawn_at = NOON - timedelta(days=40)
    first.save()
    again = add_edition(tested.edition.course, "2026-2")
    tested.answer(tested.enrol(ana, edition=again), tested.final, days=20, A1=1)

    assert answers(tested) == {}


def test_final_test_before_the_pretest_is_not_compared(tested, ana):
    enrolment = tested.enrol(ana)
    tested.answer(enrolment, tested.final, days=50, A1=1)
    tested.answer(enrolment, tested.pretest, days=20, A1=1)

    assert answers(tested) == {}


def test_what_is_handed_in_after_the_release_waits(tested, ana):
    enrolment = tested.enrol(ana)
    tested.answer(enrolment, tested.pretest, days=50, A1=0)
    tested.answer(enrolment, tested.final, days=-1, A1=1)

    assert answers(tested) == {}


def test_only_anchors_of_the_course_are_compared(tested, ana):
    Question.objects.filter(code="B1").update(anchor=False)
    Question.objects.filter(code="B2").update(module=uuid4())
    tested.both(ana, before=WRONG, after=RIGHT)

    assert answers(tested) == {("A", "judge"): {Answers(1, 0, 1): 1}}


def test_a_question_is_the_same_in_another_wording(tested, ana):
    enrolment = tested.enrol(ana)
    tested.answer(enrolment, tested.pretest, days=50, A1=0)
    question = tested.questions["A1"]
    save_question(
        question.pk, document=document(mark="otra"), facts={}, by=None, at=NOON
    )
    tested.answer(enrolment, tested.final, days=20, A1=1)

    assert question.versions.count() == 2
    assert answers(tested) == {("A", "judge"): {Answers(1, 0, 1): 1}}


def test_two_handed_in_at_the_same_moment_are_one_pair(tested, ana):
    enrolment = tested.both(ana, before={"A1": 0}, after={"A1": 0})
    tested.answer(enrolment, tested.final, days=20, A1=0)

    assert answers(tested) == {("A", "judge"): {Answers(1, 0, 0): 1}}


def test_sums_are_those_of_plain_python(crowd):
    found: dict = defaultdict(Counter)
    for final in Attempt.objects.filter(activity__kind=Activity.Kind.FINAL):
        pretest = final.enrolment.attempts.get(activity__kind=Activity.Kind.PRETEST)
        before = {item.version.question: item.points for item in pretest.items.all()}
        sums: dict = defaultdict(lambda: [0, 0, 0])
        for item in final.items.all():
            question = item.version.question
            if question in before:
                one = sums[question.module]
                one[0] += 1
                one[1] += before[question]
                one[2] += item.points
        for module, one in sums.items():
            found[module, final.enrolment.track][Answers(*one)] += 1

    assert facts.by_objective(twice(crowd)) == found
    assert len(found) == 6


def test_questions_are_counted_as_plain_python_counts_them(crowd):
    finals = facts.asked_in_finals(
        facts.all_attempts(), course=crowd.edition.course, until=NOON
    )
    again = facts.asked_again(twice(crowd))

    counted: dict = defaultdict(lambda: defaultdict(list))
    for final in Attempt.objects.filter(activity__kind=Activity.Kind.FINAL):
        for item in final.items.all():
            code = item.version.question.code
            counted[code][final.enrolment.track].append(item.points)
    found = {
        code: {track: (len(one), sum(one)) for track, one in by_track.items()}
        for code, by_track in counted.items()
    }
    assert {question.code: by_track for question, by_track in finals.items()} == found
    assert {question.code: by_track for question, by_track in again.items()} == {
        code: found[code] for code in ANCHORS
    }


def counted_for(viewer):
    rows = facts.attempts_counted_for(viewer, on=NOON.date())
    return set(rows.values_list("enrolment__learner__email", flat=True))


def test_ministry_counts_those_who_belonged_at_the_time(tested, judiciary, ines):
    ours = {"institution": judiciary, "confirmed": True}
    posts = {
        "confirmed": ours,
        "later": ours | {"from_on": (NOON - timedelta(days=30)).date()},
        "unconfirmed": {"institution": judiciary},
        "elsewhere": {"confirmed": True},
        "shielded": ours,
    }
    for name, post in posts.items():
        person = PersonFactory(email=f"{name}@example.org", shielded=name == "shielded")
        AffiliationFactory(person=person, **post)
        tested.both(person, before=WRONG, after=RIGHT)

    attempts = facts.attempts_counted_for(ines, on=NOON.date())
    # Of whoever came later, the final test alone: that is no pair.
    assert counted_for(ines) == {"confirmed@example.org", "later@example.org"}
    assert answers(tested, attempts)["A", "judge"] == {Answers(1, 0, 1): 1}


def test_ministry_that_looks_after_shielded_people_counts_none(tested, judiciary, ines):
    person = PersonFactory(shielded=True, country="GT")
    AffiliationFactory(person=person, institution=judiciary, confirmed=True)
    MandateFactory(holder=ines, role=Role.PROTECTION, seat=1)
    tested.both(person, before=WRONG, after=RIGHT)

    assert Attempt.objects.visible_to(ines, on=NOON.date()).count() == 2
    assert counted_for(ines) == set()


def test_shielded_person_is_not_counted_once_erased(tested, judiciary, ines):
    person = PersonFactory(shielded=True)
    AffiliationFactory(person=person, institution=judiciary, confirmed=True)
    tested.both(person, before=WRONG, after=RIGHT)

    erase(person, by=None, at=NOON)

    assert counted_for(ines) == set()


def test_a_second_try_is_no_first_one_where_the_first_is_out_of_sight(
    tested, judiciary, ines
):
    person = PersonFactory()
    enrolment = tested.both(person, before=WRONG, after=RIGHT)
    since = (NOON - timedelta(days=15)).date()
    AffiliationFactory(
        person=person, institution=judiciary, confirmed=True, from_on=since
    )
    tested.answer(enrolment, tested.final, days=10, **RIGHT)

    attempts = facts.attempts_counted_for(ines, on=NOON.date())
    course = tested.edition.course
    assert attempts.count() == 1
    assert not facts.first_ones(attempts, course=course, until=NOON).exists()


def test_ministry_counts_neither_a_cohort_one_trains_nor_oneself(tested, ines, bruno):
    MandateFactory(holder=ines, role=Role.TRAINER)
    CohortFactory(trainers=[ines], members=[bruno])
    for person in (ines, bruno):
        tested.both(person, before=WRONG, after=RIGHT)

    assert Attempt.objects.visible_to(ines, on=NOON.date()).count() == 4
    assert counted_for(ines) == set()


@pytest.mark.parametrize("who", ["hugo", "sofia", "tomas", "admin"])
def test_others_count_nobody(tested, who, judiciary, request):
    person = PersonFactory()
    AffiliationFactory(person=person, institution=judiciary, confirmed=True)
    tested.both(person, before=WRONG, after=RIGHT)

    assert counted_for(request.getfixturevalue(who)) == set()
