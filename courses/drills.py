"""Does learning stay right when many ask for the same thing at once?

The upper half is what a process of the crew does; the lower half sets ten of them on
one thing and counts what is left of it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from os import getpid
from uuid import UUID, uuid4

from allauth.account.models import EmailAddress
from django.utils import timezone

from courses import actions
from courses.cases.actions import decide, start_run
from courses.cases.rules import options_for
from courses.models import (
    Activity,
    Attempt,
    CaseDecision,
    CaseRun,
    Completion,
    Edition,
    Enrolment,
)
from courses.questions.kinds import kind_of
from courses.syllabus import activities_of
from lms.drills import Finding
from lms.people.choices import Country, Language, Track
from lms.people.models import User
from lms.scratch import CrewedSite, Outcome

RACERS = 10
PASSWORD = "only-for-a-drill"  # noqa: S105 - of people who vanish with the site


def newcomer() -> list[str]:
    """Return a learner who can sign in and has not enrolled."""
    learner = User.objects.create_user(
        f"{uuid4().hex}@drill.example",
        PASSWORD,
        legal_name="Ana Lucía Ruiz Morales",
        country=Country.GUATEMALA,
        track=Track.JUDGE,
    )
    EmailAddress.objects.create(
        user=learner, email=learner.email, verified=True, primary=True
    )
    return [str(learner.uuid)]


def enrolled() -> list[str]:
    """Return the enrolment of a newcomer, and the final test."""
    enrolment = Enrolment.objects.get(pk=enrol(*newcomer()))
    return [str(enrolment.pk), str(final_of(enrolment).pk)]


def answered() -> list[str]:
    """Return the attempt of a learner who completes the course by handing in."""
    enrolment, final = enrolled()
    for lesson in lessons_of(enrolment):
        finish(enrolment, lesson)
    attempt = start(enrolment, final)
    answer_all(attempt)
    return [attempt]


def one_lesson_short() -> list[str]:
    """Return an enrolment that has passed the test, and the lesson it still lacks."""
    enrolment, final = enrolled()
    *others, last = lessons_of(enrolment)
    for lesson in others:
        finish(enrolment, lesson)
    attempt = start(enrolment, final)
    answer_all(attempt)
    hand_in(attempt)
    return [enrolment, last]


def case_begun() -> list[str]:
    """Return a newcomer’s run of a case, which stands at its first step."""
    enrolment = Enrolment.objects.get(pk=enrol(*newcomer()))
    case = next(
        row.activity
        for row in activities_of(enrolment)
        if row.activity.kind == Activity.Kind.CASE
    )
    run = start_run(enrolment, activity=case, role=enrolment.track, at=timezone.now())
    return [str(run.pk)]


def final_of(enrolment: Enrolment) -> Activity:
    rows = activities_of(enrolment)
    return next(r.activity for r in rows if r.activity.kind == Activity.Kind.FINAL)


def lessons_of(enrolment: str) -> list[str]:
    """Return the lessons and cases that the learner must do."""
    enrolment = Enrolment.objects.get(pk=enrolment)
    return [
        str(row.activity_id)
        for row in activities_of(enrolment)
        if row.activity.kind in {Activity.Kind.LESSON, Activity.Kind.CASE}
        and enrolment.track in row.required_for
    ]


def answer_all(attempt: str) -> None:
    """Keep the right answer to every question."""
    attempt = Attempt.objects.get(pk=attempt)
    answers = {
        item.position: kind_of(item.version.document).right_answer(
            item.version.document
        )
        for item in attempt.items.with_version()
    }
    actions.save_answers(attempt, answers=answers, at=timezone.now())


def enrol(learner: str) -> str:
    edition = Edition.objects.current().select_related("course").earliest("pk")
    learner = User.objects.get(uuid=learner)
    return str(actions.enrol(learner, course=edition.course, at=timezone.now()).pk)


def start(enrolment: str, activity: str) -> str:
    attempt = actions.start_attempt(
        Enrolment.objects.get(pk=enrolment),
        activity=Activity.objects.get(pk=activity),
        at=timezone.now(),
    )
    return str(attempt.pk)


def hand_in(attempt: str) -> list:
    """Return the grade as the learner is shown it."""
    attempt = actions.submit_attempt(
        Attempt.objects.with_context().get(pk=attempt),
        language=Language.SPANISH,
        at=timezone.now(),
    )
    return grade_of(attempt)


def grade_of(attempt: Attempt) -> list:
    return [str(attempt.submitted_at), attempt.points, attempt.out_of, attempt.passed]


def decide_first(run: str) -> str:
    """Decide the first step, each process in its own way; return what stands."""
    begun = CaseRun.objects.with_context().get(pk=run)
    first = begun.version.document["steps"][0]
    options = options_for(first, begun.role)
    decision = decide(
        begun,
        step=first["number"],
        option=options[getpid() % len(options)]["key"],
        reasons="",
        language=Language.SPANISH,
        at=timezone.now(),
    )
    return decision.option


def finish(enrolment: str, activity: str) -> str | None:
    """Return when the course was completed, as it is recorded."""
    actions.complete_activity(
        Enrolment.objects.get(pk=enrolment),
        activity=Activity.objects.get(pk=activity),
        language=Language.SPANISH,
        revision=None,
        at=timezone.now(),
    )
    completed_at = Enrolment.objects.get(pk=enrolment).completed_at
    return completed_at and str(completed_at)


@dataclass(frozen=True)
class Race:
    """One thing that many asked for at once, and what each was told."""

    prize: list[str]
    outcomes: list[Outcome]


def race(
    site: CrewedSite, work: Callable, *, prepare: Callable, rounds: int, racers: int
) -> list[Race]:
    """Set so many processes on one thing at once, so many times."""
    prizes = [site.once(prepare) for _round in range(rounds)]
    return [Race(prize, site.at_once(work, [prize] * racers)) for prize in prizes]


def findings(
    what: str, races: list[Race], count: Callable[[Race], int]
) -> list[Finding]:
    """Of every race: all ended well, all were told the same, and there is one."""
    one_each = [1] * len(races)
    ended = [outcome.ended for race in races for outcome in race.outcomes]
    told = [len({str(o.answer) for o in race.outcomes}) for race in races]
    return [
        Finding(f"{what}: processes that failed", sum(map(bool, ended)), 0),
        Finding(f"{what}: different answers", told, one_each),
        Finding(f"{what}: left of it", [count(race) for race in races], one_each),
    ]


def races(site: CrewedSite, rounds: int, racers: int = RACERS) -> list[Finding]:
    """Race to enrol, to start, to hand in, to decide and to complete."""
    return [
        finding
        for what, work, prepare, count in (
            ("enrolling", enrol, newcomer, enrolments_of),
            ("starting", start, enrolled, open_attempts_of),
            ("handing in", hand_in, answered, gradings_of),
            ("deciding", decide_first, case_begun, decisions_of),
            ("completing", finish, one_lesson_short, completions_of),
        )
        for finding in findings(
            what,
            race(site, work, prepare=prepare, rounds=rounds, racers=racers),
            count,
        )
    ]


def enrolments_of(race: Race) -> int:
    (learner,) = race.prize
    return Enrolment.objects.filter(learner__uuid=learner).count()


def decisions_of(race: Race) -> int:
    (run,) = race.prize
    return CaseDecision.objects.filter(run=run).count()


def open_attempts_of(race: Race) -> int:
    enrolment, _final = race.prize
    return Attempt.objects.filter(enrolment=enrolment).count()


def gradings_of(race: Race) -> int:
    """Count the completions of the test: the grading itself is one row."""
    attempt = Attempt.objects.get(pk=UUID(race.prize[0]), passed=True)
    return Completion.objects.filter(
        enrolment=attempt.enrolment_id, activity=attempt.activity_id
    ).count()


def completions_of(race: Race) -> int:
    enrolment, lesson = race.prize
    return Completion.objects.filter(
        enrolment=enrolment, activity=lesson, enrolment__completed_at__isnull=False
    ).count()
