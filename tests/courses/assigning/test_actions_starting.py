"""Starting an assigned course, with and without a superior who approves."""

from datetime import UTC, date, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings

from courses.actions import enrol
from courses.assigning.actions import decide_request, name_superior, start
from courses.assigning.actions.starting import PURPOSE
from courses.assigning.asked import link_of, request_of
from courses.assigning.mails import superior_answer, superior_request
from courses.assigning.rules import State, Superior, token_of
from courses.assigning.standing import own_standing
from courses.models import Assignment, Enrolment, SuperiorRequest
from lms.belonging.actions import lift_shield, shield
from lms.mail.models import Letter
from lms.models import Cohort, CohortMember, Event
from lms.refusals import Refused
from lms.team.actions import name_superior as say_who_is_above
from tests.courses.assigning.conftest import DAY, join, make_assignment
from tests.factories import NOON, CohortFactory, EnrolmentFactory, rival

pytestmark = pytest.mark.django_db
BOSS = "jefatura@example.org"


def refusal(call):
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.reasons


@pytest.fixture
def asking(cohort, assignment):
    """The cohort asks superiors, and Ana's is named."""
    Cohort.objects.update(asks_superior=True)
    CohortMember.objects.update(superior_name="Marta Chen", superior_address=BOSS)
    return assignment


def test_starting_enrols(ana, assignment):
    started = start(ana, assignment=assignment, at=NOON)

    assert started == Enrolment.objects.get(learner=ana)
    assert start(ana, assignment=assignment, at=NOON + DAY) == started


def test_what_is_not_assigned_is_not_started(bruno, assignment):
    assert refusal(lambda: start(bruno, assignment=assignment, at=NOON)) == [
        "not-assigned"
    ]


@pytest.mark.parametrize("with_button", ["start", "enrol"])
def test_both_buttons_wait_for_the_day_and_for_the_other_course(
    with_button, ana, assignment, second, edition
):
    def begin(at=NOON):
        if with_button == "start":
            return start(ana, assignment=second, at=at)
        return enrol(ana, course=second.course, at=at)

    Assignment.objects.filter(pk=second.pk).update(opens_on=date(2026, 11, 9))
    assert refusal(begin) == ["not-open-yet"]
    assert refusal(lambda: begin(NOON + 7 * DAY)) == ["waits-for-course"]

    EnrolmentFactory(learner=ana, edition=edition, completed_at=NOON)

    assert begin(NOON + 7 * DAY).course == second.course


def test_being_assigned_takes_away_nothing_that_another_cohort_allows(
    ana, tomas, assignment
):
    Assignment.objects.update(opens_on=date(2026, 11, 9))
    assert refusal(lambda: enrol(ana, course=assignment.course, at=NOON)) == [
        "not-open-yet"
    ]

    other = CohortFactory(trainers=[tomas], members=[ana])
    make_assignment(other, assignment.course, by=tomas)

    assert start(ana, assignment=assignment, at=NOON).learner == ana


@pytest.mark.parametrize("over", ["left", "archived", "withdrawn", "last day"])
def test_a_cohort_that_is_over_makes_nobody_wait(over, ana, assignment):
    Assignment.objects.update(opens_on=date(2026, 11, 9))
    if over == "left":
        ana.member_rows.update(until_on=NOON.date() - DAY)
    if over == "archived":
        Cohort.objects.update(archived_at=NOON)
    if over == "withdrawn":
        Assignment.objects.update(withdrawn_at=NOON)
    if over == "last day":
        Cohort.objects.update(until_on=NOON.date() - DAY)

    assert enrol(ana, course=assignment.course, at=NOON).learner == ana


@pytest.mark.parametrize("over", [False, True])
def test_a_cohort_is_over_at_its_own_midnight(over, ana, assignment):
    """It ends in Tijuana, two hours after the day has ended in Guatemala."""
    Assignment.objects.update(opens_on=date(2026, 11, 9))
    Cohort.objects.update(until_on=NOON.date(), time_zone="America/Tijuana")
    moment = datetime(2026, 11, 3, 8 if over else 7, tzinfo=UTC)

    def begin():
        return enrol(ana, course=assignment.course, at=moment)

    if over:
        assert begin().learner == ana
    else:
        assert refusal(begin) == ["not-open-yet"]


def test_who_is_assigned_nothing_is_asked_one_thing_more(
    django_assert_max_num_queries, bruno, assignment
):
    with django_assert_max_num_queries(12):
        assert enrol(bruno, course=assignment.course, at=NOON).learner == bruno


def test_a_superior_is_asked_once(ana, asking):
    asked = start(ana, assignment=asking, at=NOON)

    assert start(ana, assignment=asking, at=NOON + DAY) == asked
    assert (asked.superior_name, asked.superior_address) == ("Marta Chen", BOSS)
    end = datetime(2026, 11, 17, 6, tzinfo=UTC)  # of the 16th, in Guatemala
    assert asked.until_at == end - timedelta(seconds=1)
    assert asked.until_on == date(2026, 11, 16)
    letter = Letter.objects.get()
    assert (letter.address, letter.person, letter.template, letter.facts) == (
        BOSS,
        None,
        "superior_request",
        {"request": str(asked.uuid)},
    )
    assert not Enrolment.objects.exists()
    assert refusal(lambda: enrol(ana, course=asking.course, at=NOON)) == [
        "waits-for-superior"
    ]


def test_of_two_clicks_at_once_one_asks(ana, asking):
    other = SuperiorRequest(
        assignment=asking,
        person=ana,
        superior_address=BOSS,
        token_hash="x" * 64,
        asked_at=NOON,
        until_at=NOON + DAY,
    )

    with rival(other):
        asked = start(ana, assignment=asking, at=NOON)

    assert asked == other
    assert Letter.objects.get().event == f"superior_request:{other.uuid}"


def test_a_superior_who_did_not_answer_in_time_is_asked_anew(ana, asking):
    first = start(ana, assignment=asking, at=NOON)

    again = start(ana, assignment=asking, at=first.until_at)

    first.refresh_from_db()
    assert first.lapsed_at == first.until_at
    assert again != first
    assert request_of(token(first), at=NOON + DAY) is None
    assert Letter.objects.count() == 2


def test_another_superior_is_asked_instead(ana, asking):
    first = start(ana, assignment=asking, at=NOON)
    CohortMember.objects.update(superior_address="otra@example.org")
    (mine,) = own_standing(ana, at=NOON)
    assert mine.request is None

    again = start(ana, assignment=asking, at=NOON + DAY)

    first.refresh_from_db()
    assert first.lapsed_at == NOON + DAY
    assert again.superior_address == "otra@example.org"
    assert request_of(token(again), at=NOON + DAY) == again


def token(request) -> str:
    return token_of(PURPOSE, request.uuid, key=settings.SECRET_KEY)


def test_who_said_nothing_of_their_work_or_superior_is_asked_that_first(ana, asking):
    ana.track = ""
    assert refusal(lambda: start(ana, assignment=asking, at=NOON)) == ["post-missing"]

    ana.track = "judge"
    CohortMember.objects.update(superior_address="")
    assert refusal(lambda: start(ana, assignment=asking, at=NOON)) == [
        "superior-missing"
    ]


OTHER = {"name": "Otra", "address": "otra@example.org"}


def test_whom_the_learner_named_is_asked_once_a_trainer_said_so(ana, tomas, asking):
    """It could be a second mailbox of hers, by which she would approve herself."""
    CohortMember.objects.update(superior_name="", superior_address="")

    name_superior(ana, assignment=asking, at=NOON, **OTHER)

    row = ana.member_rows.get()
    assert (row.superior_address, row.superior_unconfirmed) == (OTHER["address"], True)
    assert refusal(lambda: start(ana, assignment=asking, at=NOON)) == [
        "superior-unconfirmed"
    ]
    assert not Letter.objects.exists()
    (standing,) = own_standing(ana, at=NOON)
    assert standing.superior is Superior.UNCONFIRMED

    say_who_is_above(row, by=tomas, at=NOON, **OTHER)

    assert start(ana, assignment=asking, at=NOON).superior_address == OTHER["address"]
    assert Letter.objects.get().address == OTHER["address"]


def test_a_question_to_whom_no_trainer_confirms_is_not_open(ana, asking):
    asked = start(ana, assignment=asking, at=NOON)
    CohortMember.objects.update(superior_unconfirmed=True)

    token = token_of(PURPOSE, asked.uuid, key=settings.SECRET_KEY)
    assert request_of(token, at=NOON) is None


def test_whom_the_trainer_named_is_not_replaced(ana, asking):
    name_superior(ana, assignment=asking, at=NOON, **OTHER)

    assert start(ana, assignment=asking, at=NOON).superior_address == BOSS


@pytest.mark.parametrize("verified", [True, False])
def test_a_mailbox_of_the_learner_is_asked_by_nobodys_word(ana, asking, verified):
    """The trainer, or their list, did not know that it is hers."""
    EmailAddress.objects.create(user=ana, email=BOSS, verified=verified)
    CohortMember.objects.update(superior_address=BOSS.replace("@", "+x@"))

    assert refusal(lambda: start(ana, assignment=asking, at=NOON)) == [
        "superior-is-oneself"
    ]
    assert not Letter.objects.exists()


@pytest.mark.parametrize(
    "address", ["ana@example.org", "ANA@example.org", "Ana+jefa@example.org"]
)
def test_nobody_names_oneself(ana, asking, address):
    assert refusal(
        lambda: name_superior(
            ana, assignment=asking, name="Ana", address=address, at=NOON
        )
    ) == ["own-address"]
    assert ana.member_rows.get().superior_address == BOSS


def test_a_yes_enrols_at_once_and_is_told(ana, asking):
    asked = start(ana, assignment=asking, at=NOON)

    decide_request(asked, approve=True, at=NOON + DAY)

    assert Enrolment.objects.get().learner == ana
    asked.refresh_from_db()
    assert (asked.approved, asked.decided_at, asked.reason) == (True, NOON + DAY, "")
    event = Event.objects.get()
    assert (event.actor, event.kind, event.purpose) == (
        None,
        Event.Kind.DECISION,
        "course approved",
    )
    assert list(event.subjects.all()) == [ana]
    letter = Letter.objects.get(template="superior_answer")
    assert (letter.person, letter.event) == (ana, f"superior_answer:{asked.uuid}")
    assert not letter.urgent  # a superior answers at night as well


def test_a_no_has_a_reason_and_is_not_asked_again_that_day(ana, asking):
    asked = start(ana, assignment=asking, at=NOON)

    decide_request(asked, approve=False, reason="Hay audiencias", at=NOON)

    assert Event.objects.get().purpose == "course not approved"
    (mine,) = own_standing(ana, at=NOON)
    assert (mine.state, mine.request.reason) == (
        State.WAITS_FOR_SUPERIOR,
        "Hay audiencias",
    )
    assert refusal(lambda: start(ana, assignment=asking, at=NOON)) == ["asked-today"]
    assert start(ana, assignment=asking, at=NOON + DAY) != asked
    assert not Enrolment.objects.exists()


@pytest.mark.parametrize("over", [False, True])
def test_an_answer_counts_once_and_in_time(ana, asking, over):
    asked = start(ana, assignment=asking, at=NOON)
    if not over:
        decide_request(asked, approve=False, reason="No", at=NOON)
    at = asked.until_at if over else NOON

    assert refusal(lambda: decide_request(asked, approve=True, at=at)) == [
        "no-longer-open"
    ]
    assert not Enrolment.objects.exists()


def test_a_yes_stands_where_she_cannot_be_enrolled(ana, asking, edition):
    asked = start(ana, assignment=asking, at=NOON)
    type(ana).objects.update(track="")
    asked.person.refresh_from_db()

    decide_request(asked, approve=True, at=NOON)

    assert SuperiorRequest.objects.approved().get() == asked
    assert not Enrolment.objects.exists()


def test_a_shielded_person_starts_without_a_letter(ana, asking):
    ana.shielded = True
    ana.save()

    assert start(ana, assignment=asking, at=NOON).learner == ana
    assert not Letter.objects.exists()


def test_whoever_shields_herself_to_be_asked_about_by_nobody_waits(ana, asking):
    shield(ana, by=ana, reason="", at=NOON + DAY)

    def begin():
        return start(ana, assignment=asking, at=NOON + DAY)

    assert refusal(begin) == ["waits-for-superior"]
    course = asking.course
    assert refusal(lambda: enrol(ana, course=course, at=NOON + DAY)) == [
        "waits-for-superior"
    ]
    assert not Letter.objects.exists()
    assert not Enrolment.objects.exists()

    lift_shield(ana, by=ana, at=NOON + DAY)

    assert begin().superior_address == BOSS


@pytest.mark.parametrize("who", ["ana", "tomas"])
def test_a_shield_of_before_or_of_somebody_else_spares_the_question(
    request, ana, asking, who
):
    by = request.getfixturevalue(who)
    shield(ana, by=by, reason="", at=NOON - DAY if by == ana else NOON + DAY)

    assert start(ana, assignment=asking, at=NOON + DAY).learner == ana
    assert not Letter.objects.exists()


def test_who_joins_later_is_spared_by_a_shield_of_before(bruno, cohort, asking):
    shield(bruno, by=bruno, reason="", at=NOON + DAY)
    join(cohort, bruno, on=NOON.date() + 2 * DAY)

    begun = start(bruno, assignment=asking, at=NOON + 2 * DAY)

    assert begun.learner == bruno


@pytest.mark.parametrize(
    "over",
    [
        "shielded",
        "closed",
        "withdrawn",
        "archived",
        "late",
        "left",
        "other superior",
        "asks no more",
    ],
)
def test_a_link_that_is_over_opens_nothing_and_is_not_sent(
    over, time_machine, ana, asking
):
    time_machine.move_to(NOON, tick=False)
    asked = start(ana, assignment=asking, at=NOON)
    letter = Letter.objects.get()
    assert superior_request(letter) == {
        "url": link_of(asked),
        "until": asked.until_on,
        "again": False,
    }
    assert link_of(asked).endswith(f"/superior/{token(asked)}/")
    assert request_of(token(asked), at=NOON) == asked

    if over == "shielded":
        type(ana).objects.update(shielded=True)
    if over == "closed":
        type(ana).objects.filter(pk=ana.pk).update(is_active=False, closed_at=NOON)
    if over == "withdrawn":
        Assignment.objects.update(withdrawn_at=NOON)
    if over == "archived":
        Cohort.objects.update(archived_at=NOON)
    if over == "left":
        CohortMember.objects.update(until_on=NOON.date() - DAY)
    if over == "other superior":
        CohortMember.objects.update(superior_address="otra@example.org")
    if over == "asks no more":
        Cohort.objects.update(asks_superior=False)
    if over == "late":
        time_machine.move_to(asked.until_at, tick=False)

    assert superior_request(letter) is None
    later = asked.until_at if over == "late" else NOON
    assert request_of(token(asked), at=later) is None


def test_the_answer_is_told_to_an_open_account(ana, asking):
    asked = start(ana, assignment=asking, at=NOON)
    decide_request(asked, approve=True, at=NOON)
    letter = Letter.objects.get(template="superior_answer")

    assert superior_answer(letter)["url"].endswith("/es/my-learning/")

    type(ana).objects.filter(pk=ana.pk).update(is_active=False, closed_at=NOON)
    assert superior_answer(letter) is None
