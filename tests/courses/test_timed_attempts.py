"""Final tests with a time limit: frozen at the start, over by the server's clock."""

from datetime import datetime, timedelta

import pytest
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses import actions
from courses.assigning.actions import except_person
from courses.following.words import attempt_in_words
from courses.models import Attempt, Completion, Edition, QuestionVersion
from courses.results import attempts
from courses.tasks import hand_in_tests_that_are_over
from lms.models import Cohort
from lms.refusals import Refused
from tests import factories
from tests.courses.answering import KEPT, RIGHT, begin, kept, text, url
from tests.courses.assigning.conftest import make_assignment
from tests.factories import right_answer

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def timed(edition) -> Edition:
    """Give the final test forty minutes."""
    edition.final_minutes = 40
    edition.save()
    return edition


def start(enrolment, activity, at):
    return actions.start_attempt(enrolment, activity=activity, at=at)


def test_an_edition_freezes_the_minutes_and_an_attempt_its_end(ana, course_page, at):
    course_page.final_minutes = 40
    course_page.save_revision().publish()
    course_page.refresh_from_db()
    edition = factories.make_edition(course_page)
    enrolment = factories.EnrolmentFactory(learner=ana, edition=edition)
    *_others, practice, final = [row.activity for row in edition.activities.all()]

    tried = [start(enrolment, activity, at) for activity in (practice, final)]
    Edition.objects.update(final_minutes=5)

    again = start(enrolment, final, at + MINUTE)
    assert edition.final_minutes == 40
    assert [one.ends_at for one in tried] == [None, at + 40 * MINUTE]
    assert again.ends_at == at + 40 * MINUTE


def test_the_first_page_says_the_limit_before_the_start(client, ana, enrolment, timed):
    client.force_login(ana)

    page = text(client.get("/en/trata-en/prueba-final-en/"))

    assert "40 minutes from the start." in page
    assert "runs on while you are away or your line is cut" in page
    assert "what you have saved is handed in and graded" in page


def test_the_editor_is_told_the_limit_when_an_edition_opens(client, admin, course_page):
    client.force_login(admin)
    address = reverse("open_edition", args=[course_page.pk])
    without = text(client.get(address))
    type(course_page).objects.filter(pk=course_page.pk).update(final_minutes=40)

    limited = text(client.get(address))
    course = text(client.get("/es/trata/"))

    assert "La prueba final no tendrá límite de tiempo." in without
    assert "La prueba final durará 40 minutos" in limited
    assert "Cada intento dura 40 minutos como máximo." in course


def test_extra_minutes_of_a_person_are_hers_and_said_before_the_start(
    client, ana, bruno, tomas, enrolment, activities, timed, at
):
    except_person(
        make_assignment(Cohort.objects.get(), timed.course, by=tomas),
        ana,
        due_on=None,
        extra_attempts=0,
        extra_minutes=20,
        reason="Usa un lector de pantalla",
        by=tomas,
        at=at,
    )
    client.force_login(ana)

    page = text(client.get("/en/trata-en/prueba-final-en/"))

    other = factories.EnrolmentFactory(learner=bruno, edition=timed)
    assert "You have 20 minutes more, which your trainer gave you." in page
    assert start(enrolment, activities["final"], at).ends_at == at + 60 * MINUTE
    assert start(other, activities["final"], at).ends_at == at + 40 * MINUTE


@pytest.fixture
def begun(enrolment, activities, timed):
    """Ana's attempt, which began now and ends in forty minutes."""
    return begin(enrolment, activities["final"])


@pytest.fixture
def later(begun, time_machine):
    """Go to so long after the end."""

    def move(since: timedelta) -> None:
        time_machine.move_to(begun.ends_at + since, tick=False)

    return move


def test_the_pages_of_an_attempt_say_when_it_ends(client, ana, begun, later):
    client.force_login(ana)
    end = timezone.localtime(begun.ends_at).strftime("%H:%M")
    later(-12 * MINUTE)

    first, asked, review = (
        text(client.get(path))
        for path in (
            "/es/trata/prueba-final/",
            url(begun, language="es"),
            url(begun, "review/", language="es"),
        )
    )

    said = f"Termina a las {end}, hora de Guatemala; al abrir esta página quedan 12 min"
    assert said in first
    assert said in asked
    assert said in review


def test_answers_sent_in_time_have_a_minute_to_arrive(client, ana, begun, later):
    client.force_login(ana)
    later(MINUTE)

    sent = client.post(url(begun), RIGHT | {"go": "stay"}, follow=True)

    assert kept(begun) == KEPT
    assert sent.redirect_chain[-1][0] == url(begun, "review/")
    assert "Your time is over" in text(sent)
    client.post(url(begun, "submit/"))
    begun.refresh_from_db()
    assert (begun.points, begun.submitted_at) == (5, begun.ends_at)
    assert begun.by_clock is False


def test_answers_after_the_grace_are_refused_and_what_was_saved_is_graded(
    client, ana, begun, later
):
    client.force_login(ana)
    client.post(url(begun), {"q-1": "2", "go": "stay"})
    later(MINUTE + SECOND)

    answer = client.post(url(begun), RIGHT | {"go": "stay"})

    begun.refresh_from_db()
    page = text(answer)
    assert answer.status_code == 409
    assert "arrived too late and were not kept" in page
    assert "Handed in by the clock on" in page
    assert (begun.points, begun.submitted_at) == (1, begun.ends_at)
    assert begun.by_clock is True


@pytest.mark.parametrize("tail", ["", "review/", "submit/"])
def test_whatever_is_opened_after_the_end_leads_to_the_results(
    client, ana, begun, later, tail
):
    client.force_login(ana)
    later(5 * MINUTE)
    send = client.post if tail == "submit/" else client.get

    page = text(send(url(begun, tail), follow=True))

    begun.refresh_from_db()
    assert "Handed in by the clock on" in page
    assert (begun.by_clock, begun.submitted_at) == (True, begun.ends_at)


def test_the_sweep_hands_in_what_is_over_and_one_that_fails_stops_none(
    bruno, begun, timed, later
):
    other = begin(
        factories.EnrolmentFactory(learner=bruno, edition=timed), begun.activity
    )
    Attempt.objects.filter(pk=begun.pk).update(ends_at=begun.ends_at - SECOND)
    begun.items.filter(position=1).update(answer=["b"])
    asked_only_there = begun.items.with_version().get(position=1).version
    other.items.get(position=1).delete()
    QuerySet(QuestionVersion).filter(pk=asked_only_there.pk).update(document={})
    later(MINUTE + SECOND)

    with pytest.raises(ExceptionGroup, match="could not be handed in"):
        actions.hand_in_overdue(at=timezone.now())

    begun.refresh_from_db()
    other.refresh_from_db()
    assert begun.is_open
    assert (other.by_clock, other.submitted_at) == (True, other.ends_at)


def test_the_course_of_whom_the_clock_hands_in_is_completed_after_all_its_parts(
    begun, activities, later
):
    answers = {item.position: right_answer(item) for item in begun.items.with_version()}
    actions.save_answers(begun, answers=answers, at=begun.started_at)
    read_at = begun.ends_at + 5 * MINUTE
    for lesson in ("lesson-1", "lesson-2"):
        actions.complete_activity(
            begun.enrolment,
            activity=activities[lesson],
            language="es",
            revision=1,
            at=read_at,
        )

    done = hand_in_tests_that_are_over.func

    later(10 * MINUTE)
    assert done() == 1
    assert done() == 0
    begun.enrolment.refresh_from_db()
    test = Completion.objects.get(activity=begun.activity)
    assert test.at == begun.ends_at
    assert begun.enrolment.completed_at == read_at


def test_wherever_an_attempt_is_told_it_says_that_the_clock_handed_it_in(
    client, ana, begun, later
):
    later(2 * MINUTE)
    attempt = actions.hand_in_if_over(begun, at=timezone.now())
    client.force_login(ana)

    progress = text(client.get(f"/en/learn/enrolments/{begun.enrolment_id}/"))
    test = text(client.get("/en/trata-en/prueba-final-en/"))
    with override("en"):
        to_a_trainer = attempt_in_words(attempt)
        (exported,) = attempts(ana, "en")

    assert ", handed in by the clock" in progress
    assert "The time was over, and the clock handed it in." in test
    assert to_a_trainer == "0/5, attempt 1, not passed, handed in by the clock"
    assert exported["handed in by the clock"] is True


# Of five minutes: the end is after 300 seconds, that of the grace after 360.
MOMENTS = [0, 1, 150, 299, 300, 301, 330, 359, 360, 361, 362, 370, 380, 389, 391, 900]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(MOMENTS),
        st.sampled_from(["save", "save", "save", "hand in", "open", "sweep"]),
        st.sampled_from([["a"], ["b"], ["c"]]),
    ),
    max_size=12,
).map(sorted)
SWEEP = timedelta(seconds=30)


class Story:
    """An attempt of five minutes, and what must become of it whatever is done."""

    def __init__(self, attempt, *, phase: int):
        self.attempt, self.now = attempt, attempt.started_at
        self.closes_at = attempt.ends_at + MINUTE
        # The first sweep that comes by once nothing more is kept.
        since = (self.closes_at - self.now - phase * SECOND) // SWEEP
        self.swept_at = self.now + phase * SECOND + (since + 1) * SWEEP
        self.saved = None
        self.graded: list[tuple] = []

    def go_on_to(self, moment: datetime) -> None:
        if self.now <= self.swept_at < moment:
            actions.hand_in_overdue(at=self.swept_at)
            self.look(at=self.swept_at)
        self.now = moment

    def do(self, what: str, answer: list[str]) -> None:
        attempt = Attempt.objects.with_context().get(pk=self.attempt.pk)
        match what:
            case "save":
                self.save(attempt, answer)
            case "hand in":
                actions.submit_attempt(attempt, language="es", at=self.now)
            case "open":
                actions.hand_in_if_over(attempt, at=self.now)
            case "sweep":
                actions.hand_in_overdue(at=self.now)
        self.look(at=self.now)

    def save(self, attempt, answer: list[str]) -> None:
        is_kept = not self.graded and self.now <= self.closes_at
        try:
            actions.save_answers(attempt, answers={1: answer}, at=self.now)
        except Refused:
            assert not is_kept
        else:
            assert is_kept
            self.saved = answer

    def look(self, *, at) -> None:
        """Whatever was graded once is never graded otherwise."""
        attempt = Attempt.objects.get(pk=self.attempt.pk)
        item = attempt.items.get(position=1)
        assert item.answer == self.saved
        if attempt.is_open:
            assert at <= self.swept_at
            return
        grade = (attempt.submitted_at, attempt.by_clock, attempt.points)
        if not self.graded:
            moment = min(at, attempt.ends_at)
            expected = (moment, at > self.closes_at, int(self.saved == ["b"]))
            assert at <= self.swept_at
            assert grade == expected
        self.graded.append(grade)
        assert len(set(self.graded)) == 1


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS, phase=st.integers(0, 29))
def test_whatever_happens_an_attempt_is_graded_once_in_time_and_as_saved(
    enrolment, activities, timed, steps, phase
):
    with transaction.atomic():
        Edition.objects.update(final_minutes=5)
        enrolment.edition.refresh_from_db()
        story = Story(begin(enrolment, activities["final"]), phase=phase)

        for seconds, what, answer in steps:
            story.go_on_to(story.attempt.started_at + seconds * SECOND)
            story.do(what, answer)
        story.go_on_to(story.swept_at + HOUR)

        assert story.graded
        transaction.set_rollback(True)
